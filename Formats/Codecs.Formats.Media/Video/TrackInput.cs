namespace Codecs.Formats.Media;

/// <summary>Sound and subtitles that go with a video: all such tracks of a file or of a stream.</summary>
/// <param name="Path">The file, or null when it is a stream.</param>
/// <param name="Stream">The stream, or null when it is a file. It is read to its end when the writer is created, and stays open.</param>
public sealed record TrackInput(string? Path, Stream? Stream)
{
    /// <summary>Where the tracks begin, in seconds after the first frame's time 0.</summary>
    public double OffsetSeconds { get; init; }

    /// <summary>Tracks of a file.</summary>
    public static TrackInput FromFile(string path, double offsetSeconds = 0) => new(path, null) { OffsetSeconds = offsetSeconds };

    /// <summary>Tracks of a stream, such as <see cref="SideTracks.Open"/> gave.</summary>
    public static TrackInput FromStream(Stream stream, double offsetSeconds = 0) => new(null, stream) { OffsetSeconds = offsetSeconds };
}
