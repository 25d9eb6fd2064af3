namespace Codecs.Video;

/// <summary>How far encoding has come.</summary>
public sealed record VideoProgress
{
    /// <summary>Frames in the file.</summary>
    public required long FramesDone { get; init; }

    /// <summary>Frames of the whole video; null when not known.</summary>
    public long? FrameCount { get; init; }

    /// <summary>Groups in the file.</summary>
    public required int Groups { get; init; }

    /// <summary>Bytes of the file so far.</summary>
    public required long Bytes { get; init; }

    /// <summary>PSNR in decibels of the frames that this run has encoded, over all planes (6:1:1), also of groups that wait for those before them; null before the first.</summary>
    public double? PsnrDb { get; init; }

    /// <summary>Kilobits per second of the file so far; 0 before the first group.</summary>
    public double KilobitsPerSecond { get; init; }

    /// <summary>Share that is done, groups that are being worked on included, 0..1; 0 when the number of frames is not known.</summary>
    public double Fraction { get; init; }

    /// <summary>Seconds since the encoder was made.</summary>
    public double Seconds { get; init; }

    /// <summary>Seconds that are left, as far as one can tell.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>Size of the whole file, as far as one can tell.</summary>
    public long? ProjectedBytes { get; init; }

    /// <summary>The group that was just written; null between groups.</summary>
    public VideoGroup? Group { get; init; }
}
