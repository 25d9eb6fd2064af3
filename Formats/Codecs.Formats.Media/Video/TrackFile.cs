namespace Codecs.Formats.Media;

/// <summary>Tracks that go beside a video, in a file that ffmpeg opens; a stream gets one for as long as this object lives.</summary>
internal sealed class TrackFile : IDisposable
{
    private readonly string? _temporary;

    private TrackFile(string path, double offsetSeconds, string? temporary)
    {
        _temporary = temporary;
        OffsetSeconds = offsetSeconds;
        try
        {
            Source = MediaSource.FromFile(path, "sound");
            Tracks = VideoProbe.AnalyzeTracks(Source);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The file.</summary>
    public MediaSource Source { get; }

    /// <summary>Its sound and subtitles.</summary>
    public IReadOnlyList<ProbedStream> Tracks { get; }

    /// <summary>Added to its times.</summary>
    public double OffsetSeconds { get; }

    /// <summary>Makes the tracks ready. ffmpeg has one standard input, which the frames need, so a stream goes to a file first.</summary>
    /// <param name="input">What the caller has.</param>
    /// <param name="output">The file that is written, beside which there is room, or null.</param>
    /// <exception cref="MediaException">The tracks cannot be read.</exception>
    public static TrackFile Open(TrackInput input, string? output)
    {
        if (input.Stream is null)
        {
            return new TrackFile(input.Path!, input.OffsetSeconds, null);
        }

        string temporary = PendingFile.NameFor(output);
        try
        {
            using (FileStream file = File.Create(temporary))
            {
                input.Stream.CopyTo(file);
            }

            return new TrackFile(temporary, input.OffsetSeconds, temporary);
        }
        catch (Exception error)
        {
            File.Delete(temporary);
            if (error is IOException)
            {
                throw new MediaException($"The sound beside the video cannot be read: {error.Message}", error);
            }

            throw;
        }
    }

    public void Dispose()
    {
        if (_temporary is not null)
        {
            File.Delete(_temporary);
        }
    }
}
