using Codecs.Geometry.Triangles;
using CsCheck;

namespace Codecs.Geometry.Tests.Triangles;

public sealed class TriangleCoderTests
{
    private static readonly TriangleCoderOptions s_keep = new() { KeepOrder = true };

    [Fact]
    public void SheetsComeBackWhateverTheirBorders() =>
        Gen.Select(Gen.Int[1, 14], Gen.Int[1, 14], Gen.Bool, Gen.Bool, Gen.Int[1, 20], Gen.Bool).Sample((width, height, u, v, bits, keep) =>
        {
            (int[] corners, int[][] places) = Shapes.Sheet(width, height, u, v, bits);
            AssertRoundTrip(Shapes.Create(corners, places, bits), keep);
        }, iter: 300);

    [Fact]
    public void SoupsComeBack() => Gen.Select(Gen.Int[0, 60], Gen.Int[1, 30], Gen.Int[1, 20], Gen.Int, Gen.Bool).Sample((triangles, vertices, bits, seed, keep) =>
    {
        (int[] corners, int[][] places) = Shapes.Soup(triangles, vertices, bits, seed);
        AssertRoundTrip(Shapes.Create(corners, places, bits), keep);
    }, iter: 2000);

    [Fact]
    public void ManyPartsThatTouchComeBack() => Gen.Select(Gen.Int[1, 8], Gen.Int, Gen.Bool).Sample((parts, seed, keep) =>
    {
        // Sheets glued together at random vertices: pinched vertices, edges of four triangles, handles.
        var random = new Random(seed);
        var corners = new List<int>();
        int count = 0;
        for (int i = 0; i < parts; i++)
        {
            (int[] part, int[][] at) = Shapes.Sheet(random.Next(2, 8), random.Next(2, 8), random.Next(2) == 0, random.Next(2) == 0, 8);
            corners.AddRange(part.Select(c => c + count));
            count += at[0].Length;
        }

        int[] glue = [.. Enumerable.Range(0, count).Select(v => random.Next(6) == 0 ? random.Next(count) : v)];
        AssertRoundTrip(Shapes.Create([.. corners.Select(c => glue[c])], Shapes.RandomPlaces(count, 10, random), 10), keep);
    }, iter: 300);

