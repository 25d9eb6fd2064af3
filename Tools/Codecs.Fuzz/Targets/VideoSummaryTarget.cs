using Codecs.Formats.Container;
using Codecs.Video;

namespace Codecs.Fuzz.Targets;

/// <summary>A video file's groups and their times, and a copied track, without weights.</summary>
internal sealed class VideoSummaryTarget : FuzzTarget
{
    internal override string Name => "video-summary";

    internal override string Description => "a video file: groups, times of frames, the copied sound";

    // Times of frames stand for themselves; eight bytes of each may come out of one.
    internal override long MemoryCap(int inputBytes) => base.MemoryCap(inputBytes) + (4L * ContainerTarget.Limits.MaxMetadataTotalBytes) + (64L << 20);

    internal override IEnumerable<byte[]> Seeds()
    {
        yield return Film(unitTicks: 1, [0, 1, 2, 3]);
        yield return Film(unitTicks: 0, [0, 33, 67, 100]);
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        byte[] bytes = input.ToArray();
        var summary = VideoSummary.Read(new MemoryStream(bytes), ContainerTarget.Limits);
        Require(summary.Groups.All(g => g.Frames > 0), "a group without frames");
        using var sound = new MemoryStream();
        CopiedExtraction.Extract(new MemoryStream(bytes), sound, ContainerTarget.Limits, recover: true);
        Require(sound.Length <= bytes.Length, "more sound than bytes");
    }

    private static byte[] Film(long unitTicks, long[] ticks)
    {
        using var output = new MemoryStream();
        var header = new NcfHeader
        {
            Kind = MediaKind.Video,
            Tracks = [new PictureTrack { Width = 6, Height = 5, Layout = PictureLayout.Yuv420, PixelAspect = (4, 3), UnitTicks = unitTicks }],
            TickRate = new TickRate(1000),
        };
        using var sound = new CopiedSource(
            CopiedTrack.MatroskaAudio, [new CopiedPiece(0, SampleFiles.Bytes(20)), new CopiedPiece(0.06, SampleFiles.Bytes(9))], header.TickRate);
        using var muxer = new NcfMuxer(output, header, [sound]);
        for (int group = 0; group < 2; group++)
        {
            ReadOnlySpan<long> times = ticks.AsSpan(2 * group, 2);
            muxer.WriteUnit(new DataUnit { Number = 2 * group, Coder = CoderId.Raw, Timestamp = times[0], Payloads = [GroupTimes.Encode(times, unitTicks), SampleFiles.Bytes(30)] });
        }

        muxer.Complete();
        return output.ToArray();
    }
}
