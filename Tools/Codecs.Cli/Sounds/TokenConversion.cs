using Codecs.Audio;
using Codecs.Cli.Commands;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Cli.Sounds;

/// <summary>Speech into files of codebook indices, and those into .ncf files and sounds.</summary>
/// <param name="shelf">The installed models.</param>
/// <param name="model">The model the user insists on, else null.</param>
/// <param name="codebooks">How many to keep; null for all.</param>
/// <param name="outputs">The rules about outputs.</param>
/// <param name="cancellation">Stops between units.</param>
internal sealed class TokenConversion(ModelShelf shelf, string? model, int? codebooks, OutputOptions outputs, CancellationToken cancellation)
{
    /// <param name="item">What to convert and where to.</param>
    /// <param name="target">What to make of it; null to go by what it is.</param>
    /// <param name="progress">Receives frames or samples done.</param>
    internal FileReport Run(WorkItem item, TokenTarget? target, IProgress<CodecProgress>? progress)
    {
        byte[] bytes = InputReader.ReadAll(item.Input);
        bool coded = NcfFile.Detect(bytes) is not null, playable = coded || !AudioTokensFile.Detect(bytes);
        target ??= item.IsStandardOutput ? (playable ? TokenTarget.Array : TokenTarget.Coded) : TokenTarget.Of(item.Output!)!;
        if (playable && !target.HoldsTokens)
        {
            throw new UsageException(
                $"{item.Input.DisplayName} holds no tokens to make .{target.Name} of.", $"'codecs {(coded ? "decode" : "encode")}' does that; tokens are .npy or .json.");
        }

        (AudioTokens tokens, IReadOnlyList<string> warnings) = !playable ? (ReadTokens(bytes), [])
            : coded ? (OfCodedFile(bytes), [])
            : OfSound(item.Input, bytes, progress);
        FileReport report = target.HoldsTokens ? WriteTokens(item, target, tokens) : WriteSound(item, target, tokens, progress);
        return report with
        {
            InputBytes = bytes.Length,
            Codebooks = tokens.Codebooks,
            Frames = tokens.Frames,
            Format = target.Name,
            Warnings = [.. warnings, .. report.Warnings ?? []],
        };
    }

    private AudioTokens ReadTokens(byte[] file)
    {
        AudioTokens tokens = AudioTokensFile.Read(file);
        return codebooks is { } few ? tokens.Take(CheckCodebooks(few)) : tokens;
    }

    private AudioTokens OfCodedFile(byte[] file)
    {
        NcfHeader header = MediaInput.HeaderOf(new MemoryStream(file));
        if (header.Kind != MediaKind.Audio)
        {
            throw new MediaException($"The file holds no sound but {header.Kind.ToString().ToLowerInvariant()}; tokens are of speech.");
        }

        AudioCodec codec = shelf.Sounds.For(header.ModelOf(header.LeadTrack), model);
        if (codec.Codebooks is null)
        {
            throw new MediaException($"The file was made with '{codec.Name}', which has no codebooks; decode it, then take the tokens of the sound.");
        }

        SoundTargets.CheckCodebooks(codec, codebooks);
        AudioTokens tokens = codec.DecodeTokens(file);
        return codebooks is { } few ? tokens.Take(few) : tokens;
    }

    private (AudioTokens Tokens, IReadOnlyList<string> Warnings) OfSound(InputFile input, byte[] bytes, IProgress<CodecProgress>? progress)
    {
        if (MediaInput.SeemsPicture(input, bytes))
        {
            throw new MediaException("The file is a picture; tokens are of speech.");
        }

        AudioCodec codec = OpenModel();
        SoundTargets.CheckCodebooks(codec, codebooks);
        AudioReadResult read = AudioFile.Read(new MemoryStream(bytes), input.DisplayName, cancellation: cancellation);
        if (read.Waveform.SampleCount == 0)
        {
            throw new MediaException("The file holds no sound.");
        }

        AudioTokens tokens = codec.Tokenize(read.Waveform, codebooks, progress, cancellation);
        return (tokens, [.. read.Warnings, .. SoundEncoding.MixingNote(read.Waveform.ChannelCount, coded: 1)]);
    }

    private FileReport WriteTokens(WorkItem item, TokenTarget target, AudioTokens tokens)
    {
        byte[] file = target.Extension == TokenTarget.Npy ? AudioTokensFile.ToNpy(tokens) : AudioTokensFile.ToJson(tokens);
        return Write(item, target, tokens, file) with { Model = tokens.Model.Length > 0 ? tokens.Model : null };
    }

    private FileReport WriteSound(WorkItem item, TokenTarget target, AudioTokens tokens, IProgress<CodecProgress>? progress)
    {
        AudioCodec codec = OpenModel();
        byte[] file = codec.EncodeTokens(tokens);
        return target.Sound is { } format
            ? SoundDecoding.Run(
                item with { Input = item.Input with { Content = file } }, format, AudioWriteOptions.Default, AudioDecoderOptions.Default, withMetadata: false, _ => codec, outputs,
                progress, cancellation)
            : Write(item, target, tokens, file) with { Model = codec.Name };
    }

    private FileReport Write(WorkItem item, TokenTarget target, AudioTokens tokens, byte[] file)
    {
        cancellation.ThrowIfCancellationRequested();
        OutputPlan.Write(item, outputs, file);
        double seconds = (double)tokens.SampleCount / tokens.SampleRate;
        return new FileReport
        {
            Input = item.Input.Path,
            Output = item.Output,
            Status = FileReport.Done,
            OutputBytes = file.Length,
            Sound = new SoundReport(tokens.SampleRate, 1, tokens.SampleCount, Math.Round(seconds, 3), KilobitsPerSecond: null),
            Text = $"{Units.Seconds(seconds)} of speech, {tokens.Frames} {(tokens.Frames == 1 ? "frame" : "frames")} of {tokens.Codebooks} codebooks -> {Units.Bytes(file.Length)} {target.Name}",
        };
    }

    /// <exception cref="UsageException">The model has no codebooks.</exception>
    private AudioCodec OpenModel()
    {
        AudioCodec codec = shelf.Sounds.Open(model ?? EncodeCommand.SpeechModel);
        return codec.Codebooks is not null ? codec : throw new UsageException($"'{codec.Name}' has no codebooks.", $"--codec {EncodeCommand.SpeechModel} has them.");
    }

    // Tokens alone need no weights.
    private static int CheckCodebooks(int few) => few is >= AudioTokens.FewestCodebooks and <= AudioTokens.MostCodebooks
        ? few
        : throw new UsageException($"--codebooks takes {AudioTokens.FewestCodebooks} to {AudioTokens.MostCodebooks}.");
}
