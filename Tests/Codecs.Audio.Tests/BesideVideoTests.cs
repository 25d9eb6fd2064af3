using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Audio.Tests;

public sealed class BesideVideoTests(CodecFixture fixture)
{
    private const int Rate = 44100, Seconds = 15;

    private readonly byte[] _sound = fixture.Codec.Encode(Sounds.Chords(Rate, 2, Rate * Seconds), new() { Quality = 20 });

    [Fact]
    public void SoundBesideAVideoIsTheSameSound()
    {
        byte[] file = Film(_sound);
        Waveform expected = fixture.Codec.Decode(_sound), found = fixture.Codec.Decode(file);
        Assert.Equal(expected.SampleCount, found.SampleCount);
        Assert.True(expected.Channel(0).SequenceEqual(found.Channel(0)));
        Assert.True(expected.Channel(1).SequenceEqual(found.Channel(1)));
        Assert.Equal((Rate * Seconds, false), fixture.Codec.Verify(new MemoryStream(file)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300_001)]
    [InlineData(600_000)]
    public void AJumpGivesTheSameSoundToo(int target)
    {
        Waveform whole = fixture.Codec.Decode(_sound);
        using AudioDecoder decoder = fixture.Codec.OpenDecoder(new MemoryStream(Film(_sound)));
        decoder.SeekTo(target);
        float[] rest = Sounds.ReadAll(decoder);
        Assert.Equal((whole.SampleCount - target) * 2, rest.Length);
        for (int i = 0; i < rest.Length; i += 194)
        {
            Assert.True(Math.Abs(rest[i] - whole.Channel(0)[target + (i / 2)]) < 1e-3, $"sample {target + (i / 2)}");
        }
    }

    [Fact]
    public void AVideoWithoutSoundHoldsNone()
    {
        using var output = new MemoryStream();
        using var writer = new NcfStreamWriter(output, Pictures);
        writer.Complete();
        output.Position = 0;
        Assert.Throws<UnsupportedBitstreamException>(() => fixture.Codec.OpenDecoder(output));
    }

    // A key group every two seconds and pictures that nobody decodes.
    private static byte[] Film(byte[] sound)
    {
        using var output = new MemoryStream();
        using var source = new NcfTrackSource(new MemoryStream(sound), NcfLimits.Default);
        using var muxer = new NcfMuxer(output, Pictures, [source], new NcfWriterOptions { SegmentBytes = 1000 });
        for (int i = 0; i < Seconds * 25; i += 10)
        {
            muxer.WriteUnit(new DataUnit
            {
                Number = i, Coder = CoderId.Raw, Access = i % 50 == 0 ? UnitAccess.RandomAccessPoint : UnitAccess.None, Payloads = [new byte[] { 10 }, new byte[300]],
            });
        }

        muxer.Complete();
        return output.ToArray();
    }

    private static NcfHeader Pictures => new() { Kind = MediaKind.Video, Tracks = [new PictureTrack { Width = 8, Height = 8, UnitTicks = 1 }], TickRate = new TickRate(25) };
}
