using Codecs.Formats.Media;

namespace Codecs.Video.Decoding;

/// <summary>A frame as a worker delivers it.</summary>
/// <param name="Frame">The decoded frame without its time; null when the one before stays.</param>
/// <param name="Tick">When it is shown.</param>
internal readonly record struct ShownFrame(VideoFrame? Frame, long Tick);
