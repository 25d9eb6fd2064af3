using Codecs.Audio;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Formats.Media;

namespace Codecs.Cli.Sounds;

/// <summary>Sound files into .ncf files, in constant memory.</summary>
internal static class SoundEncoding
{
    private const int BlockFrames = 1 << 14;

    /// <param name="item">What to encode and where to.</param>
    /// <param name="input">The opened input.</param>
    /// <param name="codec">The codec.</param>
    /// <param name="options">Quality or bitrate.</param>
    /// <param name="outputs">The rules about outputs.</param>
    /// <param name="progress">Receives samples done.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    internal static FileReport Run(
        WorkItem item, MediaInput input, AudioCodec codec, AudioEncoderOptions options, OutputOptions outputs, IProgress<CodecProgress>? progress,
        CancellationToken cancellation)
    {
        // Level and length of a file are measured first; of a stream they are not known.
        (double peak, long? samples) = item.Input.IsStandardInput ? (1, null) : Measure(item.Input.Path, progress, cancellation);
        using AudioReader reader = item.Input.IsStandardInput
            ? AudioReader.Open(input.Stream, item.Input.DisplayName, cancellation)
            : AudioReader.Open(item.Input.Path, cancellation);
        long bytes = 0;
        int? codebooks = null;
        IReadOnlyList<string> mixed = [];
        OutputPlan.WriteThrough(item, outputs, stream =>
        {
            var description = new SoundDescription(reader.Info.SampleRate, reader.Info.ChannelCount, samples, peak, reader.Metadata);
            using AudioEncoder encoder = codec.CreateEncoder(stream, description, options);
            float[] block = new float[BlockFrames * reader.Info.ChannelCount];
            for (int count; (count = reader.Read(block)) > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                encoder.Write(block.AsSpan(0, count * reader.Info.ChannelCount));
                progress?.Report(new CodecProgress("encoding", encoder.Position, reader.Info.SampleCount ?? 0));
            }

            if (encoder.Position == 0)
            {
                throw new MediaException($"{item.Input.DisplayName} holds no sound.");
            }

            encoder.Finish();
            (bytes, codebooks, mixed) = (encoder.BytesWritten, encoder.Codebooks, MixingNote(reader.Info.ChannelCount, encoder.CodedChannels));
        });
        double seconds = (double)reader.Position / reader.Info.SampleRate, kbps = bytes * 8 / seconds / 1000;
        long? inputBytes = item.Input.IsStandardInput ? null : new FileInfo(item.Input.Path).Length;
        return new FileReport
        {
            Input = item.Input.Path,
            Output = item.Output,
            Status = FileReport.Done,
            InputBytes = inputBytes,
            OutputBytes = bytes,
            Sound = new SoundReport(reader.Info.SampleRate, reader.Info.ChannelCount, reader.Position, Math.Round(seconds, 3), Math.Round(kbps, 3)),
            Ratio = inputBytes is { } size ? Math.Round((double)size / bytes, 3) : null,
            Model = codec.Name,
            Format = reader.Info.Codec,
            Codebooks = codebooks,
            Warnings = [.. reader.Warnings, .. mixed],
            Text = $"{Units.Seconds(seconds)} of sound -> {Units.Bytes(bytes)}  {Units.Number(kbps, "0.0")} kbit/s{(codebooks is null ? "" : $", {codebooks} codebooks")}",
        };
    }

    /// <summary>What the user should know about channels that a codec does not keep apart.</summary>
    internal static IReadOnlyList<string> MixingNote(int channels, int coded) =>
        coded < channels ? [$"The {channels} channels are mixed into one: this codec knows speech in mono only."] : [];

    private static (double Peak, long? Samples) Measure(string path, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        using AudioReader reader = AudioReader.Open(path, cancellation);
        float[] block = new float[BlockFrames * reader.Info.ChannelCount];
        double peak = 0;
        for (int count; (count = reader.Read(block)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            peak = Math.Max(peak, AudioCodec.PeakOf(block.AsSpan(0, count * reader.Info.ChannelCount)));
            progress?.Report(new CodecProgress("measuring", reader.Position, reader.Info.SampleCount ?? 0));
        }

        return (peak, reader.Position);
    }
}
