using Codecs.Formats.Media;
using Codecs.Models.LanguageCodec;
using Codecs.Training.Data;

namespace Codecs.Training.Tests.Data;

public sealed class SpeechCacheTests
{
    [Fact]
    public void FilesAreJoinedAndCutIntoPiecesOfTwentySeconds()
    {
        using var folder = new TempFolder();
        Waveform first = Sounds.Chords(SpeechShape.SampleRate, 1, 15), second = Sounds.Chords(SpeechShape.SampleRate, 2, 26);
        AudioFile.Write(folder.At("data/a.wav"), first);
        AudioFile.Write(folder.At("data/b.flac"), second);
        File.WriteAllText(folder.At("data/c.ogg"), "no sound");
        File.WriteAllText(folder.At("data/d.txt"), "not even the name of one");
        var log = new List<string>();

        using SpeechCache cache = SpeechCache.Open(folder.Options, log.Add);

        SpeechCache.Piece[] pieces = [.. cache.Training];
        Assert.Empty(cache.HeldOut);
        Assert.Equal(2, pieces.Length);
        Assert.All(pieces, p => Assert.Equal(20 * SpeechShape.SampleRate, p.Samples));
        float[] expected = [.. first.Channel(0), .. second.Channel(0).ToArray().Zip(second.Channel(1).ToArray(), (l, r) => (l + r) / 2)];
        AssertNear(expected.AsSpan(0, pieces[0].Samples), Read(cache, pieces[0], 0, pieces[0].Samples));
        AssertNear(expected.AsSpan(pieces[0].Samples + 1234, 5000), Read(cache, pieces[1], 1234, 5000));
        Assert.Single(log, line => line.StartsWith("skipped", StringComparison.Ordinal) && line.Contains("c.ogg", StringComparison.Ordinal));
    }

    [Fact]
    public void OtherRatesAreResampledAndOnePieceOfFortyIsKeptAside()
    {
        using var folder = new TempFolder();
        AudioFile.Write(folder.At("data/a.wav"), Sounds.Chords(8000, 1, 430));

        using SpeechCache cache = SpeechCache.Open(folder.Options, _ => { });

        Assert.Equal((20, 1), (cache.Training.Count(), cache.HeldOut.Count()));
        float[] there = [.. Sounds.Chords(SpeechShape.SampleRate, 1, 3).Channel(0)], kept = Array.ConvertAll(
            Read(cache, cache.Training.First(), 0, 3 * SpeechShape.SampleRate), v => v / 32768f);
        Assert.InRange(Sounds.SnrDb(there, kept), 25, 100); // all but the hiss
    }

    [Fact]
    public void LessThanOnePieceIsOurError()
    {
        using var folder = new TempFolder();
        AudioFile.Write(folder.At("data/a.wav"), Sounds.Chords(8000, 1, 19));

        Assert.Throws<MediaException>(() => SpeechCache.Open(folder.Options, _ => { }));
    }

    [Fact]
    public void CropsHaveTheirShapeLevelAndSeed()
    {
        const int count = 60, samples = 7000;
        using var folder = new TempFolder();
        AudioFile.Write(folder.At("data/a.wav"), Sounds.Chords(8000, 1, 41));
        using SpeechCache cache = SpeechCache.Open(folder.Options, _ => { });
        float[][] Crops(int seed)
        {
            using TorchSharp.torch.Tensor crops = new SpeechSampler(cache, seed).Next(count, samples);
            Assert.Equal([count, samples], crops.shape);
            return [.. crops.data<float>().Chunk(samples)];
        }

        float[][] first = Crops(1);

        Assert.Equal(first, Crops(1));
        Assert.NotEqual(first, Crops(2));
        double[] peaks = [.. first.Select(crop => 20 * Math.Log10(crop.Max(Math.Abs)))];
        Assert.All(peaks, db => Assert.InRange(db, -26.5, -0.5));
        Assert.InRange(peaks.Max() - peaks.Min(), 12, 26); // both loud and quiet ones
    }

    [Fact]
    public void PausesStayQuiet()
    {
        using var folder = new TempFolder();
        var hiss = new Waveform(SpeechShape.SampleRate, 1, 21 * SpeechShape.SampleRate);
        for (int i = 0; i < hiss.SampleCount; i++)
        {
            hiss.Channel(0)[i] = (i % 2 == 0 ? 40 : -40) / 32768f;
        }

        AudioFile.Write(folder.At("data/a.wav"), hiss);
        using SpeechCache cache = SpeechCache.Open(folder.Options, _ => { });
        using TorchSharp.torch.Tensor crops = new SpeechSampler(cache, 1).Next(20, 3000);

        Assert.InRange(crops.abs().max().item<float>(), 0.001f, 0.12f);
    }

    private static short[] Read(SpeechCache cache, SpeechCache.Piece piece, int start, int count)
    {
        short[] samples = new short[count];
        cache.Read(piece, start, samples);
        return samples;
    }

    // 16 bits in the file, 16 bits in the cache.
    private static void AssertNear(ReadOnlySpan<float> expected, short[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            Assert.Equal(expected[i] * 32768, actual[i], 1.01f);
        }
    }
}
