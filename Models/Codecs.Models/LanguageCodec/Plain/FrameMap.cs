namespace Codecs.Models.LanguageCodec.Plain;

/// <summary>Channels over time: one row of frames for each channel, with zeros on both sides, so that filters and vectors need no special ends.</summary>
internal sealed class FrameMap
{
    /// <summary>Frames that vector code handles at once at most; rows are filled up to a multiple of it.</summary>
    internal const int Block = 32;

    private const int Margin = 16;

    /// <param name="channels">Rows.</param>
    /// <param name="frames">Frames of each.</param>
    internal FrameMap(int channels, int frames)
    {
        (Channels, Frames, Padded) = (channels, frames, (frames + Block - 1) / Block * Block);
        Stride = Padded + (2 * Margin);
        Values = new float[channels * Stride];
    }

    internal int Channels { get; }

    internal int Frames { get; }

    /// <summary>Frames of a row as vector code sees it, a multiple of <see cref="Block"/>.</summary>
    internal int Padded { get; }

    /// <summary>From one row to the next in <see cref="Values"/>.</summary>
    internal int Stride { get; }

    internal float[] Values { get; }

    /// <summary>Where a row's first frame is in <see cref="Values"/>; up to 16 frames before it may be read.</summary>
    internal int Start(int channel) => (channel * Stride) + Margin;

    /// <summary>A row, <see cref="Padded"/> frames.</summary>
    internal Span<float> Row(int channel) => Values.AsSpan(Start(channel), Padded);

    /// <summary>Frame after frame.</summary>
    /// <param name="first">The first frame.</param>
    /// <param name="count">How many.</param>
    /// <returns>[count, channels].</returns>
    internal float[] ToFrames(int first, int count)
    {
        float[] frames = new float[count * Channels];
        for (int c = 0; c < Channels; c++)
        {
            ReadOnlySpan<float> row = Row(c).Slice(first, count);
            for (int t = 0; t < count; t++)
            {
                frames[(t * Channels) + c] = row[t];
            }
        }

        return frames;
    }

    /// <summary>Zeros behind the last frame: what layers left there must not reach a filter.</summary>
    internal void ClearEnds()
    {
        for (int c = 0; c < Channels; c++)
        {
            Row(c)[Frames..].Clear();
        }
    }
}
