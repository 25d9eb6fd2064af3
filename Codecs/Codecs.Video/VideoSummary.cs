using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Video;

/// <summary>What a video file holds, without decoding it and without its weights.</summary>
public sealed record VideoSummary
{
    /// <summary>What the file states before its units.</summary>
    public required NcfHeader Header { get; init; }

    /// <summary>What the frames are.</summary>
    public required VideoFormat Format { get; init; }

    /// <summary>The groups in order.</summary>
    public required IReadOnlyList<VideoGroup> Groups { get; init; }

    /// <summary>Payload bytes of all tracks but the pictures'.</summary>
    public required long SideBytes { get; init; }

    /// <summary>When the last frame begins, in seconds.</summary>
    public required double LastFrameSeconds { get; init; }

    /// <summary>True when all frames are equally far apart.</summary>
    public required bool IsConstantRate { get; init; }

    /// <summary>True when END was read: the file is not cut.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Frames in the file.</summary>
    public long Frames => Groups.Sum(g => (long)g.Frames);

    /// <summary>Key groups.</summary>
    public int Keys => Groups.Count(g => g.IsKey);

    /// <summary>Frames a second, on average.</summary>
    public double FramesPerSecond => Frames > 1 && LastFrameSeconds > FirstSeconds ? (Frames - 1) / (LastFrameSeconds - FirstSeconds) : 0;

    /// <summary>Seconds from the first frame to the end of the last one, as if it lasted as long as the others.</summary>
    public double DurationSeconds => FramesPerSecond > 0 ? Frames / FramesPerSecond : 0;

    private double FirstSeconds => Groups.Count > 0 ? Groups[0].StartSeconds : 0;

    /// <summary>Reads through a file.</summary>
    /// <param name="input">The file, at its start; need not seek.</param>
    /// <param name="limits">How much it may ask for.</param>
    /// <exception cref="InvalidBitstreamException">It is damaged; a cut one gives what it holds.</exception>
    /// <exception cref="UnsupportedBitstreamException">It holds no video.</exception>
    public static VideoSummary Read(Stream input, NcfLimits limits)
    {
        using var reader = new NcfStreamReader(input, limits, new NcfReaderOptions { Recover = true });
        NcfHeader header = reader.ReadHeader() ?? throw new InvalidBitstreamException("Nothing of the file's start can be used: no track is described.");
        VideoFile file = VideoFile.Match(header);
        var groups = new List<VideoGroup>();
        long side = 0, last = 0;
        bool isConstant = file.Track.UnitTicks > 0;
        while (reader.ReadUnit() is { } unit)
        {
            if (unit.Track != file.Track.Id)
            {
                side += unit.PayloadBytes;
                continue;
            }

            long[] ticks = GroupTimes.Decode(unit.Payloads[0].Span, file.Track.TickOf(unit), file.Track.UnitTicks, int.MaxValue >> 8, unit.Offset);
            isConstant &= ticks.Select((t, i) => t == (unit.Number + i) * file.Track.UnitTicks).All(holds => holds);
            last = ticks[^1];
            groups.Add(new VideoGroup(unit.Number, ticks.Length, file.Clock.Seconds(ticks[0]), unit.IsRandomAccessPoint, unit.PayloadBytes));
        }

        return new VideoSummary
        {
            Header = header,
            Format = file.Format,
            Groups = groups,
            SideBytes = side,
            LastFrameSeconds = file.Clock.Seconds(last),
            IsConstantRate = isConstant,
            IsComplete = reader.IsComplete,
        };
    }
}
