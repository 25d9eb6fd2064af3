using System.Numerics;
using Codecs.Metrics.Geometry;

namespace Codecs.Metrics.Tests.Geometry;

public sealed class SurfaceColorTests
{
    // Red, green / blue, white.
    private static readonly SurfaceTexture s_texture = new(2, 2, [255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 0]);

    [Theory]
    [InlineData(0.25f, 0.25f, 1, 0, 0)]
    [InlineData(0.75f, 0.25f, 0, 1, 0)]
    [InlineData(0.25f, 0.75f, 0, 0, 1)]
    [InlineData(0.5f, 0.25f, 0.5f, 0.5f, 0)]
    [InlineData(0.5f, 0.5f, 0.5f, 0.5f, 0.5f)]
    [InlineData(0, 0.25f, 0.5f, 0.5f, 0)]
    [InlineData(-2.75f, 5.25f, 1, 0, 0)]
    [InlineData(1.125f, 0.25f, 0.75f, 0.25f, 0)]
    [InlineData(float.NaN, float.PositiveInfinity, 0.5f, 0.5f, 0.5f)]
    public void TexturesRunEvenlyBetweenPixelsAndGoOnForEver(float x, float y, float red, float green, float blue) =>
        Assert.InRange(Vector3.Distance(new(red, green, blue), s_texture.At(new(x, y))), 0, 1e-6);

    [Fact]
    public void CornersDecideTheColourBetweenThem()
    {
        VertexColors colors = new([0, 1, 2], [Vector3.UnitX, Vector3.UnitY, Vector3.UnitZ]);
        Assert.Equal(new Vector3(0.5f, 0.25f, 0.25f), colors.At(0, new(0.5f, 0.25f, 0.25f)));

        Vector2[] places = [new(0.25f, 0.25f), new(0.75f, 0.25f), new(0.25f, 0.75f), default, default, default];
        TextureColors textured = new(places, [0, -1], [s_texture], new ConstantColor(new(0.1f)));
        Assert.Equal(new Vector3(0.5f, 0.5f, 0), textured.At(0, new(0.5f, 0.5f, 0)));
        Assert.Equal(new Vector3(0.1f), textured.At(1, Vector3.UnitX));
    }

    [Fact]
    public void DifferencesOfColourAreDecibelsWhateverTheTriangles()
    {
        TriangleTree a = Tree(Shapes.Sphere(1, splits: 3));
        TriangleTree b = Tree(Shapes.Sphere(1.01f, splits: 2));
        SurfaceColorPsnr psnr = SurfaceColorPsnr.Measure(a, new ConstantColor(new(0.5f, 0.5f, 0.5f)), b, new ConstantColor(new(0.6f, 0.4f, 0.5f)), samples: 1000);

        // Two channels of three differ by 0.1.
        Assert.Equal(20 - (10 * Math.Log10(2.0 / 3)), psnr.Worse, 1e-4);
        Assert.Equal(psnr.AToB, psnr.BToA, 1e-9);
    }

    [Fact]
    public void WhatOnlyOneSurfaceHasCountsInOneDirection()
    {
        // b has a second square of another colour far away: nobody of a looks there.
        Shapes square = Shapes.Rectangle(0, 0, 1, 1, 0);
        Shapes two = square.With(square.Moved(new(9, 0, 0)));
        VertexColors colors = new(two.Triangles, [.. Enumerable.Repeat(Vector3.Zero, 4), .. Enumerable.Repeat(Vector3.One, 4)]);
        SurfaceColorPsnr psnr = SurfaceColorPsnr.Measure(Tree(square), new ConstantColor(Vector3.Zero), Tree(two), colors, samples: 1000);

        Assert.Equal(double.PositiveInfinity, psnr.AToB);
        Assert.Equal(10 * Math.Log10(2), psnr.BToA, 1e-6);
        Assert.Equal(psnr.BToA, psnr.Worse);
    }

    [Fact]
    public void ListsThatDoNotFitAreRefused()
    {
        Assert.Throws<ArgumentException>(() => new VertexColors([0, 1, 2], [Vector3.One]));
        Assert.Throws<ArgumentException>(() => new SurfaceTexture(2, 2, new byte[15]));
        Assert.Throws<ArgumentException>(() => new TextureColors(new Vector2[3], [0, 0], [s_texture]));
        Assert.Throws<ArgumentException>(() => new TextureColors(new Vector2[3], [1], [s_texture]));
    }

    private static TriangleTree Tree(Shapes shape) => TriangleTree.Build(shape.Positions, shape.Triangles);
}
