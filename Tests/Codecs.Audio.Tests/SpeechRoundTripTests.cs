using Codecs.Formats.Media;
using Codecs.Models.LanguageCodec;

namespace Codecs.Audio.Tests;

[Collection(SpeechFixture.Collection)]
public sealed class SpeechRoundTripTests(SpeechFixture fixture)
{
    private const int UnitSamples = 240_000;

    [Theory]
    [InlineData(8000, 1, 1234)]
    [InlineData(16000, 2, 4001)]
    [InlineData(22050, 5, 5000)]
    [InlineData(24000, 1, 1)]
    [InlineData(24000, 2, 320)]
    [InlineData(24000, 1, 321)]
    [InlineData(44100, 2, 10001)]
    [InlineData(48000, 1, 12345)]
    [InlineData(192000, 1, 7)]
    public void RateAndSampleCountComeBackInOneChannel(int rate, int channels, int samples)
    {
        Waveform back = fixture.Codec.Decode(fixture.Codec.Encode(Sounds.Chords(rate, channels, samples)));
        Assert.Equal((rate, 1, (long)samples), (back.SampleRate, back.ChannelCount, back.SampleCount));
        Assert.InRange(AudioCodec.PeakOf(back.Channel(0)), 0, 100);
    }

    [Theory]
    [InlineData(UnitSamples, 1)]
    [InlineData(UnitSamples + 1, 2)]
    public void AUnitHoldsTenSeconds(int samples, int expectedUnits)
    {
        byte[] file = fixture.Codec.Encode(Sounds.Chords(24000, 1, samples), new() { Codebooks = 3 });
        int units = 0;
        SpeechTokens.Rewrite(file, unit => unit with { Number = units++ });
        Assert.Equal(expectedUnits, units);
        Assert.Equal(samples, fixture.Codec.Verify(new MemoryStream(file)).Samples);
        Assert.Equal((samples + SpeechShape.Hop - 1) / SpeechShape.Hop, fixture.Codec.DecodeTokens(file).Frames);
    }

    [Fact]
    public void SeveralChannelsAreMixed()
    {
        Waveform mono = Sounds.Chords(24000, 1, 6000);
        float[] same = mono.Channel(0).ToArray(), opposite = Array.ConvertAll(same, v => -v);
        Assert.Equal(fixture.Codec.Tokenize(mono).Values, fixture.Codec.Tokenize(new Waveform(24000, same, same)).Values);
        Assert.Equal(fixture.Codec.Tokenize(new Waveform(24000, 1, 6000)).Values, fixture.Codec.Tokenize(new Waveform(24000, same, opposite)).Values);
    }

    [Theory]
    [InlineData(null, null, 1, 3)]
    [InlineData(null, null, 50, 5)]
    [InlineData(null, null, 100, 8)]
    [InlineData(null, 2.25, 100, 3)]
    [InlineData(null, 4.49, 100, 5)]
    [InlineData(null, 64.0, 1, 8)]
    [InlineData(4, 6.0, 100, 4)]
    public void OptionsChooseTheNumberOfCodebooks(int? codebooks, double? kilobits, double quality, int expected)
    {
        var options = new AudioEncoderOptions { Codebooks = codebooks, KilobitsPerSecond = kilobits, Quality = quality };
        Assert.Equal(expected, fixture.Codec.DecodeTokens(fixture.Codec.Encode(Sounds.Chords(24000, 1, 1000), options)).Codebooks);
    }

    [Fact]
    public void WhatNoCodebooksFitIsRefused()
    {
        Waveform sound = Sounds.Chords(24000, 1, 1000);
        Assert.Throws<TargetUnreachableException>(() => fixture.Codec.Encode(sound, new() { KilobitsPerSecond = 2.24 }));
        Assert.Throws<TargetUnreachableException>(() => fixture.Codec.CodebooksFor(2.24));
        Assert.Throws<ArgumentOutOfRangeException>(() => fixture.Codec.Encode(sound, new() { Codebooks = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => fixture.Codec.Encode(sound, new() { Codebooks = 9 }));
        Assert.Equal((3, 8), (fixture.Codec.CodebooksFor(2.25), fixture.Codec.CodebooksFor(6)));
    }

    [Fact]
    public void NotANumberIsReadAsSilence()
    {
        Waveform sound = Sounds.Chords(24000, 1, 5000);
        sound.Channel(0)[100] = float.NaN;
        sound.Channel(0)[200] = float.PositiveInfinity;
        Waveform back = fixture.Codec.Decode(fixture.Codec.Encode(sound));
        Assert.All(back.Channel(0).ToArray(), v => Assert.True(float.IsFinite(v)));
    }

    [Fact]
    public void MoreCodebooksAreMoreBytesAndNearerToTheLatent()
    {
        Waveform sound = Sounds.Chords(24000, 1, 24000);
        float[] latent = fixture.Trained.Analyze(sound).Values;
        (int Bytes, double Error)[] points = [.. Enumerable.Range(3, 6).Select(codebooks =>
        {
            byte[] file = fixture.Trained.Encode(sound, new() { Codebooks = codebooks });
            return (file.Length, -Sounds.SnrDb(latent, fixture.Trained.DecodeLatent(file).Values));
        })];
        Assert.Equal(points.OrderBy(p => p.Bytes), points);
        Assert.Equal(points.OrderByDescending(p => p.Error), points);
    }

    [Fact]
    public void AMinuteOfSilenceCostsAlmostNothingAndStaysSilent()
    {
        // Inside silence every frame has the same codes; so three seconds tell those of a minute.
        const int edge = 75, minute = 60 * AudioTokens.FramesPerSecond;
        AudioTokens few = fixture.Trained.Tokenize(new Waveform(24000, 1, 3 * 24000));
        short[] middle = few.Values[(edge * few.Codebooks)..((edge + 1) * few.Codebooks)];
        Assert.Equal(middle, few.Values[(2 * edge * few.Codebooks)..(((2 * edge) + 1) * few.Codebooks)]);
        short[] values = [
            .. few.Values[..(edge * few.Codebooks)],
            .. Enumerable.Repeat(middle, minute - (2 * edge)).SelectMany(v => v),
            .. few.Values[(2 * edge * few.Codebooks)..]];

        byte[] file = fixture.Trained.EncodeTokens(new AudioTokens(24000, 60 * 24000, 0, few.Codebooks, values));

        Assert.InRange(file.Length, 1, 1200); // of 45,000 bytes of indices
        Waveform back = fixture.Trained.Decode(fixture.Trained.EncodeTokens(few with { Peak = 0 }));
        Assert.InRange(AudioCodec.PeakOf(back.Channel(0)), 0, 0.01);
    }
}
