using Codecs.Formats.Media;
using CsCheck;

namespace Codecs.Audio.Tests;

[Collection(SpeechFixture.Collection)]
public sealed class TokenTests(SpeechFixture fixture, CodecFixture other)
{
    [Theory]
    [InlineData(24000, 1, 247_000, 3)]
    [InlineData(16000, 1, 8000, 8)]
    [InlineData(44100, 2, 20_000, 5)]
    public void TokensOfASoundAreThoseOfItsFile(int rate, int channels, int samples, int codebooks)
    {
        Waveform sound = Sounds.Chords(rate, channels, samples);
        AudioTokens direct = fixture.Codec.Tokenize(sound, codebooks);
        byte[] file = fixture.Codec.Encode(sound, new() { Codebooks = codebooks });
        AudioTokens read = fixture.Codec.DecodeTokens(file);
        Assert.Equal((rate, (long)samples, codebooks), (read.SampleRate, read.SampleCount, read.Codebooks));
        Assert.Equal((direct.SampleRate, direct.SampleCount, direct.Codebooks), (read.SampleRate, read.SampleCount, read.Codebooks));
        Assert.Equal(direct.Peak, read.Peak, tolerance: direct.Peak / 1000);
        Assert.Equal(direct.Values, read.Values);
        Assert.Equal(file, fixture.Codec.EncodeTokens(read));
        Assert.Equal(file, fixture.Codec.EncodeTokens(direct));
    }

    [Fact]
    public void AnyTokensComeBack() => Gen.Select(Gen.Int[1, 40], Gen.Int[3, 8], Gen.Int[0, 1 << 20], Gen.Int[75, 96000]).Sample(
        (frames, codebooks, seed, rate) =>
        {
            AudioTokens tokens = SpeechTokens.Create(frames, codebooks, seed, rate), back = fixture.Codec.DecodeTokens(fixture.Codec.EncodeTokens(tokens));
            Assert.Equal(tokens.Values, back.Values);
            Assert.Equal((tokens.SampleRate, tokens.SampleCount, codebooks), (back.SampleRate, back.SampleCount, back.Codebooks));
        },
        iter: 60, threads: 1); // a codec is one thread's

    [Fact]
    public void APeakIsTheLevelOfTheSound()
    {
        AudioTokens tokens = SpeechTokens.Create(frames: 20);
        double loud = PeakAt(0.5), quiet = PeakAt(0.05);
        Assert.Equal(0.1, quiet / loud, tolerance: 1e-4);

        double PeakAt(double peak) => AudioCodec.PeakOf(fixture.Codec.Decode(fixture.Codec.EncodeTokens(tokens with { Peak = peak })).Channel(0));
    }

    [Fact]
    public void TokensThatNoSoundHasAreRefused()
    {
        AudioTokens good = SpeechTokens.Create(frames: 10, codebooks: 4);
        _ = fixture.Codec.EncodeTokens(good);
        foreach (AudioTokens wrong in (AudioTokens[])[
            good with { Values = [] },
            good with { Values = good.Values[1..] },
            good with { Codebooks = 0 },
            good with { Codebooks = -1 },
            good with { Codebooks = 2 },
            good with { Codebooks = 10 },
            good with { Values = [.. good.Values[1..], 1024] },
            good with { Values = [-1, .. good.Values[1..]] },
            good with { Values = [short.MinValue, .. good.Values[1..]] },
            good with { SampleRate = 0 },
            good with { SampleRate = int.MaxValue },
            good with { SampleCount = 0 },
            good with { SampleCount = good.SampleCount + 1 },
            good with { SampleCount = long.MaxValue }])
        {
            Assert.Throws<ArgumentException>(() => fixture.Codec.EncodeTokens(wrong));
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void APeakThatIsNoneIsRefused(double peak) =>
        Assert.Throws<ArgumentException>(() => fixture.Codec.EncodeTokens(SpeechTokens.Create(frames: 5) with { Peak = peak }));

    [Theory]
    [InlineData(0)]
    [InlineData(1e300)]
    public void APeakBeyondTheScaleStillMakesAFile(double peak)
    {
        byte[] file = fixture.Codec.EncodeTokens(SpeechTokens.Create(frames: 5) with { Peak = peak });
        Assert.InRange(fixture.Codec.DecodeTokens(file).Peak, 1e-5, 1.001e5);
    }

    [Fact]
    public void ACodecWithoutCodebooksSaysSo()
    {
        Waveform sound = Sounds.Chords(44100, 1, 2000);
        Assert.Null(other.Codec.Codebooks);
        Assert.Equal((3, 8), fixture.Codec.Codebooks);
        Assert.Throws<NotSupportedException>(() => other.Codec.Tokenize(sound));
        Assert.Throws<NotSupportedException>(() => other.Codec.DecodeTokens(other.Codec.Encode(sound)));
        Assert.Throws<NotSupportedException>(() => other.Codec.EncodeTokens(SpeechTokens.Create(frames: 1)));
        Assert.Throws<NotSupportedException>(() => SpeechTokens.Truncate(other.Codec, other.Codec.Encode(sound), 3));
    }
}
