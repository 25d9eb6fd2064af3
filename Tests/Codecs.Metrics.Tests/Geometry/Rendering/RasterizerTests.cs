using System.Numerics;
using Codecs.Metrics.Geometry;
using Codecs.Metrics.Geometry.Rendering;

namespace Codecs.Metrics.Tests.Geometry.Rendering;

public sealed class RasterizerTests
{
    // 8x8 pixels show -4..4 in x and y.
    private static readonly Camera s_front = Camera.Orthographic(Vector3.Zero, Vector3.UnitZ, halfHeight: 4);
    private static readonly RenderOptions s_small = new() { Width = 8, Height = 8, Supersampling = 1 };

    [Fact]
    public void ASquareThroughPixelCentresOwnsItsUpperAndLeftOnes()
    {
        // From the centre of pixel (1, 1) to that of pixel (4, 3): x -2.5..0.5, y 2.5..0.5.
        RenderedView view = Render(Shapes.Rectangle(-2.5f, 0.5f, 0.5f, 2.5f, 0), s_small);

        string[] expected =
        [
            "........",
            ".###....",
            ".###....",
            "........",
            "........",
            "........",
            "........",
            "........",
        ];
        Assert.Equal(expected, Rows(view));
        Assert.Equal(expected, Rows(Render(Shapes.Rectangle(-2.5f, 0.5f, 0.5f, 2.5f, 0).Turned(), s_small)));
    }

    [Fact]
    public void ATriangleIsDrawnPixelByPixel()
    {
        // Its long side runs through pixel centres and is a right one: those centres are not its own.
        RenderedView view = Render(new([new(-4, 4, 0), new(-4, -4, 0), new(4, 4, 0)], [0, 1, 2]), s_small);

        Assert.Equal(["#######.", "######..", "#####...", "####....", "###.....", "##......", "#.......", "........"], Rows(view));
    }

    [Fact]
    public void SharedEdgesAreDrawnOnce()
    {
        // A net over the whole picture whose inner vertices lie anywhere, some on pixel centres; each triangle alone, then all masks together.
        Random random = new(8);
        const int cells = 7;
        Vector3[] positions = new Vector3[(cells + 1) * (cells + 1)];
        for (int i = 0; i < positions.Length; i++)
        {
            (int x, int y) = (i % (cells + 1), i / (cells + 1));
            bool inner = x % cells != 0 && y % cells != 0;
            Vector3 jitter = inner ? new Vector3(random.Next(-5, 6), random.Next(-5, 6), 0) / 12 : Vector3.Zero;
            positions[i] = (new Vector3(x, y, 0) * 8 / cells) - new Vector3(4, 4, 0) + jitter;
        }

        RenderOptions options = new() { Width = 64, Height = 64, Supersampling = 1 };
        int[] drawn = new int[64 * 64];
        for (int i = 0; i < cells * cells; i++)
        {
            int corner = (i / cells * (cells + 1)) + (i % cells);
            foreach (int[] triangle in (int[][])[[corner, corner + 1, corner + cells + 2], [corner, corner + cells + 2, corner + cells + 1]])
            {
                RenderedView view = Rasterizer.Render(new(positions, triangle), s_front, options);
                for (int p = 0; p < drawn.Length; p++)
                {
                    drawn[p] += view.Mask.Span[p] / 255;
                }
            }
        }

        Assert.All(drawn, times => Assert.Equal(1, times));
    }

    [Fact]
    public void PixelsCoveredByHalfAreHalfWhite()
    {
        // Pixel (2, y) is covered in its left half.
        RenderedView view = Render(Shapes.Rectangle(-4, -4, -1.5f, 4, 0), s_small with { Supersampling = 2, Passes = RenderPass.Silhouette });

        Assert.Equal([255, 255, 128, 0, 0, 0, 0, 0], view.Mask[..8].ToArray());
        Assert.Equal([0, 0, 128, 255, 255, 255, 255, 255], view.Picture(RenderPass.Silhouette).ToArray().Take(24).Where((_, i) => i % 3 == 0));
    }

