namespace Codecs.Video;

/// <summary>How a video is brought back.</summary>
public sealed record VideoDecoderOptions
{
    /// <summary>The options in force when none are given: strict reading.</summary>
    public static VideoDecoderOptions Default { get; } = new();

    /// <summary>Shows what can be shown of a damaged or cut file, the last good frame in place of what cannot until the next key group, instead of throwing.</summary>
    public bool Recover { get; init; }
}
