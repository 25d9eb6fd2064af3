namespace Codecs.Formats.Media;

/// <summary>Reads a video frame by frame in bounded memory, whatever the length.</summary>
/// <remarks>
/// Frames come as they are coded: not turned, of their own pixel format unless it has no planar counterpart of 8 to 12 bits, and at their own times, none
/// repeated and none dropped. 8-bit 4:2:0 never meets a conversion. Alpha is dropped. Not for use by several threads at once. Damage in the middle of a file
/// is skipped or concealed, as players do, and listed in <see cref="Warnings"/>; a video of which nothing can be decoded is an error.
/// </remarks>
public sealed class VideoReader : IDisposable
{
    private readonly IFrameSource _source;

    private VideoReader(IFrameSource source) => _source = source;

    /// <summary>What the header says.</summary>
    public VideoInfo Info => _source.Info;

    /// <summary>Sentences for the user about damage and what was left out; complete when <see cref="Read"/> has returned null.</summary>
    public IReadOnlyList<string> Warnings => _source.Warnings;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file; any name is only a name, never an address or an option.</param>
    /// <param name="options">Conversions and the part to read; everything as it is when null.</param>
    /// <param name="cancellation">Ends the decoder; <see cref="Read"/> then throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="MediaException">The file is missing, empty or no video, or ffmpeg is missing.</exception>
    /// <exception cref="LimitExceededException">A side has more than 65536 pixels, or a frame more than 2^27.</exception>
    public static VideoReader Open(string path, VideoReadOptions? options = null, CancellationToken cancellation = default) =>
        new(new FfmpegFrameSource(MediaSource.FromFile(path, "video"), options ?? VideoReadOptions.Default, cancellation));

    /// <summary>Opens a stream, such as standard input: Y4M, Matroska, transport streams, and MP4 whose index comes first.</summary>
    /// <param name="stream">
    /// The stream; it stays open. It is read ahead, on another thread, so it must not be used otherwise; disposing the reader does not interrupt a read
    /// that waits for the stream.
    /// </param>
    /// <param name="name">What to call the video in messages.</param>
    /// <param name="options">Conversions and the part to read; everything as it is when null.</param>
    /// <param name="cancellation">Ends the decoder; <see cref="Read"/> then throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="MediaException">The stream is empty, no video or cannot be read in one pass, or ffmpeg is missing.</exception>
    /// <exception cref="LimitExceededException">A side has more than 65536 pixels, or a frame more than 2^27.</exception>
    public static VideoReader Open(Stream stream, string name = "(stream)", VideoReadOptions? options = null, CancellationToken cancellation = default) =>
        new(new FfmpegFrameSource(MediaSource.FromStream(stream, name, "video"), options ?? VideoReadOptions.Default, cancellation));

    /// <summary>Opens pictures of one size as the frames of a video: 8-bit RGB, timestamps 0, 1, 2 and so on.</summary>
    /// <param name="paths">The files in order, in any format that <see cref="ImageFile"/> reads; each is read when its turn comes.</param>
    /// <param name="frameRate">Frames per second, which is also the clock.</param>
    /// <param name="options">Conversions and the part to read; everything as it is when null. Tracks cannot be copied.</param>
    /// <param name="cancellation">Makes <see cref="Read"/> throw <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">There is no picture, or no rate.</exception>
    /// <exception cref="MediaException">The first picture cannot be read.</exception>
    public static VideoReader OpenPictures(
        IReadOnlyList<string> paths, FrameClock frameRate, VideoReadOptions? options = null, CancellationToken cancellation = default) =>
        new(new PictureFrameSource(paths, frameRate, options ?? VideoReadOptions.Default, cancellation));

    /// <summary>Reads only the header of a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MediaException">The file is missing, empty or no video, or ffmpeg is missing.</exception>
    /// <exception cref="LimitExceededException">A side has more than 65536 pixels, or a frame more than 2^27.</exception>
    public static VideoInfo Identify(string path) => VideoProbe.Analyze(MediaSource.FromFile(path, "video"), VideoReadOptions.Default).Info;

    /// <summary>Reads the next frame.</summary>
    /// <returns>A frame of its own memory, in the order of showing, its timestamp above the last one's; null at the end.</returns>
    /// <exception cref="MediaException">The video cannot be decoded.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public VideoFrame? Read() => _source.Read();

    /// <summary>Ends the decoder.</summary>
    public void Dispose() => _source.Dispose();
}
