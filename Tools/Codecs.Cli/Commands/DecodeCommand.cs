using System.CommandLine;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Images;

namespace Codecs.Cli.Commands;

/// <summary>decode: .ncf files into pictures.</summary>
internal static class DecodeCommand
{
    private const string Name = "decode";

    private static readonly Argument<string[]> s_inputs = CommonOptions.Inputs(".ncf files");

    private static readonly Option<string?> s_format = CommonOptions.WithCheck(
        new Option<string?>("--format") { Description = "png (default), jpg, webp, tiff, bmp, ppm, pam, avif or jxl; else the extension of -o decides.", HelpName = "FORMAT" },
        text => IsWritable(text, out _), "--format takes png, jpg, webp, tiff, bmp, ppm, pam, avif or jxl.");

    private static readonly Option<int?> s_quality = CommonOptions.WithCheck(
        new Option<int?>("--quality", "-q") { Description = "Quality of a lossy output format, 1 to 100.", HelpName = "N" },
        q => q is >= 1 and <= 100, "--quality lies in 1 to 100.");

    private static readonly Option<string?> s_codec = new("--codec") { Description = "Weights to use instead of looking for those the file names.", HelpName = "NAME" };

    private static readonly Option<bool> s_flatten = new("--flatten") { Description = "Lay transparent pictures on white if the format has no alpha." };

    private static readonly Option<bool> s_strip = new("--strip") { Description = "Write no metadata." };

    internal static Command Create(Interruption interruption)
    {
        var verb = new Verb(
            Name, "Brings pictures back from .ncf files.",
            "codecs decode photo.ncf", "codecs decode photo.ncf -o photo.jpg --quality 92", "codecs decode coded --out-dir pictures --format webp",
            "codecs decode - -o - < photo.ncf > photo.png")
        {
            s_inputs, CommonOptions.Output, CommonOptions.OutputFolder, s_format, s_quality, s_codec, s_flatten, s_strip, CommonOptions.Force,
            CommonOptions.SkipExisting, CommonOptions.Threads, CommonOptions.Device,
        };
        verb.Runs(Run, interruption);
        return verb;
    }

    private static RunReport Run(ParseResult result, Session session)
    {
        OutputOptions outputs = CommonOptions.ReadOutputs(result, session);
        ImageFormat format = ReadFormat(result.GetValue(s_format), outputs);
        var writing = new ImageWriteOptions
        {
            Quality = result.GetValue(s_quality),
            FlattenAlpha = result.GetValue(s_flatten),
            IncludeMetadata = !result.GetValue(s_strip),
        };
        ImageCodecOptions options = CommonOptions.ReadCodecOptions(result);
        List<WorkItem> items = OutputPlan.Create(
            InputExpander.CodedFiles.Expand(result.GetValue(s_inputs)!), outputs, ImageFormats.Extensions(format)[0]);
        using var shelf = new ModelShelf(options);
        return new Batch(session, Name) { Outputs = outputs }.Run(items, (item, progress) =>
        {
            byte[] bytes = InputReader.ReadAll(item.Input);
            ImageCodec codec = shelf.For(NcfFile.Parse(bytes, options.Limits), result.GetValue(s_codec));
            ImageDecodeResult decoded = codec.DecodeWithReport(bytes, progress, session.Cancellation);
            var picture = new MemoryStream();
            IReadOnlyList<string> lost = ImageFile.Write(decoded.Image, picture, format, writing);
            session.Cancellation.ThrowIfCancellationRequested();
            OutputPlan.Write(item, outputs, picture.GetBuffer().AsSpan(0, (int)picture.Length));
            return new FileReport
            {
                Input = item.Input.Path,
                Output = item.Output,
                Status = FileReport.Done,
                InputBytes = bytes.Length,
                OutputBytes = picture.Length,
                Width = decoded.Image.Width,
                Height = decoded.Image.Height,
                BitsPerPixel = Math.Round(8.0 * bytes.Length / decoded.Image.PixelCount, 5),
                Model = codec.Name,
                Format = ImageFormats.Name(format),
                Warnings = [.. decoded.Warnings, .. lost],
                Text = $"{Units.Bytes(bytes.Length)} -> {Units.Bytes(picture.Length)} {ImageFormats.Name(format)}  {decoded.Image.Width} x {decoded.Image.Height}",
            };
        });
    }

    private static ImageFormat ReadFormat(string? name, OutputOptions outputs)
    {
        if (name is not null)
        {
            IsWritable(name, out ImageFormat chosen);
            return chosen;
        }

        if (outputs.Path is null || outputs.IsStandardOutput)
        {
            return ImageFormat.Png;
        }

        return IsWritable(outputs.Path, out ImageFormat format)
            ? format
            : throw new UsageException($"'{outputs.Path}' does not end like a picture that can be written.", "Name the format with --format.");
    }

    // A bare name such as "jpg" is looked up as an extension.
    private static bool IsWritable(string? text, out ImageFormat format) =>
        ImageFormats.TryFromPath(Path.HasExtension(text) ? text : "." + text, out format) && ImageFormats.CanWrite(format);
}
