using Codecs.Formats.Weights;
using Codecs.Models.Exact;
using Codecs.Models.Squeeze3d;

namespace Codecs.Models.Tests.Squeeze3d;

public sealed class ShapeCoderTests
{
    private static readonly ShapeStatistics s_statistics = MadeUp();
    private static readonly ShapeCoder s_coder = new(s_statistics);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(20, 40, 0)]
    [InlineData(30, 512, 0)]
    [InlineData(8, 512, 300)]
    [InlineData(63, 1, 4096)]
    public void ShapesComeBack(int step, int codes, int residuals)
    {
        ShapeSymbols shape = Draw(step, codes, residuals);

        ShapeSymbols back = s_coder.Decode(s_coder.Encode(shape, [1, 2]), [1, 2]);

        Assert.Equal(step, back.Step);
        Assert.Equal(shape.Code, back.Code);
        Assert.Equal(shape.Residual ?? [], back.Residual ?? []);
    }

    [Fact]
    public void NothingCostsNearlyNothing() => Assert.InRange(s_coder.Encode(new ShapeSymbols(20, new int[ShapeCode.Length], new int[ShapeCode.LatentLength]), []).Length, 1, 6);

    [Fact]
    public void DamageIsAnErrorOfOurs()
    {
        byte[] payload = s_coder.Encode(Draw(20, 200, 60), [7]);
        var random = new Random(5);
        for (int i = 0; i < 3000; i++)
        {
            byte[] damaged = [.. payload];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            Assert.ThrowsAny<CodecException>(() => s_coder.Decode(damaged.AsMemory(0, i % 3 == 0 ? random.Next(payload.Length) : payload.Length), [7]));
        }

        Assert.ThrowsAny<CodecException>(() => s_coder.Decode(payload, [8]));
    }

    [Fact]
    public void ADearBitMakesShorterPayloads()
    {
        var random = new Random(6);
        float[] code = [.. Enumerable.Range(0, ShapeCode.Length).Select(i => (random.NextSingle() - 0.5f) * 20 / (1 + (i / 20f)))];

        byte[][] payloads = [.. new[] { 0f, 0.13f, 0.5f }.Select(price => s_coder.Encode(new ShapeSymbols(20, s_coder.QuantizeCode(code, 20, price), null), []))];

        Assert.True(payloads[0].Length > payloads[1].Length && payloads[1].Length > payloads[2].Length);
        Assert.All(s_coder.QuantizeCode(code, 20, 0).Zip(code), p => Assert.InRange(p.First - p.Second, -0.5f, 0.5f));
    }

    [Fact]
    public void TheWeightFileComesBack()
    {
        byte[] file = Squeeze3dWeights.ToFile([], s_statistics);
        ShapeStatistics back = Squeeze3dWeights.FromFile(SafetensorsFile.Read(file)).Statistics;

        Assert.Equal(s_statistics.CodeScales, back.CodeScales);
        Assert.Equal(s_statistics.CodeOffsets, back.CodeOffsets);
        Assert.Equal(s_statistics.ResidualScales, back.ResidualScales);
        Assert.Equal(s_statistics.ResidualOffsets, back.ResidualOffsets);
        Assert.Equal(s_coder.Encode(Draw(20, 200, 60), []), new ShapeCoder(back).Encode(Draw(20, 200, 60), []));
    }

    private static ShapeSymbols Draw(int step, int codes, int residuals)
    {
        var random = new Random(step);
        int[] code = new int[ShapeCode.Length], residual = new int[ShapeCode.LatentLength];
        for (int i = 0; i < codes; i++)
        {
            code[i] = random.Next(-6, 7) * (i % 97 == 0 ? 40 : 1);
        }

        for (int i = 0; i < residuals; i++)
        {
            residual[FrequencyOrder.Places[i]] = random.Next(8) == 0 ? random.Next(-3, 4) : 0;
        }

        return new ShapeSymbols(step, code, residuals > 0 ? residual : null);
    }

    private static ShapeStatistics MadeUp()
    {
        var tables = LaplaceTables.Create();
        return new ShapeStatistics(
            tables,
            [.. Enumerable.Range(0, LaplaceTables.Count).Select(t => (short)(32 * LaplaceTables.Scale(t)))],
            [.. Enumerable.Range(0, ShapeCode.Length).Select(i => (byte)(70 - (i / 12)))],
            [-4, -2, 0, 2, 5],
            [.. Enumerable.Range(0, ShapeCode.LatentLength).Select(i => (byte)(40 - (i / 200)))],
            [-6, -2, 0, 2, 4, 7]);
    }
}