    [Fact]
    public void TheNearerTriangleIsSeenInAnyOrder()
    {
        Shapes near = Shapes.Rectangle(-2, -2, 2, 2, 1);
        Shapes far = Shapes.Rectangle(-4, -4, 4, 4, -1);
        float[] depth = Render(near.With(far), s_small).Depth.ToArray();

        Assert.Equal(depth, Render(far.With(near), s_small).Depth.ToArray());
        Assert.Equal((-1, 1), (depth[(4 * 8) + 4], depth[0]));
        Assert.Equal(float.PositiveInfinity, Render(near, s_small).Depth.Span[0]);
    }

    [Fact]
    public void ColoursArePerspectiveCorrect()
    {
        // A floor that runs away from the camera; red is z, green is x. Rays through pixel centres meet it where geometry says.
        Vector3[] positions = [new(-3, -1, 0), new(3, -1, 0), new(3, -1, -8), new(-3, -1, -8)];
        Vector3 Color(Vector3 p) => new(-p.Z / 8, (p.X + 3) / 6, 0.5f);
        int[] triangles = [0, 1, 2, 0, 2, 3];
        RenderModel model = new(positions, triangles, color: new VertexColors(triangles, [.. positions.Select(Color)]));
        Camera camera = Camera.Perspective(new(0, 0, 1), new(0, 0, -1), MathF.PI / 2);
        RenderedView view = Rasterizer.Render(model, camera, new() { Width = 64, Height = 64, Supersampling = 1, Passes = RenderPass.Albedo });

        int seen = 0;
        for (int i = 0; i < 64 * 64; i++)
        {
            // The picture's plane at distance 1 is -1..1.
            Vector3 ray = new(((i % 64) + 0.5f - 32) / 32, (32 - (i / 64) - 0.5f) / 32, -1);
            if (view.Mask.Span[i] > 0)
            {
                float depth = -1 / ray.Y;
                Vector3 expected = 255 * Color(new Vector3(0, 0, 1) + (depth * ray));
                Assert.Equal(depth, view.Depth.Span[i], 0.02f * depth);
                Assert.Equal(expected.X, view.Picture(RenderPass.Albedo).Span[3 * i], 2f);
                Assert.Equal(expected.Y, view.Picture(RenderPass.Albedo).Span[(3 * i) + 1], 2f);
                seen++;
            }
        }

        Assert.InRange(seen, 1000, 2048);
    }

    [Theory]
    [InlineData(0, 255)]
    [InlineData(60, 159)]
    [InlineData(180, 64)]
    public void LightComesFromTheCamera(double degrees, int level)
    {
        (float sine, float cosine) = ((float)Math.Sin(degrees * Math.PI / 180), (float)Math.Cos(degrees * Math.PI / 180));
        Vector3[] turned = [.. Shapes.Rectangle(-9, -9, 9, 9, 0).Positions.Select(p => new Vector3(p.X * cosine, p.Y, -p.X * sine))];
        Shapes shape = new(turned, [0, 1, 2, 0, 2, 3]);

        Assert.Equal(level, Render(shape, s_small).Picture(RenderPass.Shading).Span[0]);
        Assert.Equal(degrees == 180 ? 255 : level, Render(shape, s_small with { TwoSided = true }).Picture(RenderPass.Shading).Span[0]);
    }

