namespace Codecs.Models.Wavelets;

/// <summary>The full wavelet packet transform of a signal: every band is split again at every level, 2^levels bands in natural order.</summary>
/// <remarks>Band f_1 f_2 ... f_J (binary, the first split in front; 0 low, 1 high), WaLLoC's order (arXiv 2412.09405). Each level is <see cref="Cdf97"/>.</remarks>
internal static class WaveletPacket1D
{
    /// <summary>Frames of context that a piece of a longer signal needs in front and behind, so that its other frames come out as those of the whole
    /// signal; the same for synthesis and its samples. At a real end there is none: mirroring there is what the transform does.</summary>
    internal const int Before = PacketLanes.Before, After = PacketLanes.After;

    /// <summary>Analysis.</summary>
    /// <param name="signal">Samples, a multiple of 2^levels of them.</param>
    /// <param name="levels">1..12.</param>
    /// <param name="frames">Receives [signal.Length / 2^levels, 2^levels]: all bands of one instant beside each other.</param>
    internal static void Analyze(ReadOnlySpan<float> signal, int levels, Span<float> frames)
    {
        int length = Check(signal.Length, frames.Length, levels);
        Transpose(Bands(signal.ToArray(), levels, new float[signal.Length]), frames, 1 << levels, length);
    }

    /// <summary>Analysis without a transposition and without memory of its own.</summary>
    /// <param name="signal">Samples, a multiple of 2^levels of them; overwritten.</param>
    /// <param name="levels">1..12.</param>
    /// <param name="spare">As long as the signal; overwritten.</param>
    /// <returns>[2^levels, frames] in whichever of the two it ended up.</returns>
    internal static Span<float> Bands(Span<float> signal, int levels, Span<float> spare)
    {
        int length = Check(signal.Length, spare.Length, levels);
        for (int size = signal.Length; size > length; size /= 2)
        {
            for (int at = 0; at < signal.Length; at += size)
            {
                Cdf97.Split(signal.Slice(at, size), spare.Slice(at, size / 2), spare.Slice(at + (size / 2), size / 2));
            }

            Span<float> bands = spare;
            spare = signal;
            signal = bands;
        }

        return signal;
    }

    /// <summary>Synthesis.</summary>
    /// <param name="frames">[signal.Length / 2^levels, 2^levels].</param>
    /// <param name="levels">1..12.</param>
    /// <param name="signal">Receives the samples.</param>
    internal static void Synthesize(ReadOnlySpan<float> frames, int levels, Span<float> signal)
    {
        int length = Check(signal.Length, frames.Length, levels);
        float[] bands = new float[frames.Length], next = new float[frames.Length];
        Transpose(frames, bands, length, 1 << levels);
        for (int size = 2 * length; size <= signal.Length; size *= 2)
        {
            for (int at = 0; at < signal.Length; at += size)
            {
                Cdf97.Merge(bands.AsSpan(at, size / 2), bands.AsSpan(at + (size / 2), size / 2), next.AsSpan(at, size));
            }

            (bands, next) = (next, bands);
        }

        bands.CopyTo(signal);
    }

    private static int Check(int samples, int coefficients, int levels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levels, 12);
        int length = samples >> levels;
        if (samples == 0 || length << levels != samples || coefficients != samples)
        {
            throw new ArgumentException($"{samples} samples and {coefficients} coefficients; expected the same multiple of {1 << levels}.");
        }

        return length;
    }

    // By squares, so that neither side strides through the cache.
    private static void Transpose(ReadOnlySpan<float> source, Span<float> destination, int rows, int columns)
    {
        const int tile = 16;
        for (int r0 = 0; r0 < rows; r0 += tile)
        {
            for (int c0 = 0; c0 < columns; c0 += tile)
            {
                int rEnd = Math.Min(r0 + tile, rows), cEnd = Math.Min(c0 + tile, columns);
                for (int r = r0; r < rEnd; r++)
                {
                    for (int c = c0; c < cEnd; c++)
                    {
                        destination[(c * rows) + r] = source[(r * columns) + c];
                    }
                }
            }
        }
    }
}
