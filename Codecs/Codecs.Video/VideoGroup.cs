namespace Codecs.Video;

/// <summary>One group of a video file.</summary>
/// <param name="FirstFrame">Number of its first frame.</param>
/// <param name="Frames">Frames.</param>
/// <param name="StartSeconds">When it begins.</param>
/// <param name="IsKey">It needs no other group.</param>
/// <param name="Bytes">Bytes of its payloads.</param>
public sealed record VideoGroup(long FirstFrame, int Frames, double StartSeconds, bool IsKey, long Bytes)
{
    /// <summary>PSNR in decibels over all planes (6:1:1), where it is known: while encoding.</summary>
    public double? PsnrDb { get; init; }

    /// <summary>Bytes by what they are for, where it is known.</summary>
    public IReadOnlyDictionary<string, int>? Parts { get; init; }
}