    [Fact]
    public void LayersOfEveryKindComeBackWithTheirSeams() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[0, 3].Select(i => new[] { 0, 0.05, 0.5, 1 }[i]), Gen.Int, Gen.Bool, Gen.Bool).Sample((width, height, seams, seed, closes, keep) =>
        {
            (int[] corners, int[][] places) = Shapes.Sheet(width, height, closes, closes, 9);
            AttributeLayer[] layers =
            [
                Shapes.Layer(AttributeKind.TexCoord, 2, 12, corners, seams, seed), Shapes.Layer(AttributeKind.Normal, 2, 10, corners, seams, seed),
                Shapes.Layer(AttributeKind.Tangent, 3, 8, corners, 0, seed), Shapes.Layer(AttributeKind.Color, 4, 8, corners, seams / 2, seed + 1),
                Shapes.Layer(AttributeKind.Joints, 4, 6, corners, 0, seed), Shapes.Layer(AttributeKind.Weights, 4, 8, corners, 0, seed),
                Shapes.Layer(AttributeKind.Generic, 1, 20, corners, seams, seed), Shapes.Layer(AttributeKind.Joints, 1, 16, corners, seams, seed),
            ];
            AssertRoundTrip(Shapes.Create(corners, places, 9, layers), keep);
        }, iter: 150);

    [Fact]
    public void LayersOfSoupsComeBack() => Gen.Select(Gen.Int[0, 40], Gen.Int[1, 12], Gen.Int, Gen.Bool).Sample((triangles, vertices, seed, keep) =>
    {
        (int[] corners, int[][] places) = Shapes.Soup(triangles, vertices, 6, seed);
        AssertRoundTrip(Shapes.Create(corners, places, 6, Shapes.Layer(AttributeKind.Generic, 3, 5, corners, 0.5, seed), Shapes.Layer(AttributeKind.Normal, 2, 7, corners, 0.3, seed + 1)), keep);
    }, iter: 500);

    [Fact]
    public void PointsWithoutTrianglesStayOnlyIfTheOrderDoes()
    {
        int[][] places = Shapes.RandomPlaces(20, 12, new Random(1));
        IndexedTriangles triangles = Shapes.Create([3, 7, 11], places, 12);

        Assert.Equal(3, TriangleCoder.Decode(TriangleCoder.Encode(triangles).Payload).Positions.Count);
        Assert.Equal(places[1], TriangleCoder.Decode(TriangleCoder.Encode(triangles, s_keep).Payload).Positions.Y);
    }

    [Fact]
    public void NothingTakesFewBytes()
    {
        IndexedTriangles nothing = Shapes.Create([], [[], [], []], 11);

        EncodedTriangles encoded = TriangleCoder.Encode(nothing, new TriangleCoderOptions { StoreFrame = false });

        Assert.InRange(encoded.Payload.Length, 5, 9);
        Assert.Equal(0, TriangleCoder.Decode(encoded.Payload, frame: nothing.Positions.Frame).Count);
    }

    [Fact]
    public void ASmoothSurfaceTakesFewBytes()
    {
        (int[] corners, int[][] places) = Shapes.Sheet(60, 40, true, true, 12);

        int bytes = TriangleCoder.Encode(Shapes.Create(corners, places, 12)).Payload.Length;

        Assert.InRange(bytes * 8.0 / 2400, 1, 17);
    }

    [Fact]
    public void NormalsThatCanBeComputedTakeNothing()
    {
        (int[] corners, int[][] places) = Shapes.Sheet(20, 20, true, true, 12);
        IndexedTriangles bare = TriangleCoder.Decode(TriangleCoder.Encode(Shapes.Create(corners, places, 12), s_keep).Payload);
        int[][] normals = ComputedNormals(corners, places);
        int[] values = [.. Enumerable.Range(0, 2 * normals[0].Length).Select(i => normals[i % 2][i / 2])];
        var layer = new AttributeLayer(AttributeKind.Normal, 2, 10, values, corners);

        int without = TriangleCoder.Encode(bare).Payload.Length;
        int with = TriangleCoder.Encode(Shapes.Create(corners, places, 12, layer)).Payload.Length;

        Assert.InRange(with - without, 0, 6);
    }

    [Fact]
    public void AGridThatIsNotStoredMustBeGiven()
    {
        (int[] corners, int[][] places) = Shapes.Sheet(3, 3, true, true, 8);
        IndexedTriangles triangles = Shapes.Create(corners, places, 8);
        byte[] payload = TriangleCoder.Encode(triangles, new TriangleCoderOptions { StoreFrame = false }).Payload;

        Assert.Throws<InvalidBitstreamException>(() => TriangleCoder.Decode(payload));
        Assert.Throws<InvalidBitstreamException>(() => TriangleCoder.Decode(payload, frame: triangles.Positions.Frame with { Bits = 9 }));
        Assert.Equal(triangles.Positions.Frame, TriangleCoder.Decode(payload, frame: triangles.Positions.Frame).Positions.Frame);
    }

    // What the decoder computes, by the definition.
    private static int[][] ComputedNormals(int[] corners, int[][] places)
    {
        var sums = new (long X, long Y, long Z)[places[0].Length];
        for (int c = 0; c < corners.Length; c += 3)
        {
            int a = corners[c];
            long[] u = [.. places.Select(p => (long)p[corners[c + 1]] - p[a])], v = [.. places.Select(p => (long)p[corners[c + 2]] - p[a])];
            for (int k = 0; k < 3; k++)
            {
                ref (long X, long Y, long Z) sum = ref sums[corners[c + k]];
                sum = (sum.X + u[1] * v[2] - u[2] * v[1], sum.Y + u[2] * v[0] - u[0] * v[2], sum.Z + u[0] * v[1] - u[1] * v[0]);
            }
        }

        (int U, int V)[] coded = [.. sums.Select(s => Octahedral.Encode(s.X, s.Y, s.Z, 10))];
        return [[.. coded.Select(c => c.U)], [.. coded.Select(c => c.V)]];
    }

    private static void AssertRoundTrip(IndexedTriangles triangles, bool keepOrder)
    {
        EncodedTriangles encoded = TriangleCoder.Encode(triangles, keepOrder ? s_keep : null);
        IndexedTriangles decoded = TriangleCoder.Decode(encoded.Payload);

        Assert.Equal(triangles.Positions.Frame, decoded.Positions.Frame);
        Assert.Equal(Shapes.Describe(triangles), Shapes.Describe(decoded));
        Assert.Equal(decoded.Corners.Length, encoded.CornerOrder.Length);
        for (int c = 0; c < decoded.Corners.Length; c++)
        {
            Assert.Equal(triangles.Corners[encoded.CornerOrder[c]], encoded.VertexOrder[decoded.Corners[c]]);
            for (int i = 0; i < triangles.Layers.Count; i++)
            {
                Assert.Equal(triangles.Layers[i].At(encoded.CornerOrder[c]), decoded.Layers[i].At(c));
            }
        }

        if (keepOrder)
        {
            Assert.Equal(triangles.Corners, decoded.Corners);
            Assert.Equal(triangles.Positions.X, decoded.Positions.X);
        }
    }
}
