using Codecs.Formats.Media;

namespace Codecs.Audio.Tests;

public sealed class DamageTests(CodecFixture fixture)
{
    [Fact]
    public void ACutFilePlaysUpToTheCut()
    {
        const int rate = 44100;
        byte[] file = fixture.Codec.Encode(Sounds.Chords(rate, 2, rate * 20), new() { Quality = 30 });
        Waveform whole = fixture.Codec.Decode(file);
        byte[] cut = file[..(file.Length * 2 / 3)];
        Assert.Throws<InvalidBitstreamException>(() => fixture.Codec.Decode(cut));

        using AudioDecoder decoder = fixture.Codec.OpenDecoder(new MemoryStream(cut), new() { Recover = true });
        float[] played = Sounds.ReadAll(decoder);
        Assert.False(decoder.IsComplete);
        Assert.NotEmpty(decoder.Warnings);
        Assert.InRange(played.Length / 2, 2 * 1024 * 256, 3 * 1024 * 256);

        // Up to the reach of the network before the cut it is the same sound.
        for (int i = 0; i < played.Length - (2 * 100 * 256); i += 2)
        {
            Assert.True(Math.Abs(played[i] - whole.Channel(0)[i / 2]) < 1e-3, $"sample {i / 2}");
        }
    }

    [Fact]
    public void ADamagedUnitIsSilenceAndTheRestStays()
    {
        const int rate = 44100;
        byte[] file = fixture.Codec.Encode(Sounds.Chords(rate, 1, rate * 20), new() { Quality = 30 });
        Waveform whole = fixture.Codec.Decode(file);
        byte[] damaged = (byte[])file.Clone();
        damaged[file.Length * 3 / 8] ^= 0x10; // inside the second of four units
        Assert.Throws<InvalidBitstreamException>(() => fixture.Codec.Decode(damaged));
        using AudioDecoder decoder = fixture.Codec.OpenDecoder(new MemoryStream(damaged), new() { Recover = true, Noise = 0 });
        float[] played = Sounds.ReadAll(decoder);
        Assert.Equal(whole.SampleCount, played.Length);
        Assert.NotEmpty(decoder.Warnings);
        int middle = 1024 * 256 * 3 / 2, late = 1024 * 256 * 5 / 2;
        Assert.InRange(AudioCodec.PeakOf(played.AsSpan(middle, 5000)), 0, 0.05);
        Assert.InRange(AudioCodec.PeakOf(played.AsSpan(late, 5000)), 0.1, 2);
    }

    [Fact]
    public void DamageOfAnyByteIsNoticed()
    {
        byte[] file = fixture.Codec.Encode(Sounds.Chords(44100, 1, 3000), new() { Quality = 10 });
        for (int at = 0; at < file.Length; at++)
        {
            byte[] damaged = (byte[])file.Clone();
            damaged[at] ^= (byte)(1 << (at % 8));
            Assert.ThrowsAny<CodecException>(() => fixture.Codec.Verify(new MemoryStream(damaged)));
        }
    }

    [Fact]
    public void EveryTruncationIsNoticed()
    {
        byte[] file = fixture.Codec.Encode(Sounds.Chords(44100, 2, 3000), new() { Quality = 10 });
        for (int length = 0; length < file.Length; length++)
        {
            Assert.ThrowsAny<CodecException>(() => fixture.Codec.Verify(new MemoryStream(file, 0, length)));
        }
    }

    [Fact]
    public void RecoveringNeverThrowsAForeignError()
    {
        byte[] file = fixture.Codec.Encode(Sounds.Chords(44100, 3, 3000), new() { Quality = 10 });
        var random = new Random(3);
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = (byte[])file.Clone();
            for (int k = 0; k < 3; k++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                using AudioDecoder decoder = fixture.Codec.OpenDecoder(new MemoryStream(damaged), new() { Recover = true });
                Assert.InRange(Sounds.ReadAll(decoder).Length, 0, 10_000_000);
            }
            catch (CodecException)
            {
                // Nothing of the file could be used, and it says so.
            }
        }
    }

    [Fact]
    public void AWholeFileVerifies()
    {
        byte[] file = fixture.Codec.Encode(Sounds.Chords(22050, 2, 30000), new() { Archive = true });
        Assert.Equal((30000L, true), fixture.Codec.Verify(new MemoryStream(file)));
    }

    [Fact]
    public void LatentsOfAFileAreThoseOfItsSoundRounded()
    {
        Waveform sound = Sounds.Chords(44100, 2, 30000);
        AudioLatent coded = fixture.Codec.DecodeLatent(fixture.Codec.Encode(sound, new() { Quality = 70 })), analyzed = fixture.Codec.Analyze(sound, 70);
        Assert.Equal((118, 96, 1), (coded.Frames, coded.Channels, coded.Pairs));
        Assert.Equal((coded.Rate, coded.Frames), (analyzed.Rate, analyzed.Frames));

        // Latents that surely are zero are not coded; all others are the nearest integer.
        int different = 0;
        for (int i = 0; i < coded.Values.Length; i++)
        {
            different += Math.Abs(coded.Values[i] - analyzed.Values[i]) > 0.501 ? 1 : 0;
        }

        Assert.InRange(different, 0, coded.Values.Length / 200);
    }
}
