using Codecs.Models.Vqgan;
using TorchSharp;

namespace Codecs.Models.Tests.Vqgan;

/// <summary>Tiles must give what the whole picture gives, and padding must not be seen.</summary>
public sealed class VqxTransformsTests
{
    private const int Bits = 8, TileSize = 5;

    [Theory]
    [InlineData(430, 70)]
    [InlineData(70, 430)]
    public void TiledAnalysisEqualsWholeAnalysis(int width, int height)
    {
        byte[] rgb = Noise(width, height);
        using VqxTransforms whole = Open(), tiled = Open(TileSize);
        float[] expected = whole.Analyze(rgb, width, height, null, default), actual = tiled.Analyze(rgb, width, height, null, default);
        Assert.InRange(expected.Max() - expected.Min(), 0.1f, 100);
        Assert.InRange(LargestDifference(expected, actual), 0, 1e-4);
    }

    [Theory]
    [InlineData(430, 70)]
    [InlineData(70, 430)]
    public void TiledSynthesisEqualsWholeSynthesis(int width, int height)
    {
        float[] vectors = VectorsOf(width, height);
        using VqxTransforms whole = Open(), tiled = Open(TileSize);
        byte[] expected = whole.Synthesize(vectors, Bits, width, height, null, default), actual = tiled.Synthesize(vectors, Bits, width, height, null, default);
        Assert.InRange(expected.Distinct().Count(), 50, 256);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(17, 16)]
    [InlineData(45, 31)]
    public void APictureGoesOnByItsLastColumnAndRow(int width, int height)
    {
        (int rows, int columns) = VqxShape.MapSize(width, height);
        int paddedWidth = columns * VqxShape.Stride, paddedHeight = rows * VqxShape.Stride;
        byte[] rgb = Noise(width, height), padded = new byte[paddedWidth * paddedHeight * 3];
        for (int i = 0; i < padded.Length; i++)
        {
            int x = Math.Min(i / 3 % paddedWidth, width - 1), y = Math.Min(i / 3 / paddedWidth, height - 1);
            padded[i] = rgb[(((y * width) + x) * 3) + (i % 3)];
        }

        using VqxTransforms transforms = Open();
        float[] vectors = transforms.Analyze(rgb, width, height, null, default);
        Assert.Equal(rows * columns * VqxShape.Dimensions, vectors.Length);
        Assert.InRange(LargestDifference(transforms.Analyze(padded, paddedWidth, paddedHeight, null, default), vectors), 0, 1e-4);

        byte[] whole = transforms.Synthesize(vectors, Bits, paddedWidth, paddedHeight, null, default);
        byte[] cut = transforms.Synthesize(vectors, Bits, width, height, null, default);
        for (int y = 0; y < height; y++)
        {
            for (int i = 0; i < width * 3; i++)
            {
                Assert.InRange(whole[(y * paddedWidth * 3) + i] - cut[(y * width * 3) + i], -1, 1);
            }
        }
    }

    [Fact]
    public void TheDecoderKnowsHowManyBitsAnIndexHas()
    {
        float[] vectors = VectorsOf(32, 32);
        using VqxTransforms transforms = Open();
        Assert.NotEqual(transforms.Synthesize(vectors, 4, 32, 32, null, default), transforms.Synthesize(vectors, 12, 32, 32, null, default));
    }

    [Fact]
    public void RepeatedUseLeavesNoTensorsBehind()
    {
        using VqxTransforms transforms = Open();
        byte[] rgb = Noise(50, 40);
        transforms.Analyze(rgb, 50, 40, null, default);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 3; i++)
        {
            transforms.Synthesize(transforms.Analyze(rgb, 50, 40, null, default), Bits, 50, 40, null, default);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void TilesAreReportedAndCancelled()
    {
        using VqxTransforms transforms = Open(tileSize: 2);
        var seen = new List<(int, int)>();
        transforms.Analyze(Noise(50, 40), 50, 40, (done, total) => seen.Add((done, total)), default);
        Assert.Equal([(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)], seen);
        Assert.ThrowsAny<OperationCanceledException>(() => transforms.Analyze(Noise(50, 40), 50, 40, null, new CancellationToken(canceled: true)));
    }

    private static VqxTransforms Open(int tileSize = 64) => new(RandomVqx.Weights, ComputeDevice.Cpu, threads: 1, tileSize);

    private static float[] VectorsOf(int width, int height)
    {
        (int rows, int columns) = VqxShape.MapSize(width, height);
        return RandomVqx.Vectors(rows * columns, seed: 4);
    }

    private static byte[] Noise(int width, int height)
    {
        byte[] rgb = new byte[width * height * 3];
        new Random(3).NextBytes(rgb);
        return rgb;
    }

    private static float LargestDifference(float[] a, float[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();
}
