using Codecs.Geometry.Triangles;
using CsCheck;

namespace Codecs.Geometry.Tests.Triangles;

public sealed class TriangleWelderTests
{
    private static readonly float[] s_square = [0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0.00001f];
    private static readonly int[] s_triangles = [0, 1, 2, 3, 4, 5];

    [Fact]
    public void VerticesAtOnePlaceAreOnePointAndKeepTheirAttributes()
    {
        float[] uv = [0, 0, 1, 0, 0, 1, 0.5f, 0, 1, 1, 0, 1];

        WeldedTriangles welded = TriangleWelder.Weld(GridFrame.Fit(s_square, 10), s_square, s_triangles, [new VertexValues(AttributeKind.TexCoord, 2, uv, 12)]);

        Assert.Equal(4, welded.Triangles.Positions.Count);
        Assert.Equal([0, 1, 2, 1, 3, 2], welded.Triangles.Corners);
        float[] back = AttributeQuantizer.Dequantize(welded.Triangles.Layers[0]);
        Assert.Equal(uv.Select(v => (double)v), back.Select(v => Math.Round(v, 3)));
    }

    [Fact]
    public void PositionsComeBackWithinHalfAStep() => Gen.Select(Gen.Float[-1000, 1000].Array[3, 60], Gen.Int[1, 20]).Sample((values, bits) =>
    {
        float[] positions = values[..(values.Length / 3 * 3)];
        GridFrame frame = GridFrame.Fit(positions, bits);
        for (int i = 0; i < positions.Length; i++)
        {
            Assert.InRange(frame.Coordinate(i % 3, frame.Place(i % 3, positions[i])) - positions[i], -0.5001 * frame.Step, 0.5001 * frame.Step);
        }
    });

    [Fact]
    public void DegenerateTrianglesGoOnlyIfAsked()
    {
        float[] positions = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0.001f, 0, 0];
        int[] triangles = [0, 3, 1, 0, 1, 2];
        GridFrame frame = GridFrame.Fit(positions, 4);

        Assert.Equal([0, 1], TriangleWelder.Weld(frame, positions, triangles).SourceTriangles);
        Assert.Equal([1], TriangleWelder.Weld(frame, positions, triangles, dropDegenerate: true).SourceTriangles);
        Assert.Equal(2, TriangleCoder.Decode(TriangleCoder.Encode(TriangleWelder.Weld(frame, positions, triangles).Triangles).Payload).Count);
    }

    [Fact]
    public void DirectionsComeBackWithinTheirBits() => Gen.Select(Gen.Double[-1, 1], Gen.Double[-1, 1], Gen.Double[-1, 1]).Sample((x, y, z) =>
    {
        double length = Math.Sqrt(x * x + y * y + z * z);
        if (length < 0.01)
        {
            return;
        }

        (int u, int v) = Octahedral.Encode(x, y, z, 12);
        (double bx, double by, double bz) = Octahedral.Decode(u, v, 12);
        Assert.InRange((x * bx + y * by + z * bz) / length, 0.999999, 1.000001);
    });

    [Fact]
    public void WeightsAlwaysAddUp() => Gen.Float[0, 1].Array[4, 4].Sample(weights =>
    {
        AttributeLayer layer = AttributeQuantizer.Quantize(new VertexValues(AttributeKind.Weights, 4, weights, 8), [0, 0, 0]);

        Assert.Equal(255, layer.Values.Sum());
    });

    [Fact]
    public void AFewFarTextureCoordinatesDoNotMakeTheOthersCoarse()
    {
        float[] uv = [.. Enumerable.Range(0, 100).Select(i => i / 100f), 57, -3];

        AttributeLayer layer = AttributeQuantizer.Quantize(new VertexValues(AttributeKind.TexCoord, 1, uv, 12), [0, 0, 0]);

        float[] back = AttributeQuantizer.Dequantize(layer);
        Assert.All(Enumerable.Range(0, uv.Length), i => Assert.InRange(back[i] - uv[i], -0.00013, 0.00013));
    }

    [Theory]
    [InlineData(AttributeKind.Normal, 2)]
    [InlineData(AttributeKind.Tangent, 3)]
    [InlineData(AttributeKind.Joints, 4)]
    [InlineData(AttributeKind.Color, 17)]
    public void WhatDoesNotFitTheKindIsRefused(AttributeKind kind, int components) =>
        Assert.Throws<ArgumentException>(() => AttributeQuantizer.Quantize(new VertexValues(kind, components, new float[] { -1, 0.5f, 2, float.NaN, 1, 1, 1, 1 }, 8), [0, 0, 0]));
}
