using Codecs.Formats.Media;

namespace Codecs.Video.Encoding;

/// <summary>Tells where a scene ends: a frame far from the one before, much farther than frames were lately, and near to the one that follows.</summary>
/// <remarks>A flash is no cut, because the frame after it resembles the one before; neither is fast motion, because all its frames are far from each other. Memory of earlier
/// frames begins anew with every chunk, so that a run that is resumed at a chunk decides as one from the start.</remarks>
internal sealed class SceneCuts
{
    private const double LeastDistance = 0.06, OverRecent = 4, OverNext = 2.5, FlashShare = 0.6, ReturnShare = 0.4, QuietDistance = 0.005;
    private const int RecentFrames = 8;
    private readonly Queue<double> _recent = [];
    private Thumbnail? _before;
    private Thumbnail? _earlier;

    /// <summary>Whether a frame begins a scene; then the frames before it are forgotten.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="next">The frame after it; null when it is the last.</param>
    internal bool IsCut(Thumbnail frame, Thumbnail? next)
    {
        bool isCut = false;
        if (_before is { } before)
        {
            double distance = frame.DistanceTo(before), recent = Math.Max(QuietDistance, _recent.DefaultIfEmpty(0).Average());
            isCut = distance > LeastDistance && distance > OverRecent * recent && !(_earlier is { } earlier && frame.DistanceTo(earlier) < ReturnShare * distance)
                && (next is null || (distance > OverNext * next.DistanceTo(frame) && next.DistanceTo(before) > FlashShare * distance));
            _recent.Enqueue(distance);
            if (_recent.Count > RecentFrames)
            {
                _recent.Dequeue();
            }
        }

        if (isCut)
        {
            Restart();
        }

        (_earlier, _before) = (_before, frame);
        return isCut;
    }

    /// <summary>Forgets the frames so far.</summary>
    internal void Restart()
    {
        _recent.Clear();
        (_earlier, _before) = (null, null);
    }

    /// <summary>What <see cref="IsCut"/> compares.</summary>
    internal static Thumbnail Of(VideoFrame frame) => new(frame);
}
