namespace Codecs.Formats.Media;

/// <summary>Writes a video frame by frame in bounded memory. A file appears complete, at <see cref="Complete"/>, or not at all.</summary>
public sealed class VideoWriter : IDisposable
{
    /// <summary>Sentences for the user about what the container cannot hold.</summary>
    public IReadOnlyList<string> Warnings { get; } = [];

    /// <summary>The container that a name asks for: by extension, a pattern such as "frame%05d.png", or a folder (a name that ends with a separator).</summary>
    public static VideoContainer ContainerOf(string path) => throw new NotImplementedException();

    /// <summary>Creates a file, or a sequence of pictures.</summary>
    public static VideoWriter Create(string path, VideoFormat format, FrameClock clock, VideoWriteOptions? options = null, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Writes to a stream, such as standard output; Y4M and Matroska flow as they are made.</summary>
    public static VideoWriter Create(Stream stream, VideoContainer container, VideoFormat format, FrameClock clock, VideoWriteOptions? options = null, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Writes the next frame; timestamps ascend.</summary>
    public void Write(VideoFrame frame) => throw new NotImplementedException();

    /// <summary>Completes the file and gives it its name, or completes the stream.</summary>
    public void Complete() => throw new NotImplementedException();

    /// <summary>Ends the encoder; without <see cref="Complete"/> nothing is left of a file.</summary>
    public void Dispose() => throw new NotImplementedException();
}
