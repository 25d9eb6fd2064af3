namespace Codecs.Formats.Media;

/// <summary>How large frames may be.</summary>
internal static class VideoLimits
{
    /// <summary>The most columns, and the most rows.</summary>
    public const int MaxSide = 65536;

    /// <summary>The most pixels of a frame.</summary>
    public const long MaxPixels = 1L << 27;

    /// <summary>Refuses what is too large, before anything is allocated.</summary>
    /// <exception cref="MediaException">There is no picture.</exception>
    /// <exception cref="LimitExceededException">The frames are too large.</exception>
    public static void Check(int width, int height, string name)
    {
        if (width < 1 || height < 1)
        {
            throw new MediaException($"'{name}' has frames of {width}x{height} pixels.");
        }

        if (width > MaxSide || height > MaxSide || (long)width * height > MaxPixels)
        {
            throw new LimitExceededException($"'{name}' has frames of {width}x{height} pixels; {MaxSide} a side and {MaxPixels} in all can be read.");
        }
    }
}
