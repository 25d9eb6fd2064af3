using System.Numerics;
using Codecs.Formats.Media;
using Codecs.Geometry.Colour;

namespace Codecs.Geometry.Tests.Colour;

/// <summary>Base colours of surfaces.</summary>
public sealed class SurfaceColourTests
{
    private static readonly float[] s_positions = [0, 0, 0, 1, 0, 0, 0, 1, 0];

    // Red, green / blue, white.
    private static readonly Image s_texture = new(2, 2, ImageLayout.Rgb, new byte[] { 255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255 });

    [Fact]
    public void FactorAndVertexColoursMultiplyInLinearLight()
    {
        var surface = new Surface(s_positions, [0, 1, 2])
        {
            Colors = [0.5f, 1, 1, 1, 0.5f, 1, 1, 1, 0.5f, 1, 1, 1],
            Materials = [SurfaceMaterial.Matte with { BaseColor = new Vector4(0.5f, 1, 0, 1) }],
        };

        Vector3 colour = new SurfaceColour(surface).At(0, new Vector3(0.2f, 0.3f, 0.5f));

        Assert.Equal(0.537f, colour.X, 0.002f);
        Assert.Equal(1, colour.Y, 0.0001f);
        Assert.Equal(0, colour.Z);
    }

    [Theory]
    [InlineData(0.25f, 0.25f, TextureWrap.Repeat, 1, 0, 0)]
    [InlineData(1.25f, 0.25f, TextureWrap.Repeat, 1, 0, 0)]
    [InlineData(1.25f, 0.25f, TextureWrap.Clamp, 0, 1, 0)]
    [InlineData(1.25f, 0.25f, TextureWrap.Mirror, 0, 1, 0)]
    [InlineData(-0.25f, 0.75f, TextureWrap.Mirror, 0, 0, 1)]
    [InlineData(-0.25f, 0.75f, TextureWrap.Repeat, 1, 1, 1)]
    [InlineData(float.NaN, 0.75f, TextureWrap.Clamp, 0, 0, 1)]
    public void TexturesWrapAsTheirMaterialSays(float u, float v, TextureWrap wrap, float r, float g, float b) =>
        Assert.Equal(new Vector3(r, g, b), new TexturePicture(s_texture, wrap, TextureWrap.Repeat).At(new Vector2(u, v)));

    [Fact]
    public void EachTriangleHasItsMaterial()
    {
        var surface = new Surface(s_positions, [0, 1, 2, 0, 1, 2])
        {
            TexCoords = [0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f],
            TriangleMaterials = [1, 0],
            Materials = [SurfaceMaterial.Matte with { BaseColor = new Vector4(0, 0, 1, 1) }, SurfaceMaterial.Matte with { BaseColorTexture = s_texture }],
        };
        var colours = new SurfaceColour(surface);

        Assert.Equal(Vector3.UnitX, colours.At(0, new Vector3(1, 0, 0)));
        Assert.Equal(0, colours.At(1, new Vector3(1, 0, 0)).X);
        Assert.Equal(1, colours.At(1, new Vector3(1, 0, 0)).Z, 1e-4f);
    }
}
