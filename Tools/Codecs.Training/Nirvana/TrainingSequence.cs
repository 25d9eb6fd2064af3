using Codecs.Formats.Media;

namespace Codecs.Training.Nirvana;

/// <summary>Frames to code one after the other.</summary>
/// <param name="Format">What frames are; RGB for stills of one size.</param>
/// <param name="RateIndex">Rate index of the first one.</param>
/// <param name="Distance">Frames from the first to the anchor: 1, 2, 4 or 8; 0 for a still.</param>
/// <param name="Frame">Gives a frame, 0..Distance.</param>
internal sealed record TrainingSequence(VideoFormat Format, int RateIndex, int Distance, Func<int, VideoFrame> Frame);
