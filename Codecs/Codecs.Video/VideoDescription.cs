using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Video;

/// <summary>What an encoder must know before the first frame.</summary>
/// <param name="Format">What all frames are; see <see cref="VideoCodec.Accept"/>.</param>
/// <param name="Clock">The unit of the frames' timestamps.</param>
public sealed record VideoDescription(VideoFormat Format, FrameClock Clock)
{
    /// <summary>Ticks from each frame to the next if they are equal, else 0. Frames may differ from it, which costs bytes.</summary>
    public long FrameTicks { get; init; }

    /// <summary>Frames if known; for progress only.</summary>
    public long? FrameCount { get; init; }

    /// <summary>Ticks that the video takes if known; it is checked by nobody but shown by players.</summary>
    public long? TotalTicks { get; init; }

    /// <summary>Tracks that go beside the pictures, such as sound; they belong to the caller.</summary>
    public IReadOnlyList<ITrackSource> Tracks { get; init; } = [];

    /// <summary>Tags and cover art.</summary>
    public IReadOnlyList<MetadataItem> Metadata { get; init; } = [];

    internal TickRate TickRate => new(Clock.Numerator, Clock.Denominator);
}
