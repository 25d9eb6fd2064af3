using Codecs.Models.IndexMaps;
using Codecs.Models.Vqgan;
using CsCheck;

namespace Codecs.Models.Tests.Vqgan;

public sealed class VqxQuantizerTests
{
    private const int Rows = 5, Columns = 7;
    private static readonly Lazy<(VqxCodebook Codebook, ExactMapModel Model)> s_parts = new(() => (new(RandomVqx.Weights), new(RandomVqx.Weights)));

    private static readonly Gen<(float[] Vectors, int Bits)> s_pictures =
        Gen.Select(Gen.Int, Gen.Int[VqxShape.FewestBits, VqxShape.Depth], (seed, bits) => (RandomVqx.Vectors(Rows * Columns, seed), bits));

    [Fact]
    public void WithoutLambdaTheNearestCodesAreTaken() => s_pictures.Sample(picture =>
    {
        IndexMap map = Quantize(picture.Vectors, Rows, Columns, picture.Bits, lambda: 0);
        float[] distances = new float[1 << picture.Bits];
        for (int site = 0; site < map.Values.Length; site++)
        {
            s_parts.Value.Codebook.Distances(VectorOf(picture.Vectors, site), picture.Bits, distances);
            Assert.Equal(Array.IndexOf(distances, distances.Min()), map.Values[site]);
        }
    }, iter: 20);

    [Fact]
    public void NoOtherCodeOfASiteIsCheaperGivenTheCodesBefore() => Gen.Select(s_pictures, Gen.Float[0.01f, 1]).Sample((picture, lambda) =>
    {
        IndexMap map = Quantize(picture.Vectors, Rows, Columns, picture.Bits, lambda);
        float[] distances = new float[1 << picture.Bits];
        var costs = new MapCosts(s_parts.Value.Model);
        costs.Begin(Rows, Columns, picture.Bits);
        for (int site = 0; site < map.Values.Length; site++)
        {
            s_parts.Value.Codebook.Distances(VectorOf(picture.Vectors, site), picture.Bits, distances);
            costs.At(site, map.Values);
            float[] all = [.. distances.Select((d, index) => d + (lambda * costs.Bits(index)))];
            Assert.Equal(all.Min(), all[map.Values[site]]);
        }
    }, iter: 20);

    [Fact]
    public void AMoreExpensiveBitNeverMakesASiteCostMoreBitsNorLieNearer() => Gen.Select(Gen.Int, Gen.Int[VqxShape.FewestBits, VqxShape.Depth]).Sample((seed, bits) =>
    {
        float[] vector = RandomVqx.Vectors(1, seed), distances = new float[1 << bits];
        s_parts.Value.Codebook.Distances(vector, bits, distances);
        var costs = new MapCosts(s_parts.Value.Model);
        costs.Begin(1, 1, bits);
        costs.At(0, new ushort[1]);
        (float Bits, float Distance) before = (float.PositiveInfinity, 0);
        foreach (float lambda in (ReadOnlySpan<float>)[0, 0.02f, 0.1f, 0.5f, 3, 100])
        {
            int index = Quantize(vector, 1, 1, bits, lambda).Values[0];
            (float Bits, float Distance) now = (costs.Bits(index), distances[index]);
            Assert.True(now.Bits <= before.Bits && now.Distance >= before.Distance, $"lambda {lambda}: {now} after {before}");
            before = now;
        }
    }, iter: 30);

    [Fact]
    public void CodesStayWhatTheyAre() => Gen.Select(Gen.Int, Gen.Int[VqxShape.FewestBits, VqxShape.Depth]).Sample((seed, bits) =>
    {
        var random = new Random(seed);
        ushort[] values = [.. Enumerable.Range(0, Rows * Columns).Select(_ => (ushort)random.Next(1 << bits))];
        float[] vectors = [.. values.SelectMany(v => s_parts.Value.Codebook.Vector(bits, v).ToArray())];
        Assert.Equal(values, Quantize(vectors, Rows, Columns, bits, lambda: 0).Values);
    }, iter: 20);

    [Fact]
    public void RowsAreReported()
    {
        var rows = new List<int>();
        new VqxQuantizer(s_parts.Value.Codebook, s_parts.Value.Model).Quantize(RandomVqx.Vectors(Rows * Columns, 1), Rows, Columns, 5, 0.1f, rows.Add);
        Assert.Equal(Enumerable.Range(0, Rows), rows);
    }

    private static IndexMap Quantize(float[] vectors, int rows, int columns, int bits, float lambda) =>
        new VqxQuantizer(s_parts.Value.Codebook, s_parts.Value.Model).Quantize(vectors, rows, columns, bits, lambda);

    private static ReadOnlySpan<float> VectorOf(float[] vectors, int site) => vectors.AsSpan(site * VqxShape.Dimensions, VqxShape.Dimensions);
}
