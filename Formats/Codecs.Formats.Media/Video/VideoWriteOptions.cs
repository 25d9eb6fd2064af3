namespace Codecs.Formats.Media;

/// <summary>How a video is written.</summary>
public sealed record VideoWriteOptions
{
    /// <summary>The defaults: no visible loss.</summary>
    public static VideoWriteOptions Default { get; } = new();

    /// <summary>Constant rate factor of the encoder, 0..51, smaller is better; null takes one at which no loss is seen.</summary>
    public double? Crf
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 0, 0, nameof(value));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value ?? 0, 51, nameof(value));
            field = value;
        }
    }

    /// <summary>True keeps every sample: FFV1 in Matroska, x264 at quantiser 0 in MP4 and MOV, VP9 lossless in WebM.</summary>
    public bool Lossless { get; init; }

    /// <summary>The frame rate to tell of, as a fraction; null takes the clock's. Timestamps count, except in Y4M, which has none.</summary>
    public FrameClock? FrameRate { get; init; }

    /// <summary>Sound (and subtitles) to put beside the pictures.</summary>
    public IReadOnlyList<TrackInput> Tracks { get; init; } = [];
}
