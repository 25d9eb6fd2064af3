using System.CommandLine;
using Codecs.Audio;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Formats.Container;
using Codecs.Images;

namespace Codecs.Cli.Commands;

/// <summary>truncate: coded speech with fewer codebooks, without decoding it.</summary>
internal static class TruncateCommand
{
    private const string Name = "truncate";

    private static readonly Argument<string[]> s_inputs = CommonOptions.Inputs(".ncf files with codebooks");

    private static readonly Option<string?> s_codec = new("--codec") { Description = "Weights to use instead of looking for those the file names.", HelpName = "NAME" };

    internal static Command Create(Interruption interruption)
    {
        var verb = new Verb(
            Name, $"Makes coded speech smaller by leaving out its last codebooks; nothing is decoded. Files of {EncodeCommand.SpeechModel} can be truncated.",
            "codecs truncate speech.ncf --codebooks 3 -o small.ncf", "codecs truncate speech.ncf --bitrate 3k -o small.ncf", "codecs truncate coded --out-dir small --codebooks 4",
            "codecs truncate - -o - --codebooks 3 < speech.ncf > small.ncf")
        {
            s_inputs, CommonOptions.Output, CommonOptions.OutputFolder, SoundTargets.Codebooks, SoundTargets.Bitrate, s_codec, CommonOptions.Force, CommonOptions.SkipExisting,
        };
        verb.Validators.Add(result =>
        {
            if (result.GetResult(SoundTargets.Codebooks) is null == result.GetResult(SoundTargets.Bitrate) is null)
            {
                result.AddError("Give --codebooks or --bitrate, one of them.");
            }
        });
        verb.Runs(Run, interruption);
        return verb;
    }

    private static RunReport Run(ParseResult result, Session session)
    {
        OutputOptions outputs = CommonOptions.ReadOutputs(result, session);
        List<WorkItem> items = OutputPlan.Create(InputExpander.CodedFiles.Expand(result.GetValue(s_inputs)!), outputs, OutputPlan.CodedExtension);
        int? codebooks = result.GetValue(SoundTargets.Codebooks);
        using var shelf = new ModelShelf(ImageCodecOptions.Default);
        return new Batch(session, Name) { Outputs = outputs }.Run(items, (item, _) =>
        {
            using Stream input = MediaInput.OpenSeekable(item.Input);
            NcfHeader header = MediaInput.HeaderOf(input);
            AudioCodec codec = Open(shelf, header, result.GetValue(s_codec));
            SoundTargets.CheckCodebooks(codec, codebooks);
            return Truncate(item, input, (AudioTrack)header.LeadTrack, codec, codebooks ?? codec.CodebooksFor(result.GetValue(SoundTargets.Bitrate)!.Value), outputs, session);
        });
    }

    /// <exception cref="MediaException">The file is none of a codec with codebooks.</exception>
    private static AudioCodec Open(ModelShelf shelf, NcfHeader header, string? model)
    {
        const string others = $"only speech that was coded with codebooks, by 'codecs encode --codec {EncodeCommand.SpeechModel}', can be truncated.";
        if (header.Kind != MediaKind.Audio)
        {
            throw new MediaException($"The file holds no sound but {header.Kind.ToString().ToLowerInvariant()}; {others}");
        }

        AudioCodec codec = shelf.Sounds.For(header.ModelOf(header.LeadTrack), model);
        return codec.Codebooks is not null ? codec : throw new MediaException($"The file was made with '{codec.Name}'; {others}");
    }

    private static FileReport Truncate(WorkItem item, Stream input, AudioTrack track, AudioCodec codec, int codebooks, OutputOptions outputs, Session session)
    {
        int before = 0;
        OutputPlan.WriteThrough(item, outputs, stream => before = codec.Truncate(input, stream, codebooks, session.Cancellation));
        long? bytes = item.IsStandardOutput ? null : new FileInfo(item.Output!).Length;
        double? seconds = track.Samples > 0 ? (double)track.Samples / track.SampleRate : null, kilobits = bytes * 8 / seconds / 1000;
        int left = Math.Min(before, codebooks);
        return new FileReport
        {
            Input = item.Input.Path,
            Output = item.Output,
            Status = FileReport.Done,
            InputBytes = input.Length,
            OutputBytes = bytes,
            Sound = new SoundReport(
                track.SampleRate, track.Channels, track.Samples > 0 ? track.Samples : null, seconds is { } s ? Math.Round(s, 3) : null, kilobits is { } k ? Math.Round(k, 3) : null),
            Codebooks = left,
            CodebooksBefore = before,
            Model = codec.Name,
            Warnings = before <= codebooks ? [$"The file has {before} codebooks, no more than asked for; it was copied."] : [],
            Text = $"{before} codebooks, {Units.Bytes(input.Length)} -> {left} codebooks{(bytes is { } size ? $", {Units.Bytes(size)}" : "")}{(kilobits is { } rate ? $"  {Units.Number(rate, "0.0")} kbit/s" : "")}",
        };
    }
}
