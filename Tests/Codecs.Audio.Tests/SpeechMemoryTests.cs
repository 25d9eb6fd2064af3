namespace Codecs.Audio.Tests;

/// <summary>What is alive does not grow with the sound. Nothing runs beside these tests, so that only their own objects count.</summary>
[Collection(nameof(SpeechMemoryTests))]
[CollectionDefinition(nameof(SpeechMemoryTests), DisableParallelization = true)]
public sealed class SpeechMemoryTests(SpeechFixture fixture)
{
    private const int Second = 24000, MostGrowth = 200_000; // a unit's samples are five times this

    [Fact]
    public void AnEncoderKeepsNoMoreThanAUnit()
    {
        using AudioEncoder encoder = fixture.Codec.CreateEncoder(Stream.Null, new SoundDescription(Second, 1), new() { Codebooks = 3 });
        float[] block = Sounds.Chords(Second, 1, Second).Channel(0).ToArray();
        long afterOne = AliveAfter(11), afterTwo = AliveAfter(10);
        Assert.InRange(afterTwo - afterOne, -MostGrowth, MostGrowth);

        long AliveAfter(int seconds)
        {
            for (int i = 0; i < seconds; i++)
            {
                encoder.Write(block);
            }

            return GC.GetTotalMemory(forceFullCollection: true);
        }
    }

    [Fact]
    public void ADecoderKeepsNoMoreThanAUnit()
    {
        byte[] file = fixture.Codec.EncodeTokens(SpeechTokens.Create(frames: 3 * 750));
        using AudioDecoder decoder = fixture.Codec.OpenDecoder(new MemoryStream(file));
        float[] block = new float[Second];
        long afterOne = AliveAt(11 * Second), afterTwo = AliveAt(21 * Second);
        Assert.InRange(afterTwo - afterOne, -MostGrowth, MostGrowth);

        long AliveAt(long position)
        {
            while (decoder.Position < position)
            {
                Assert.NotEqual(0, decoder.Read(block));
            }

            return GC.GetTotalMemory(forceFullCollection: true);
        }
    }
}
