using System.Numerics;
using Codecs.Formats.Media;
using Codecs.Metrics.Geometry;

namespace Codecs.Geometry.Colour;

/// <summary>The base colour of a surface: factor, texture and colours of corners multiplied in linear light (glTF 2.0, 3.9.2).</summary>
internal sealed class SurfaceColour : ISurfaceColor
{
    private readonly Surface _surface;
    private readonly TexturePicture?[] _textures;
    private readonly Vector3[] _factors;

    /// <summary>Takes a surface; its arrays are kept.</summary>
    internal SurfaceColour(Surface surface)
    {
        _surface = surface;
        _textures = new TexturePicture?[surface.Materials.Count];
        _factors = new Vector3[surface.Materials.Count];
        for (int i = 0; i < _factors.Length; i++)
        {
            SurfaceMaterial material = surface.Materials[i];
            _factors[i] = new Vector3(material.BaseColor.X, material.BaseColor.Y, material.BaseColor.Z);
            _textures[i] = material.BaseColorTexture is { } texture && surface.TexCoords is not null ? new TexturePicture(texture, material.WrapU, material.WrapV) : null;
        }
    }

    /// <inheritdoc/>
    public Vector3 At(int triangle, Vector3 barycentric)
    {
        int material = _surface.TriangleMaterials?[triangle] ?? 0;
        Vector3 factor = _factors[material];
        if (_surface.Colors is { } colors)
        {
            factor *= Mix(colors, triangle, barycentric);
        }

        if (_textures[material] is not { } texture)
        {
            return SrgbLight.FromLinear(factor);
        }

        Vector3 stored = texture.At(Place(_surface.TexCoords!, triangle, barycentric));
        return factor == Vector3.One ? stored : SrgbLight.FromLinear(SrgbLight.ToLinear(stored) * factor);
    }

    private static Vector3 Mix(float[] colors, int triangle, Vector3 weights)
    {
        int at = triangle * 12;
        return (weights.X * new Vector3(colors[at], colors[at + 1], colors[at + 2]))
            + (weights.Y * new Vector3(colors[at + 4], colors[at + 5], colors[at + 6]))
            + (weights.Z * new Vector3(colors[at + 8], colors[at + 9], colors[at + 10]));
    }

    private static Vector2 Place(float[] places, int triangle, Vector3 weights)
    {
        int at = triangle * 6;
        return (weights.X * new Vector2(places[at], places[at + 1])) + (weights.Y * new Vector2(places[at + 2], places[at + 3])) + (weights.Z * new Vector2(places[at + 4], places[at + 5]));
    }
}
