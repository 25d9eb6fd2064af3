using Codecs.Formats.Container;
using CsCheck;

namespace Codecs.Formats.Tests.Container;

public class MuxerTests
{
    [Theory]
    [InlineData(25, 1, 48000, 48000, 1)]
    [InlineData(30000, 1001, 48000, 240000, 1)]
    [InlineData(24000, 1001, 44100, 3528000, 1)]
    [InlineData(1, 2, 3, 3, 1)]
    [InlineData(50, 2, 5, 25, 1)]
    public void TheSlowestClockThatServesBothIsTaken(int ticks, int seconds, int rate, int expected, int expectedSeconds)
    {
        TickRate common = CommonClock.Of([new TickRate(ticks, seconds), new TickRate(rate)]);
        Assert.Equal(new TickRate(expected, expectedSeconds), common);
        Assert.Equal((double)expected * seconds / ticks / expectedSeconds, CommonClock.Scale(common, new TickRate(ticks, seconds)));
    }

    [Fact]
    public void UnitsAreWovenByTimeAndTheirBytesStay() => Gen.Select(Gen.Int[0, 2000].Array[1, 20], Gen.Int[0, 2000].Array[0, 20], Gen.Int[1, 50]).Sample((own, side, rate) =>
    {
        Array.Sort(own);
        Array.Sort(side);
        using MemoryStream sound = Sound(side, rate);
        using NcfTrackSource source = new(sound, NcfLimits.Default);
        using MemoryStream output = new();
        using NcfMuxer muxer = new(output, Film, [source]);
        for (int i = 0; i < own.Length; i++)
        {
            muxer.WriteUnit(new DataUnit { Number = i, Coder = CoderId.Raw, Timestamp = own[i], Payloads = [new[] { (byte)i }] });
        }

        muxer.Complete();
        NcfFile file = NcfFile.Parse(output.ToArray(), NcfLimits.Default);
        Assert.Equal(MediaKind.AudioVideo, file.Kind);
        Assert.Equal(own.Select(t => (double)t / 24), file.UnitsOf(file.Tracks[0]).Select(u => file.Header.TickRate.SecondsOf(file.Tracks[0].TickOf(u))));
        Assert.Equal(side.Select(t => (double)t / rate), file.UnitsOf(file.Tracks[1]).Select(u => file.Header.TickRate.SecondsOf(file.Tracks[1].TickOf(u))));
        (double, int)[] order = [.. file.Units.Select(u => (file.Header.TickRate.SecondsOf(u.Timestamp!.Value), u.Track))];
        Assert.Equal(order.Order(), order);
        Assert.Equal(muxer.SourceBytes, file.UnitsOf(file.Tracks[1]).Sum(u => u.PayloadBytes));
    }, iter: 50);

    [Fact]
    public void WhatIsLeftOfASourceCanBeLeftOut()
    {
        using NcfTrackSource source = new(Sound([0, 10, 20, 30], 10), NcfLimits.Default);
        using MemoryStream output = new();
        using NcfMuxer muxer = new(output, Film, [source]);
        muxer.WriteUnit(new DataUnit { Coder = CoderId.Raw, Timestamp = 0, Payloads = [new byte[] { 1 }] });
        muxer.WriteSourcesUntil(36);
        muxer.Complete(withRest: false);
        NcfFile file = NcfFile.Parse(output.ToArray(), NcfLimits.Default);
        Assert.Equal([0, 10], file.UnitsOf(file.Tracks[1]).Select(u => (int)(10 * file.Header.TickRate.SecondsOf(u.Timestamp!.Value))));
    }

    [Fact]
    public void AFileWithoutTimeIsNoSource()
    {
        using MemoryStream still = new(Golden.Full);
        Assert.Throws<UnsupportedBitstreamException>(() => new NcfTrackSource(still, NcfLimits.Default));
    }

    [Fact]
    public void AMissingPieceOfACopiedStreamIsNoticed()
    {
        byte[] file = Copied([0, 1, 3]);
        using MemoryStream output = new();
        Assert.Throws<InvalidBitstreamException>(() => CopiedExtraction.Extract(new MemoryStream(file), output, NcfLimits.Default));
        output.SetLength(0);
        Assert.NotNull(CopiedExtraction.Extract(new MemoryStream(file), output, NcfLimits.Default, recover: true));
        Assert.Equal([0, 1, 3], output.ToArray());
        Assert.Null(CopiedExtraction.Extract(new MemoryStream(Golden.Full), output, NcfLimits.Default));
    }

    private static NcfHeader Film => new() { Kind = MediaKind.Video, Tracks = [new PictureTrack { Width = 4, Height = 4 }], TickRate = new TickRate(24) };

    private static byte[] Copied(int[] numbers)
    {
        using MemoryStream output = new();
        using NcfStreamWriter writer = new(
            output, Film with { Kind = MediaKind.AudioVideo, Tracks = [Film.Tracks[0], new CopiedTrack { Id = 1, MediaType = CopiedTrack.MatroskaAudio }] });
        foreach (int number in numbers)
        {
            writer.WriteUnit(new DataUnit { Track = 1, Number = number, Coder = CoderId.Raw, Payloads = [new[] { (byte)number }] });
        }

        writer.Complete();
        return output.ToArray();
    }

    private static MemoryStream Sound(int[] ticks, int rate)
    {
        MemoryStream output = new();
        using NcfStreamWriter writer = new(
            output, new NcfHeader { Kind = MediaKind.Audio, Tracks = [new AudioTrack { Channels = 1 }], TickRate = new TickRate(rate) });
        for (int i = 0; i < ticks.Length; i++)
        {
            writer.WriteUnit(new DataUnit { Number = i, Coder = CoderId.Raw, Timestamp = ticks[i], Payloads = [new byte[] { 7, (byte)i }] });
        }

        writer.Complete();
        output.Position = 0;
        return output;
    }
}
