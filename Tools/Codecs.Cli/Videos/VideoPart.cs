namespace Codecs.Cli.Videos;

/// <summary>Which part of a coded video is wanted.</summary>
/// <param name="Start">Where to begin.</param>
/// <param name="Duration">How much; null for all.</param>
/// <param name="Frames">Most frames; null for all.</param>
internal sealed record VideoPart(TimeSpan Start, TimeSpan? Duration, long? Frames)
{
    internal static VideoPart Whole { get; } = new(TimeSpan.Zero, null, null);
}
