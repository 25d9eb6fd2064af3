using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Formats.Media;
using Codecs.Video;

namespace Codecs.Cli.Videos;

/// <summary>Pictures through a video codec: clips of one frame.</summary>
internal static class PictureClips
{
    internal static FileReport Encode(
        WorkItem item, MediaInput input, VideoCodec codec, VideoEncoderOptions encoding, ImageReadOptions reading, OutputOptions outputs, IProgress<CodecProgress>? progress,
        CancellationToken cancellation)
    {
        byte[] bytes = InputReader.ReadAll(input.Stream, item.Input.DisplayName);
        ImageReadResult read = ImageFile.Read(bytes, reading, item.Input.DisplayName);
        byte[] file = codec.EncodePicture(read.Image, encoding, progress, cancellation);
        OutputPlan.Write(item, outputs, file);
        double bitsPerPixel = 8.0 * file.Length / read.Image.PixelCount, ratio = (double)bytes.Length / file.Length;
        return new FileReport
        {
            Input = item.Input.Path,
            Output = item.Output,
            Status = FileReport.Done,
            InputBytes = bytes.Length,
            OutputBytes = file.Length,
            Width = read.Image.Width,
            Height = read.Image.Height,
            BitsPerPixel = Math.Round(bitsPerPixel, 5),
            Ratio = Math.Round(ratio, 3),
            Model = codec.Name,
            Format = ImageFormats.Name(read.Format),
            Warnings = read.Warnings,
            Text = $"{Units.Bytes(bytes.Length)} -> {Units.Bytes(file.Length)}  {Units.Number(bitsPerPixel, "0.000")} bpp  {Units.Number(ratio, "0.0")}x",
        };
    }

    internal static FileReport Decode(
        WorkItem item, byte[] bytes, VideoCodec codec, ImageFormat format, ImageWriteOptions writing, OutputOptions outputs, CancellationToken cancellation)
    {
        Image image = codec.DecodePicture(bytes, cancellation);
        var picture = new MemoryStream();
        IReadOnlyList<string> lost = ImageFile.Write(image, picture, format, writing);
        OutputPlan.Write(item, outputs, picture.GetBuffer().AsMemory(0, (int)picture.Length));
        return new FileReport
        {
            Input = item.Input.Path,
            Output = item.Output,
            Status = FileReport.Done,
            InputBytes = bytes.Length,
            OutputBytes = picture.Length,
            Width = image.Width,
            Height = image.Height,
            BitsPerPixel = Math.Round(8.0 * bytes.Length / image.PixelCount, 5),
            Model = codec.Name,
            Format = ImageFormats.Name(format),
            Warnings = lost,
            Text = $"{Units.Bytes(bytes.Length)} -> {Units.Bytes(picture.Length)} {ImageFormats.Name(format)}  {image.Width} x {image.Height}",
        };
    }
}
