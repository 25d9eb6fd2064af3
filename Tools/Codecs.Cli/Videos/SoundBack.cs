using Codecs.Audio;
using Codecs.Cli.Files;
using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Cli.Videos;

/// <summary>The sound of a coded video on its way beside the decoded pictures.</summary>
internal static class SoundBack
{
    private const int BlockFrames = 1 << 14;

    /// <summary>Brings the sound of a part back.</summary>
    /// <param name="input">The .ncf file; where it stands does not matter.</param>
    /// <param name="header">Its header.</param>
    /// <param name="start">When the part begins.</param>
    /// <param name="duration">How long it is; null to the end.</param>
    /// <param name="open">The codec for a model reference.</param>
    /// <param name="scratch">Place for files.</param>
    /// <param name="warnings">Receives what the user should know.</param>
    /// <param name="cancellation">Stops soon.</param>
    /// <returns>The tracks; none without sound.</returns>
    internal static IReadOnlyList<TrackInput> Open(
        Stream input, NcfHeader header, TimeSpan start, TimeSpan? duration, Func<ModelReference?, AudioCodec> open, ScratchFolder scratch, List<string> warnings,
        CancellationToken cancellation)
    {
        input.Position = 0;
        if (header.Tracks.OfType<CopiedTrack>().FirstOrDefault() is { } copied)
        {
            return copied.MediaType.StartsWith("audio/", StringComparison.Ordinal) ? [Copied(input, start, duration, scratch, cancellation)] : [];
        }

        if (header.Tracks.OfType<AudioTrack>().FirstOrDefault() is not { } track)
        {
            return [];
        }

        try
        {
            return [Decoded(input, open(header.ModelOf(track)), start, duration, scratch, warnings, cancellation)];
        }
        catch (ModelMismatchException e)
        {
            warnings.Add($"The sound is left out: {e.Message}");
            return [];
        }
    }

    private static TrackInput Copied(Stream input, TimeSpan start, TimeSpan? duration, ScratchFolder scratch, CancellationToken cancellation)
    {
        string whole = scratch.At("sound.mka");
        using (FileStream file = File.Create(whole))
        {
            CopiedExtraction.Extract(input, file, NcfLimits.Default, recover: true, cancellation);
        }

        if (start == TimeSpan.Zero && duration is null)
        {
            return TrackInput.FromFile(whole);
        }

        string part = scratch.At("part.mka");
        using Stream? cut = SideTracks.Open(whole, start: start, duration: duration, cancellation: cancellation);
        using FileStream output = File.Create(part);
        cut?.CopyTo(output);
        return TrackInput.FromFile(part);
    }

    private static TrackInput Decoded(
        Stream input, AudioCodec codec, TimeSpan start, TimeSpan? duration, ScratchFolder scratch, List<string> warnings, CancellationToken cancellation)
    {
        string path = scratch.At("sound.wav");
        using AudioDecoder decoder = codec.OpenDecoder(input, new AudioDecoderOptions { Recover = true });
        long first = (long)(start.TotalSeconds * decoder.SampleRate), left = duration is { } part ? (long)(part.TotalSeconds * decoder.SampleRate) : long.MaxValue;
        if (first > 0)
        {
            decoder.SeekTo(first);
        }

        using AudioWriter writer = AudioWriter.Create(path, AudioFormat.Wav, decoder.SampleRate, decoder.Channels, AudioWriteOptions.Default, AudioMetadata.Empty, cancellation);
        float[] block = new float[BlockFrames * decoder.Channels];
        for (int count; left > 0 && (count = decoder.Read(block.AsSpan(0, (int)Math.Min(BlockFrames, left) * decoder.Channels))) > 0; left -= count)
        {
            cancellation.ThrowIfCancellationRequested();
            writer.Write(block.AsSpan(0, count * decoder.Channels));
        }

        writer.Finish();
        warnings.AddRange(decoder.Warnings);
        return TrackInput.FromFile(path);
    }
}
