using Codecs.Audio;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Cli.Sounds;

/// <summary>.ncf files with sound into sound files, in constant memory. A cut file gives what it holds.</summary>
internal static class SoundDecoding
{
    private const int BlockFrames = 1 << 14;

    /// <param name="item">What to decode and where to.</param>
    /// <param name="format">Format of the output.</param>
    /// <param name="writing">Bit depth and bitrate of the output.</param>
    /// <param name="options">Noise.</param>
    /// <param name="withMetadata">Write tags and cover art.</param>
    /// <param name="open">The codec for a model reference.</param>
    /// <param name="outputs">The rules about outputs.</param>
    /// <param name="progress">Receives samples done.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    internal static FileReport Run(
        WorkItem item, AudioFormat format, AudioWriteOptions writing, AudioDecoderOptions options, bool withMetadata, Func<ModelReference?, AudioCodec> open,
        OutputOptions outputs, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        using Stream input = MediaInput.OpenStream(item.Input);
        AudioCodec codec = open(MediaInput.ModelOf(input));
        input.Position = 0;
        using AudioDecoder decoder = codec.OpenDecoder(input, options);
        AudioMetadata metadata = withMetadata ? decoder.Metadata : AudioMetadata.Empty;
        if (item.IsStandardOutput)
        {
            using Stream pipe = StandardStreams.OpenOutput();
            using AudioWriter writer = AudioWriter.Create(
                pipe, format, decoder.SampleRate, decoder.Channels, writing, metadata, cancellation);
            Copy(decoder, writer, progress, cancellation);
            writer.Finish();
        }
        else
        {
            OutputPlan.CreateFolder(item, outputs);
            using AudioWriter writer = AudioWriter.Create(item.Output!, format, decoder.SampleRate, decoder.Channels, writing, metadata, cancellation);
            Copy(decoder, writer, progress, cancellation);
            writer.Finish();
        }

        double seconds = (double)decoder.Position / decoder.SampleRate;
        return new FileReport
        {
            Input = item.Input.Path,
            Output = item.Output,
            Status = FileReport.Done,
            InputBytes = item.Input.IsStandardInput ? null : new FileInfo(item.Input.Path).Length,
            OutputBytes = item.IsStandardOutput ? null : new FileInfo(item.Output!).Length,
            Sound = new SoundReport(decoder.SampleRate, decoder.Channels, decoder.Position, Math.Round(seconds, 3), KilobitsPerSecond: null),
            Model = codec.Name,
            Format = AudioFormats.Name(format),
            Warnings = decoder.Warnings,
            ExitCode = decoder.IsComplete && decoder.Warnings.Count == 0 ? ExitCode.Done : ExitCode.BadInput,
            Text = $"{Units.Seconds(seconds)} of sound, {decoder.SampleRate} Hz, {decoder.Channels} {(decoder.Channels == 1 ? "channel" : "channels")} -> {AudioFormats.Name(format)}",
        };
    }

    private static void Copy(AudioDecoder decoder, AudioWriter writer, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        float[] block = new float[BlockFrames * decoder.Channels];
        for (int count; (count = decoder.Read(block)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            writer.Write(block.AsSpan(0, count * decoder.Channels));
            progress?.Report(new CodecProgress("decoding", decoder.Position, decoder.SampleCount ?? 0));
        }

        if (decoder.Position == 0)
        {
            throw new InvalidBitstreamException("The file holds no sound that can be decoded");
        }
    }
}
