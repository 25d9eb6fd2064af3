using Codecs.Formats.Media;
using Codecs.Video;

namespace Codecs.Cli.Videos;

/// <summary>What is asked of the encoding of a video.</summary>
internal sealed record VideoRequest
{
    /// <summary>Sound is copied as it is coded.</summary>
    internal const string CopySound = "copy";

    /// <summary>Sound is left out.</summary>
    internal const string NoSound = "none";

    /// <summary>Quality or a target, effort, key groups.</summary>
    internal required VideoEncoderOptions Encoding { get; init; }

    /// <summary><see cref="CopySound"/>, <see cref="NoSound"/>, or a sound model.</summary>
    internal required string Audio { get; init; }

    /// <summary>Goes on with what an earlier run left.</summary>
    internal bool Resume { get; init; }

    /// <summary>Most frames.</summary>
    internal long? Frames { get; init; }

    /// <summary>Where to begin in the input.</summary>
    internal TimeSpan? Start { get; init; }

    /// <summary>How much of the input.</summary>
    internal TimeSpan? Duration { get; init; }

    /// <summary>The pictures that are the frames, and how many a second; null for a video file.</summary>
    internal (IReadOnlyList<string> Paths, FrameClock Rate)? Pictures { get; init; }
}