    [Fact]
    public void NormalsOfVerticesMakeFacesRound()
    {
        Shapes sphere = Shapes.Sphere(3, splits: 2);
        RenderOptions options = new() { Width = 33, Height = 33, Supersampling = 1, Passes = RenderPass.Normals | RenderPass.Shading };
        RenderedView smooth = Rasterizer.Render(new(sphere.Positions, sphere.Triangles, normals: sphere.Positions), s_front, options);

        Assert.Equal(255, smooth.Picture(RenderPass.Shading).Span[((16 * 33) + 16) * 3]);
        // Eight pixels to the right of the middle: x = 8 * 8 / 33.
        double x = 8 * 8 / 33.0 / 3;
        int at = ((16 * 33) + 24) * 3;
        Assert.Equal(((x + 1) / 2 * 255), smooth.Picture(RenderPass.Normals).Span[at], 2.0);
        Assert.Equal((Math.Sqrt(1 - (x * x)) + 1) / 2 * 255, smooth.Picture(RenderPass.Normals).Span[at + 2], 2.0);
        Assert.NotEqual(smooth.Picture(RenderPass.Shading).ToArray(), Render(sphere, options).Picture(RenderPass.Shading).ToArray());
    }

    [Fact]
    public void LitIsColourTimesGrey()
    {
        Shapes square = Shapes.Rectangle(-9, -9, 9, 9, 0).Turned();
        RenderModel model = new(square.Positions, square.Triangles, color: new ConstantColor(new(1, 0.5f, 0)));
        RenderedView view = Rasterizer.Render(model, s_front, s_small with { Passes = RenderPass.Lit | RenderPass.Albedo });

        Assert.Equal([255, 128, 0], view.Picture(RenderPass.Albedo)[..3].ToArray());
        Assert.Equal([64, 32, 0], view.Picture(RenderPass.Lit)[..3].ToArray());
        Assert.Throws<ArgumentException>(() => view.Picture(RenderPass.Normals));
    }

    [Fact]
    public void WhatReachesBehindTheCameraOrFarBeyondThePictureIsLeftOut()
    {
        Camera camera = Camera.Perspective(Vector3.Zero, -Vector3.UnitZ, 1);
        bool Empty(Shapes shape) => !Rasterizer.Render(new(shape.Positions, shape.Triangles), camera, s_small).Mask.Span.ContainsAnyExcept((byte)0);

        Assert.False(Empty(Shapes.Rectangle(-1, -1, 1, 1, -2)));
        Assert.True(Empty(Shapes.Rectangle(-1, -1, 1, 1, 2)));
        Assert.True(Empty(new([new(0, 0, -1), new(1, 0, 1), new(0, 1, -1)], [0, 1, 2])));
        Assert.True(Empty(Shapes.Rectangle(-1e17f, -1e17f, 1e17f, 1e17f, -2)));
        Assert.False(Empty(Shapes.Rectangle(-1000, -1000, 1000, 1000, -2)));
    }

    [Fact]
    public void ASphereCoversACircle()
    {
        Shapes sphere = Shapes.Sphere(3, splits: 5);
        RenderedView view = Rasterizer.Render(new(sphere.Positions, sphere.Triangles), s_front, new() { Width = 256, Height = 256 });

        double pixels = view.Mask.ToArray().Sum(m => m / 255.0);
        Assert.Equal(Math.PI * 9 / 64 * 256 * 256, pixels, 100.0);
    }

    [Fact]
    public void ImpossibleRequestsAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RenderOptions { Width = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RenderOptions { Supersampling = 9 });
        Assert.Throws<ArgumentException>(() => Camera.Perspective(Vector3.One, Vector3.One, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Camera.Perspective(Vector3.One, Vector3.Zero, 4));
        Assert.Throws<ArgumentException>(() => new RenderModel([Vector3.Zero], [0, 0, 1]));
        Assert.Throws<ArgumentException>(() => new RenderModel([Vector3.Zero], [0, 0, 0], normals: []));
    }

    private static RenderedView Render(Shapes shape, RenderOptions options) => Rasterizer.Render(new(shape.Positions, shape.Triangles), s_front, options);

    private static string[] Rows(RenderedView view) =>
        [.. view.Mask.ToArray().Chunk(view.Width).Select(row => new string([.. row.Select(m => m == 0 ? '.' : '#')]))];
}
