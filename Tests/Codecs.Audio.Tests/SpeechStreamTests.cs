using Codecs.Formats.Media;
using Codecs.Models.LanguageCodec;
using Codecs.Tests;

namespace Codecs.Audio.Tests;

[Collection(SpeechFixture.Collection)]
public sealed class SpeechStreamTests(SpeechFixture fixture)
{
    [Theory]
    [InlineData(24000, 1, 245_000, 30_011)]
    [InlineData(44100, 2, 20_000, 777)]
    [InlineData(8000, 1, 5000, 1)]
    public void PiecesGiveTheSameFileAsTheWhole(int rate, int channels, int samples, int piece)
    {
        Waveform sound = Sounds.Chords(rate, channels, samples);
        var options = new AudioEncoderOptions { Codebooks = 3 };
        Assert.Equal(fixture.Codec.Encode(sound, options), Sounds.EncodeInPieces(fixture.Codec, sound, options, piece));
    }

    [Fact]
    public void UnitsJoinWithoutSeams()
    {
        AudioTokens tokens = SpeechTokens.Create(frames: 790, seed: 2);
        float[] back = fixture.Codec.Decode(fixture.Codec.EncodeTokens(tokens)).Channel(0).ToArray();
        float[] expected = new float[790 * SpeechShape.Hop];
        new SpeechSynthesis(fixture.Weights.File, new SpeechCodebooks(fixture.Weights.File)).Synthesize(tokens.Values, tokens.Codebooks, 0, expected);
        float scale = SoundGain.Factor(SoundGain.Of(tokens.Peak));
        Assert.Equal(Array.ConvertAll(expected, v => v * scale), back);
    }

    [Theory]
    [InlineData(24000, 1)]
    [InlineData(22050, 7777)]
    public void BlocksOfAnySizeGiveTheSameSamples(int rate, int block)
    {
        byte[] file = fixture.Codec.EncodeTokens(SpeechTokens.Create(frames: 60, sampleRate: rate));
        using AudioDecoder decoder = fixture.Codec.OpenDecoder(new MemoryStream(file));
        Assert.Equal(fixture.Codec.Decode(file).Channel(0).ToArray(), Sounds.ReadAll(decoder, block));
        Assert.True(decoder.IsComplete);
    }

    [Theory]
    [InlineData(24000)]
    [InlineData(44100)]
    public void AJumpGivesWhatReadingFromTheStartGives(int rate)
    {
        // Three units, the last of them short.
        AudioTokens tokens = SpeechTokens.Create(frames: 1530, seed: 3, sampleRate: rate);
        byte[] file = fixture.Codec.EncodeTokens(tokens);
        float[] whole = fixture.Codec.Decode(file).Channel(0).ToArray();
        using AudioDecoder decoder = fixture.Codec.OpenDecoder(new MemoryStream(file));
        float[] found = new float[1000];
        foreach (long target in (long[])[12, 10 * rate, (20 * rate) + 77, tokens.SampleCount - 500])
        {
            decoder.SeekTo(target);
            Assert.Equal(target, decoder.Position);
            int count = 0;
            for (int more; count < found.Length && (more = decoder.Read(found.AsSpan(count))) > 0;)
            {
                count += more;
            }

            Assert.Equal(Math.Min(found.Length, tokens.SampleCount - target), count);
            Assert.Equal(whole.AsSpan((int)target, count), found.AsSpan(0, count));
        }
    }

    [Fact]
    public void AStreamNeedsNoSeeking()
    {
        using var pipe = new ForwardStream();
        using (AudioEncoder encoder = fixture.Codec.CreateEncoder(pipe, new SoundDescription(24000, 1), new() { Codebooks = 3 }))
        {
            encoder.Write(Sounds.Chords(24000, 1, 4000).Channel(0));
            encoder.Finish();
        }

        using AudioDecoder decoder = fixture.Codec.OpenDecoder(pipe.Reopen());
        Assert.Null(decoder.SampleCount);
        Assert.Equal(4000, Sounds.ReadAll(decoder).Length);
        Assert.Equal(4000, decoder.SampleCount);
    }
}
