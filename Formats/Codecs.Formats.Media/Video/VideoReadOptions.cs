namespace Codecs.Formats.Media;

/// <summary>How a video is read.</summary>
public sealed record VideoReadOptions
{
    /// <summary>The defaults: every frame as it is stored.</summary>
    public static VideoReadOptions Default { get; } = new();

    /// <summary>Planes to convert to; null keeps those of the file.</summary>
    public ChromaFormat? Chroma { get; init; }

    /// <summary>Bits of a sample to convert to: 8, 9, 10 or 12; null keeps those of the file.</summary>
    public int? BitDepth
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 8, 8, nameof(value));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value ?? 8, 12, nameof(value));
            field = value;
        }
    }

    /// <summary>Columns and rows to scale to (averaging down, Lanczos up); null keeps those of the file.</summary>
    public (int Width, int Height)? Size { get; init; }

    /// <summary>The most frames; null reads all.</summary>
    public long? MaxFrames
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(value));
            field = value;
        }
    }

    /// <summary>Where to begin; null begins with the first frame. Timestamps then count from there.</summary>
    public TimeSpan? Start
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? TimeSpan.Zero, TimeSpan.Zero, nameof(value));
            field = value;
        }
    }

    /// <summary>How much to read; null reads to the end.</summary>
    public TimeSpan? Duration
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? TimeSpan.Zero, TimeSpan.Zero, nameof(value));
            field = value;
        }
    }

    /// <summary>
    /// A file to which sound and subtitles are copied on the way, in Matroska, without decoding; null leaves them. It is complete when the last frame has
    /// been read. It is the only way to the sound of a stream. Not written when there is no sound.
    /// </summary>
    public string? TracksPath { get; init; }
}
