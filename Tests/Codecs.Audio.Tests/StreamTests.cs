using Codecs.Formats.Media;
using Codecs.Tests;

namespace Codecs.Audio.Tests;

public sealed class StreamTests(CodecFixture fixture)
{
    private const int Seconds = 15; // three units

    [Theory]
    [InlineData(44100, 2, 1000)]
    [InlineData(44100, 2, 300_000)]
    [InlineData(32000, 1, 777)]
    public void PiecesGiveTheSameFileAsTheWhole(int rate, int channels, int piece)
    {
        Waveform sound = Sounds.Chords(rate, channels, rate * Seconds / 2);
        var options = new AudioEncoderOptions { Quality = 30 };
        Assert.Equal(fixture.Codec.Encode(sound, options), Sounds.EncodeInPieces(fixture.Codec, sound, options, piece));
    }

    [Fact]
    public void UnitsJoinWithoutSeams()
    {
        // Three units against one stretch over the same latents.
        Waveform sound = Sounds.Chords(44100, 2, 44100 * Seconds);
        byte[] file = fixture.Codec.Encode(sound, new() { Quality = 40 });
        Waveform back = fixture.Codec.Decode(file);
        AudioLatent latent = fixture.Codec.DecodeLatent(file);
        using var sounds = new WholeSynthesis();
        float[] mid = sounds.Mid(latent);
        float scale = SoundGain.Factor(SoundGain.Of(Math.Max(AudioCodec.PeakOf(sound.Channel(0)), AudioCodec.PeakOf(sound.Channel(1)))));
        for (int i = 0; i < back.SampleCount; i++)
        {
            float expected = mid[i] * scale, found = (back.Channel(0)[i] + back.Channel(1)[i]) * MathF.Sqrt(0.5f);
            Assert.True(Math.Abs(expected - found) < 2e-4, $"sample {i}: {expected} and {found}");
        }
    }

    [Theory]
    [InlineData(44100, 2, 400_001)]
    [InlineData(44100, 2, 12)]
    [InlineData(44100, 2, 262_144)]
    [InlineData(22050, 1, 200_123)]
    [InlineData(96000, 1, 900_001)]
    public void AJumpGivesWhatReadingFromTheStartGives(int rate, int channels, int target)
    {
        byte[] file = fixture.Codec.Encode(Sounds.Chords(rate, channels, rate * Seconds), new() { Quality = 30 });
        Waveform whole = fixture.Codec.Decode(file);
        using AudioDecoder decoder = fixture.Codec.OpenDecoder(new MemoryStream(file));
        decoder.Read(new float[100 * channels]);
        decoder.SeekTo(target);
        Assert.Equal(target, decoder.Position);
        float[] rest = Sounds.ReadAll(decoder, block: 5000);
        Assert.Equal((whole.SampleCount - target) * channels, rest.Length);
        for (int i = 0; i < rest.Length; i += 97 * channels)
        {
            Assert.True(Math.Abs(rest[i] - whole.Channel(0)[target + (i / channels)]) < 1e-3, $"sample {target + (i / channels)}");
        }
    }

    [Fact]
    public void AStreamNeedsNoSeeking()
    {
        Waveform sound = Sounds.Chords(44100, 1, 44100);
        using var pipe = new ForwardStream();
        using (AudioEncoder encoder = fixture.Codec.CreateEncoder(pipe, new SoundDescription(44100, 1)))
        {
            encoder.Write(sound.Channel(0));
            encoder.Finish();
        }

        using AudioDecoder decoder = fixture.Codec.OpenDecoder(pipe.Reopen());
        Assert.Null(decoder.SampleCount);
        Assert.Equal(44100, Sounds.ReadAll(decoder).Length);
        Assert.Equal(44100, decoder.SampleCount);
        Assert.True(decoder.IsComplete);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    public void ABitrateIsNotExceeded(double kbps)
    {
        const int rate = 44100;
        Waveform sound = Sounds.Chords(rate, 2, rate * 20);
        var noise = new Random(5);
        for (int i = rate * 6; i < rate * 12; i++)
        {
            sound.Channel(0)[i] += (float)(noise.NextDouble() - 0.5) * 0.1f; // a hard passage
        }

        byte[] file = fixture.Codec.Encode(sound, new() { KilobitsPerSecond = kbps });
        Assert.InRange(file.Length, kbps * 125 * 20 * 0.6, (kbps * 125 * 20) + 400);
    }
}
