namespace Codecs.Metrics.Pictures;

/// <summary>What every picture metric asks of the two pictures that it compares.</summary>
internal static class PicturePair
{
    /// <summary>Samples of a pixel: red, green, blue.</summary>
    public const int Channels = 3;

    /// <summary>Checks that both pictures are whole.</summary>
    /// <exception cref="ArgumentException">A dimension is below the minimum or the lengths do not fit.</exception>
    public static void Check(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int width, int height, int channels = Channels, int minimumSide = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, minimumSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, minimumSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        Int128 expected = (Int128)width * height * channels;
        if (a.Length != expected || b.Length != expected)
        {
            throw new ArgumentException($"{width} x {height} x {channels} samples are needed, found {a.Length} and {b.Length}.");
        }
    }
}
