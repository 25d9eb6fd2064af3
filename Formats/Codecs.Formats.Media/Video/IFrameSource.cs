namespace Codecs.Formats.Media;

/// <summary>What a <see cref="VideoReader"/> takes its frames from.</summary>
internal interface IFrameSource : IDisposable
{
    VideoInfo Info { get; }

    IReadOnlyList<string> Warnings { get; }

    /// <summary>The next frame, or null at the end and ever after.</summary>
    VideoFrame? Read();
}
