using System.Numerics;
using Codecs.Formats.Media;
using Codecs.Geometry.Colour;

namespace Codecs.Geometry.Tests.Colour;

/// <summary>Textures for surfaces without texture coordinates.</summary>
public sealed class ColourBakerTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(200)]
    public void EveryTriangleHasItsColourOnTheTexture(int side)
    {
        foreach (ColouredShape shape in (ColouredShape[])[ColouredShape.FlatCube(), ColouredShape.GradientSphere(), ColouredShape.Sandwich()])
        {
            BakedColour baked = ColourBaker.Bake(shape.Tree, shape, side);
            var colours = new SurfaceColour(Textured(shape, baked));

            for (int t = 0; t < shape.Tree.Triangles.Length / 3; t++)
            {
                foreach (Vector3 place in (Vector3[])[new(1 / 3f), new(0.98f, 0.01f, 0.01f), new(0.01f, 0.01f, 0.98f)])
                {
                    Assert.True(Vector3.Distance(shape.At(t, place), colours.At(t, place)) < 0.08f, $"Triangle {t} at {place}: {shape.At(t, place)} became {colours.At(t, place)}.");
                }
            }
        }
    }

    [Fact]
    public void CoordinatesLieOnTheTexture()
    {
        BakedColour baked = ColourBaker.Bake(ColouredShape.GradientSphere().Tree, ColouredShape.GradientSphere(), 128);

        Assert.All(baked.TexCoords, c => Assert.InRange(c, 0, 1));
        Assert.InRange(baked.Charts, 6, 12);
    }

    [Fact]
    public void ChartsKeepTheirDistance()
    {
        var random = new Random(1);
        var sizes = new Vector2[60];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = new Vector2(random.NextSingle(), random.NextSingle());
        }

        (int X, int Y)[] places = ChartPacker.Pack(sizes, 256, out float scale);
        int[] owner = new int[256 * 256];
        Array.Fill(owner, -1);
        for (int i = 0; i < sizes.Length; i++)
        {
            int width = ChartPacker.Pixels(sizes[i].X, scale), height = ChartPacker.Pixels(sizes[i].Y, scale);
            for (int y = places[i].Y - 2; y < places[i].Y + height + 2; y++)
            {
                for (int x = places[i].X - 2; x < places[i].X + width + 2; x++)
                {
                    Assert.Equal(-1, owner[(y * 256) + x]);
                    owner[(y * 256) + x] = i;
                }
            }
        }

        Assert.True(scale > 15);
    }

    [Fact]
    public void MoreChartsThanFitAreRefused()
    {
        Exception thrown = Assert.ThrowsAny<ArgumentException>(() => ChartPacker.Pack(new Vector2[100], 16, out _));
        Assert.Contains("larger", thrown.Message, StringComparison.Ordinal);
    }

    private static Surface Textured(ColouredShape shape, BakedColour baked)
    {
        ReadOnlySpan<Vector3> positions = shape.Tree.Positions.Span;
        float[] flat = new float[positions.Length * 3];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i].CopyTo(flat, 3 * i);
        }

        return new Surface(flat, shape.Tree.Triangles.ToArray()) { TexCoords = baked.TexCoords, Materials = [SurfaceMaterial.Matte with { BaseColorTexture = baked.Texture }] };
    }
}
