namespace Codecs.Formats.Media;

/// <summary>Sound in memory: planar 32-bit float samples, one plane for each channel.</summary>
/// <remarks>Full scale is -1 to 1; samples may exceed it, and are clipped only when a file with integer samples is written.</remarks>
public sealed class Waveform
{
    /// <summary>The most channels that anything here reads or writes.</summary>
    public const int MaxChannels = 64;

    /// <summary>The highest sample rate that anything here reads or writes, in hertz.</summary>
    public const int MaxSampleRate = 768_000;

    private readonly Memory<float>[] _channels;

    /// <summary>Wraps samples without copying them.</summary>
    /// <param name="sampleRate">Samples per second and channel, 1 to <see cref="MaxSampleRate"/>.</param>
    /// <param name="channels">One plane for each channel, 1 to <see cref="MaxChannels"/> of them, all of the same length.</param>
    /// <exception cref="ArgumentException">The rate or the number of channels is out of range, or the planes differ in length.</exception>
    public Waveform(int sampleRate, params Memory<float>[] channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        CheckShape(sampleRate, channels.Length);
        foreach (Memory<float> channel in channels)
        {
            if (channel.Length != channels[0].Length)
            {
                throw new ArgumentException($"One channel has {channel.Length} samples, the first has {channels[0].Length}.", nameof(channels));
            }
        }

        SampleRate = sampleRate;
        _channels = [.. channels];
    }

    /// <summary>Creates silence.</summary>
    /// <param name="sampleRate">Samples per second and channel, 1 to <see cref="MaxSampleRate"/>.</param>
    /// <param name="channelCount">Channels, 1 to <see cref="MaxChannels"/>.</param>
    /// <param name="sampleCount">Samples of each channel.</param>
    /// <exception cref="ArgumentException">A parameter is out of range, or a channel would not fit into one array.</exception>
    public Waveform(int sampleRate, int channelCount, long sampleCount)
        : this(sampleRate, Allocate(sampleRate, channelCount, sampleCount))
    {
    }

    /// <summary>Samples per second and channel, in hertz.</summary>
    public int SampleRate { get; }

    /// <summary>Number of channels, at least 1.</summary>
    public int ChannelCount => _channels.Length;

    /// <summary>Samples of each channel.</summary>
    public long SampleCount => _channels[0].Length;

    /// <summary>How long it sounds.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)SampleCount / SampleRate);

    /// <summary>The samples of one channel, float32 [samples].</summary>
    /// <param name="index">Index of the channel; 0 is the left one of stereo.</param>
    public Span<float> Channel(int index) => _channels[index].Span;

    /// <summary>A part of the sound; the samples are shared, not copied.</summary>
    /// <param name="start">First sample of each channel.</param>
    /// <param name="count">Samples of each channel.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part reaches beyond the sound.</exception>
    public Waveform Slice(long start, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, SampleCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, SampleCount - start);
        return new Waveform(SampleRate, Array.ConvertAll(_channels, c => c.Slice((int)start, (int)count)));
    }

    /// <summary>Separates interleaved samples into channels.</summary>
    /// <param name="interleaved">Samples, float32 [samples, channels].</param>
    /// <param name="sampleRate">Samples per second and channel.</param>
    /// <param name="channelCount">Channels of each frame.</param>
    /// <exception cref="ArgumentException">A parameter is out of range, or the last frame is not complete.</exception>
    public static Waveform FromInterleaved(ReadOnlySpan<float> interleaved, int sampleRate, int channelCount)
    {
        CheckShape(sampleRate, channelCount);
        var waveform = new Waveform(sampleRate, channelCount, Frames(interleaved.Length, channelCount));
        for (int c = 0; c < channelCount; c++)
        {
            SampleLoops.Deinterleave(interleaved, c, channelCount, waveform.Channel(c));
        }

        return waveform;
    }

    /// <summary>Copies a part as interleaved samples, as files hold them.</summary>
    /// <param name="start">First sample of each channel.</param>
    /// <param name="interleaved">Filled completely; float32 [samples, channels].</param>
    /// <exception cref="ArgumentException">The part reaches beyond the sound, or its last frame would not be complete.</exception>
    public void CopyInterleaved(long start, Span<float> interleaved)
    {
        int count = Frames(interleaved.Length, ChannelCount);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, SampleCount - count);
        for (int c = 0; c < ChannelCount; c++)
        {
            SampleLoops.Interleave(Channel(c).Slice((int)start, count), interleaved, c, ChannelCount);
        }
    }

    /// <summary>Throws unless a rate and a number of channels are within the limits.</summary>
    internal static void CheckShape(int sampleRate, int channelCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, MaxSampleRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(channelCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channelCount, MaxChannels);
    }

    /// <summary>The number of frames in an interleaved buffer, which holds whole ones only.</summary>
    internal static int Frames(int length, int channelCount) => length % channelCount == 0
        ? length / channelCount
        : throw new ArgumentException($"{length} interleaved samples are no whole number of frames of {channelCount} channels.");

    private static Memory<float>[] Allocate(int sampleRate, int channelCount, long sampleCount)
    {
        CheckShape(sampleRate, channelCount);
        ArgumentOutOfRangeException.ThrowIfNegative(sampleCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleCount, Array.MaxLength);
        var channels = new Memory<float>[channelCount];
        for (int c = 0; c < channelCount; c++)
        {
            channels[c] = new float[sampleCount];
        }

        return channels;
    }
}
