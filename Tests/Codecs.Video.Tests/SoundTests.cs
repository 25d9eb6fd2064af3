using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Video.Tests;

public sealed class SoundTests
{
    [Fact]
    public void ACopiedStreamComesBackByteByByte()
    {
        List<VideoFrame> frames = Clips.Moving(100);
        CopiedPiece[] pieces = Pieces(70);
        using VideoCodec codec = Clips.Codec();
        byte[] bytes = Encode(codec, frames, pieces);
        NcfFile file = Clips.Parse(bytes);
        Assert.Equal(MediaKind.AudioVideo, file.Kind);
        Assert.Equal(CopiedTrack.MatroskaAudio, Assert.IsType<CopiedTrack>(file.Tracks[1]).MediaType);
        using var back = new MemoryStream();
        Assert.NotNull(CopiedExtraction.Extract(new MemoryStream(bytes), back, NcfLimits.Default));
        Assert.Equal(pieces.SelectMany(p => p.Bytes.ToArray()), back.ToArray());
        Clips.AssertSame(frames, codec.Decode(bytes));
        var summary = VideoSummary.Read(new MemoryStream(bytes), NcfLimits.Default);
        Assert.Equal((100, back.Length), (summary.Frames, summary.SideBytes));
    }

    [Fact]
    public void UnitsOfAllTracksStandInTheOrderOfTime()
    {
        using VideoCodec codec = Clips.Codec();
        NcfFile file = Clips.Parse(Encode(codec, Clips.Moving(100), Pieces(40)));
        Dictionary<int, Track> tracks = file.Tracks.ToDictionary(t => t.Id);
        (long, int)[] order = [.. file.Units.Select(u => (tracks[u.Track].TickOf(u), u.Track))];
        Assert.Equal(order.Order(), order);
    }

    [Fact]
    public void TwoClocksBecomeOne()
    {
        List<VideoFrame> frames = Clips.Moving(30, times: i => 1001 * i);
        using VideoCodec codec = Clips.Codec();
        using var output = new MemoryStream();
        var sound = new Sound(new TickRate(48000), unitTicks: 1920, count: 12);
        VideoDescription description = Clips.Describe(frames, new FrameClock(30000, 1), 1001) with { Tracks = [sound] };
        using (VideoEncoder encoder = codec.CreateEncoder(output, description, Clips.Lossless))
        {
            frames.ForEach(encoder.Write);
            encoder.Finish();
        }

        NcfFile file = Clips.Parse(output.ToArray());
        Assert.Equal(new TickRate(240000), file.Header.TickRate);
        Assert.Equal([8008L, 9600L], file.Tracks.Select(t => t.UnitTicks));
        Assert.Equal([0, 1], file.Models.Select(m => m.Index));
        Assert.Equal("sound", file.ModelOf(file.Tracks[1])!.Name);
        Assert.Equal(12, file.UnitsOf(file.Tracks[1]).Count());
        Assert.Equal(frames.Select(f => f.Timestamp * 8), codec.Decode(output.ToArray()).Select(f => f.Timestamp));
    }

    [Fact]
    public void ClocksWithoutACommonOneAreRefused()
    {
        List<VideoFrame> frames = Clips.Moving(3);
        using VideoCodec codec = Clips.Codec();
        VideoDescription description = Clips.Describe(frames, new FrameClock(1_000_003, 1)) with { Tracks = [new Sound(new TickRate(48000), 1920, 1)] };
        Assert.Throws<ArgumentException>(() => codec.CreateEncoder(Stream.Null, description));
    }

    internal static CopiedPiece[] Pieces(int count) => [.. Enumerable.Range(0, count).Select(i => new CopiedPiece(i * 0.1, new byte[] { (byte)i, 1, 2, (byte)(i * i) }))];

    internal static byte[] Encode(VideoCodec codec, List<VideoFrame> frames, CopiedPiece[] pieces)
    {
        using var output = new MemoryStream();
        using var sound = new CopiedSource(CopiedTrack.MatroskaAudio, pieces, new TickRate(24));
        using VideoEncoder encoder = codec.CreateEncoder(output, Clips.Describe(frames) with { Tracks = [sound] }, Clips.Lossless);
        frames.ForEach(encoder.Write);
        encoder.Finish();
        return output.ToArray();
    }

    private sealed class Sound(TickRate clock, long unitTicks, int count) : ITrackSource
    {
        private int _next;

        public IReadOnlyList<Track> Tracks { get; } = [new AudioTrack { Channels = 1, SampleRate = 48000, UnitTicks = unitTicks }];

        public IReadOnlyList<ModelReference> Models { get; } =
            [ModelReference.Create(CanonicalTensorHash.Compute("a", []), CanonicalTensorHash.Compute("b", []), DeterminismClass.IntegerExact) with { Name = "sound" }];

        public TickRate Clock => clock;

        public DataUnit? Read() => _next < count ? new DataUnit { Number = _next++, Coder = CoderId.R64, Payloads = [new byte[] { 1, 2, 3 }] } : null;

        public void Dispose()
        {
        }
    }
}
