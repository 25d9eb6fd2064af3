using Codecs.Formats.Media;

namespace Codecs.Audio.Tests;

public sealed class RoundTripTests(CodecFixture fixture)
{
    [Fact]
    public void TheReadmeExampleWorks()
    {
        Waveform sound = Sounds.Chords(44100, 2, 44100);

        using var codec = AudioCodec.Open("walloc-audio");
        byte[] file = codec.Encode(sound, new() { Quality = 50 });
        Waveform back = codec.Decode(file);

        Assert.Equal((sound.SampleRate, sound.ChannelCount, sound.SampleCount), (back.SampleRate, back.ChannelCount, back.SampleCount));
        Assert.InRange(file.Length, 500, 20_000);
        Assert.InRange(Sounds.SnrDb(sound.Channel(0), back.Channel(0)), 3, 80);
    }

    [Theory]
    [InlineData(44100, 2, 60000)]
    [InlineData(48000, 1, 48001)]
    [InlineData(22050, 2, 22051)]
    [InlineData(8000, 1, 12345)]
    [InlineData(96000, 3, 50001)]
    [InlineData(44100, 2, 1)]
    [InlineData(44100, 1, 255)]
    [InlineData(47999, 2, 513)]
    [InlineData(192000, 1, 7)]
    public void RateChannelsAndSampleCountComeBack(int rate, int channels, int samples)
    {
        Waveform sound = Sounds.Chords(rate, channels, samples);
        Waveform back = fixture.Codec.Decode(fixture.Codec.Encode(sound));
        Assert.Equal((rate, channels, (long)samples), (back.SampleRate, back.ChannelCount, back.SampleCount));
    }

    [Theory]
    [InlineData(44100, 2, 14)]
    [InlineData(48000, 1, 14)]
    [InlineData(32000, 2, 13)]
    [InlineData(88200, 2, 13)]
    public void TheSoundComesBack(int rate, int channels, double leastDb)
    {
        Waveform sound = Sounds.Chords(rate, channels, 2 * rate);
        Waveform back = fixture.Codec.Decode(fixture.Codec.Encode(sound, new() { Quality = 80 }), new() { Noise = 0 });
        for (int c = 0; c < channels; c++)
        {
            Assert.InRange(Sounds.SnrDb(sound.Channel(c), back.Channel(c)), leastDb, 80);
        }
    }

    [Fact]
    public void MoreQualityIsMoreBytesAndLessError()
    {
        Waveform sound = Sounds.Chords(44100, 2, 88200);
        (int Bytes, double Db)[] points = [.. new double[] { 10, 40, 70, 100 }.Select(quality =>
        {
            byte[] file = fixture.Codec.Encode(sound, new() { Quality = quality });
            return (file.Length, Sounds.SnrDb(sound.Channel(0), fixture.Codec.Decode(file, new() { Noise = 0 }).Channel(0)));
        })];
        Assert.Equal(points.OrderBy(p => p.Bytes), points);
        Assert.Equal(points.OrderBy(p => p.Db), points);
    }

    [Fact]
    public void AQuietSoundKeepsAsMuchDetailAsALoudOne()
    {
        Waveform loud = Sounds.Chords(44100, 2, 44100, peak: 0.8), quiet = Sounds.Chords(44100, 2, 44100, peak: 0.8e-3);
        Waveform loudBack = fixture.Codec.Decode(fixture.Codec.Encode(loud), new() { Noise = 0 });
        Waveform quietBack = fixture.Codec.Decode(fixture.Codec.Encode(quiet), new() { Noise = 0 });
        Assert.Equal(Sounds.SnrDb(loud.Channel(0), loudBack.Channel(0)), Sounds.SnrDb(quiet.Channel(0), quietBack.Channel(0)), tolerance: 0.5);
    }

    [Fact]
    public void AnOffsetComesBack()
    {
        Waveform sound = Sounds.Chords(44100, 1, 44100, peak: 0.3);
        foreach (ref float v in sound.Channel(0))
        {
            v += 0.2f;
        }

        Waveform back = fixture.Codec.Decode(fixture.Codec.Encode(sound, new() { Quality = 60 }), new() { Noise = 0 });
        Assert.Equal(Mean(sound.Channel(0)), Mean(back.Channel(0)), tolerance: 0.01);

        static double Mean(ReadOnlySpan<float> x)
        {
            double sum = 0;
            foreach (float v in x)
            {
                sum += v;
            }

            return sum / x.Length;
        }
    }

    [Fact]
    public void SilenceStaysSilentAndCostsNearlyNothing()
    {
        byte[] file = fixture.Codec.Encode(new Waveform(44100, 2, 441000));
        Assert.InRange(file.Length, 1, 800);
        Waveform back = fixture.Codec.Decode(file);
        Assert.InRange(AudioCodec.PeakOf(back.Channel(0)), 0, 1e-3);
    }

    [Fact]
    public void NotANumberIsReadAsSilence()
    {
        Waveform sound = Sounds.Chords(44100, 1, 5000);
        sound.Channel(0)[100] = float.NaN;
        sound.Channel(0)[200] = float.PositiveInfinity;
        Waveform back = fixture.Codec.Decode(fixture.Codec.Encode(sound));
        Assert.True(double.IsFinite(Sounds.SnrDb(back.Channel(0), back.Channel(0))));
        Assert.All(back.Channel(0).ToArray(), v => Assert.True(float.IsFinite(v)));
    }

    [Fact]
    public void TagsAndCoverComeBack()
    {
        byte[] picture = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4];
        var metadata = new AudioMetadata
        {
            Tags = new Dictionary<string, string> { ["title"] = "Chords", ["artist"] = "Türgeräusch" },
            Cover = new AudioCover(picture),
        };
        byte[] file = fixture.Codec.Encode(Sounds.Chords(44100, 2, 4000), metadata: metadata);
        using AudioDecoder decoder = fixture.Codec.OpenDecoder(new MemoryStream(file));
        Assert.Equal("Türgeräusch", decoder.Metadata.Tags["artist"]);
        Assert.Equal(picture, decoder.Metadata.Cover!.Data.ToArray());
        byte[] bare = fixture.Codec.Encode(Sounds.Chords(44100, 2, 4000), new() { KeepMetadata = false }, metadata);
        using AudioDecoder without = fixture.Codec.OpenDecoder(new MemoryStream(bare));
        Assert.True(without.Metadata.IsEmpty);
    }
}
