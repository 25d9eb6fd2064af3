using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Video.Encoding;

/// <summary>One chunk, encoded group by group on a thread of its own.</summary>
/// <param name="codec">The codec.</param>
/// <param name="track">The track of the units.</param>
/// <param name="format">The frames' format.</param>
/// <param name="options">Quality or a target.</param>
/// <param name="clock">Ticks per second.</param>
/// <param name="frames">All frames of the chunk; let go as they are done.</param>
/// <param name="firstFrame">Number of the first one.</param>
internal sealed class ChunkJob(
    IClipCodec codec, Track track, VideoFormat format, VideoEncoderOptions options, double clock, List<VideoFrame> frames, long firstFrame) : IProgress<CodecProgress>
{
    private int _groupFrames;

    /// <summary>Groups that are done and not yet written; only under the encoder's lock.</summary>
    internal Queue<FinishedGroup> Finished { get; } = [];

    /// <summary>No more groups will come; only under the encoder's lock.</summary>
    internal bool IsOver { get; set; }

    /// <summary>Frames of the group that is being worked on, as far as it has come.</summary>
    internal double FramesInWork { get; private set; }

    /// <summary>Tells that <see cref="FramesInWork"/> grew.</summary>
    internal Action? Advanced { get; init; }

    /// <summary>Encodes the chunk.</summary>
    /// <param name="deliver">Takes each group.</param>
    /// <param name="cancellation">Stops soon.</param>
    internal void Run(Action<FinishedGroup> deliver, CancellationToken cancellation)
    {
        ChunkBudget? budget = options.KilobitsPerSecond is { } kilobits ? new ChunkBudget(kilobits * 125 * Seconds(), frames.Count) : null;
        double quality = budget?.Begin(codec, format, Group(0, 0), cancellation) ?? options.Quality;
        using IChunkEncoder encoder = codec.CreateEncoder(
            format, new ChunkOptions { Quality = quality, PsnrDb = options.PsnrDb, Effort = options.Effort, SecondsPerFrame = options.SecondsPerFrame });
        for (int done = 0, index = 0; done < frames.Count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            List<VideoFrame> group = Group(done, index);
            _groupFrames = group.Count;
            EncodedGroup coded = encoder.Encode(group, this, cancellation);
            long[] ticks = [.. group.Select(f => f.Timestamp)];
            FramesInWork = 0;
            deliver(new FinishedGroup(Unit(coded, ticks, firstFrame + done, index == 0, quality), ticks, coded.PsnrDb, coded.Parts));
            if (budget is not null)
            {
                quality = budget.Next(quality, coded, group.Count, index == 0);
                encoder.Quality = quality;
            }

            // Their memory is not needed any more; the list keeps its length.
            for (int i = 0; i < group.Count; i++)
            {
                frames[done + i] = null!;
            }

            done += group.Count;
        }
    }

    /// <inheritdoc/>
    public void Report(CodecProgress value)
    {
        FramesInWork = value.Fraction * _groupFrames;
        Advanced?.Invoke();
    }

    private List<VideoFrame> Group(int start, int index) => frames.GetRange(start, Math.Min(codec.FramesOfGroup(index), frames.Count - start));

    // The last frame lasts as long as the others do on average.
    private double Seconds() => frames.Count < 2
        ? Math.Max(1, track.UnitTicks) / clock
        : (double)(frames[^1].Timestamp - frames[0].Timestamp) / (frames.Count - 1) * frames.Count / clock;

    private DataUnit Unit(EncodedGroup coded, long[] ticks, long number, bool isKey, double quality) => new()
    {
        Track = track.Id,
        Number = number,
        Access = isKey ? UnitAccess.RandomAccessPoint : UnitAccess.None,
        Coder = codec.Coder,
        RatePoint = VideoHeader.RatePoint(quality),
        Timestamp = track.UnitTicks > 0 && ticks[0] == number * track.UnitTicks ? null : ticks[0],
        Payloads = [GroupTimes.Encode(ticks, track.UnitTicks), .. coded.Payloads],
    };
}
