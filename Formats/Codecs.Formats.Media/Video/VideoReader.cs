namespace Codecs.Formats.Media;

/// <summary>Reads a video frame by frame in bounded memory, whatever the length.</summary>
public sealed class VideoReader : IDisposable
{
    /// <summary>What the header says.</summary>
    public VideoInfo Info { get; } = null!;

    /// <summary>Sentences for the user about damage and what was left out; complete when <see cref="Read"/> has returned null.</summary>
    public IReadOnlyList<string> Warnings { get; } = [];

    /// <summary>Opens a file.</summary>
    public static VideoReader Open(string path, VideoReadOptions? options = null, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Opens a stream, such as standard input.</summary>
    public static VideoReader Open(Stream stream, string name = "(stream)", VideoReadOptions? options = null, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Opens pictures of one size as the frames of a video, RGB or grey.</summary>
    public static VideoReader OpenPictures(IReadOnlyList<string> paths, FrameClock frameRate, VideoReadOptions? options = null, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Reads only the header.</summary>
    public static VideoInfo Identify(string path) => throw new NotImplementedException();

    /// <summary>Reads the next frame.</summary>
    public VideoFrame? Read() => throw new NotImplementedException();

    /// <summary>Ends the decoder.</summary>
    public void Dispose() => throw new NotImplementedException();
}
