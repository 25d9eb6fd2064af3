using Codecs.Formats.Media;

namespace Codecs.Training.Data;

/// <summary>The part of a track that is trained on: at most 150 seconds from the tenth on, as intros are often silence.</summary>
internal static class MusicExcerpt
{
    private const int SkippedSeconds = 10, LongestSeconds = 150, BlockFrames = 1 << 14;

    /// <summary>Reads the part, in memory that does not grow with the track.</summary>
    /// <returns>Mono or the first two channels, at the wanted rate; empty when the track ends before.</returns>
    /// <exception cref="CodecException">The file cannot be read.</exception>
    internal static Waveform Read(string path, int sampleRate)
    {
        using AudioReader reader = AudioReader.Open(path);
        (int rate, int channels) = (reader.Info.SampleRate, reader.Info.ChannelCount);
        var excerpt = new Waveform(rate, Math.Min(channels, 2), (long)rate * LongestSeconds);
        float[] block = new float[BlockFrames * channels];
        long at = (long)-SkippedSeconds * rate; // of the block's first frame in the excerpt
        for (int read; at < excerpt.SampleCount && (read = reader.Read(block)) > 0; at += read)
        {
            int first = (int)Math.Clamp(-at, 0, read), end = (int)Math.Min(read, excerpt.SampleCount - at);
            for (int c = 0; c < excerpt.ChannelCount; c++)
            {
                Span<float> channel = excerpt.Channel(c);
                for (int i = first; i < end; i++)
                {
                    channel[(int)at + i] = block[(i * channels) + c];
                }
            }
        }

        return Resampler.Convert(excerpt.Slice(0, Math.Clamp(at, 0, excerpt.SampleCount)), sampleRate);
    }
}
