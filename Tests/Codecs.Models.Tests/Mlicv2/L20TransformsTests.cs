using Codecs.Models.Mlicv2;
using TorchSharp;

namespace Codecs.Models.Tests.Mlicv2;

/// <summary>Tiles must give what the whole picture gives: that is what "no seams" means.</summary>
public sealed class L20TransformsTests
{
    private const int Width = 300, Height = 215, Rate = 77;
    private static readonly Lazy<L20Weights> s_weights = new(() => RandomModel.Create(seed: 8).Weights);

    [Fact]
    public void TiledAnalysisEqualsWholeAnalysis()
    {
        byte[] rgb = Noise();
        using L20Transforms whole = Open(tileSize: 1024), tiled = Open(tileSize: 64);

        (float[] expected, short[] expectedHyper) = whole.Analyze(rgb, Width, Height, Rate, null, default);
        (float[] actual, short[] actualHyper) = tiled.Analyze(rgb, Width, Height, Rate, null, default);

        Assert.InRange(LargestDifference(expected, actual), 0, 1e-3);
        Assert.Equal(expectedHyper, actualHyper);
    }

    [Fact]
    public void TiledSynthesisEqualsWholeSynthesis()
    {
        (int rows, int columns) = L20Config.LatentSize(Width, Height);
        float[] latent = Array.ConvertAll(RandomModel.Latents(rows, columns, seed: 4).Latent, v => v * 0.05f);
        using L20Transforms whole = Open(tileSize: 1024), tiled = Open(tileSize: 64);

        byte[] expected = whole.Synthesize(latent, Width, Height, Rate, null, default);
        byte[] actual = tiled.Synthesize(latent, Width, Height, Rate, null, default);

        Assert.Contains(expected, b => b is > 20 and < 235);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
    }

    [Fact]
    public void RepeatedUseLeavesNoTensorsBehind()
    {
        using L20Transforms transforms = Open(tileSize: 1024);
        byte[] rgb = Noise();
        transforms.Analyze(rgb, Width, Height, Rate, null, default);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (int i = 0; i < 3; i++)
        {
            (float[] latent, _) = transforms.Analyze(rgb, Width, Height, Rate, null, default);
            transforms.Synthesize(latent, Width, Height, Rate, null, default);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void AFileThatLacksATensorIsRefusedByItsName()
    {
        var tensors = s_weights.Value.File.Tensors.Where(t => t.Name != "g_s.up.bias");
        var weights = L20Weights.FromFile(Formats.Weights.SafetensorsFile.Read(Formats.Weights.SafetensorsWriter.ToArray(tensors, ModelWeights.MetadataOf(L20Weights.Architecture))));
        Assert.Contains(
            "g_s.up.bias",
            Assert.Throws<ModelMismatchException>(() => new L20Transforms(weights, ComputeDevice.Cpu, threads: 1)).Message,
            StringComparison.Ordinal);
    }

    private static L20Transforms Open(int tileSize) => new(s_weights.Value, ComputeDevice.Cpu, threads: 2, tileSize);

    private static byte[] Noise()
    {
        byte[] rgb = new byte[Width * Height * 3];
        new Random(3).NextBytes(rgb);
        return rgb;
    }

    private static float LargestDifference(float[] a, float[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();
}
