namespace Codecs.Formats.Media;

/// <summary>What a <see cref="VideoWriter"/> gives its frames to.</summary>
internal interface IFrameSink : IDisposable
{
    IReadOnlyList<string> Warnings { get; }

    /// <summary>Takes a frame of the format that was announced, later than the last one.</summary>
    void Write(VideoFrame frame);

    void Complete();
}
