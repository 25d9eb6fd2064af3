using System.Numerics;
using Codecs.Geometry.Fields;
using Codecs.Images;
using Codecs.Metrics.Geometry;

namespace Codecs.Geometry.Colour;

/// <summary>Brings colours back onto a decoded surface.</summary>
internal static class ColourDecoder
{
    /// <summary>Reads a carrier for a surface.</summary>
    /// <param name="carrier">The bytes.</param>
    /// <param name="surface">The decoded surface.</param>
    /// <param name="frame">The field that it came from.</param>
    /// <param name="pictures">Decodes sheets of views; null when there are no weights for it.</param>
    /// <param name="workers">Threads at most, 0 for one a processor; the result is the same for any number.</param>
    /// <exception cref="InvalidBitstreamException">The bytes are damaged.</exception>
    /// <exception cref="ModelMismatchException">The picture needs weights that are not there.</exception>
    internal static ISpaceColour Read(ReadOnlyMemory<byte> carrier, TriangleTree surface, FieldFrame frame, ImageCodec? pictures, int workers = 0) =>
        new CarrierReader(surface, frame, pictures, workers).Read(carrier);

    /// <summary>Colours of the vertices, for COLOR_0.</summary>
    /// <param name="carrier">The bytes.</param>
    /// <param name="surface">The decoded surface.</param>
    /// <param name="frame">The field that it came from.</param>
    /// <param name="pictures">Decodes sheets of views; null when there are no weights for it.</param>
    /// <param name="workers">Threads at most, 0 for one a processor; the result is the same for any number.</param>
    /// <exception cref="InvalidBitstreamException">The bytes are damaged.</exception>
    /// <exception cref="ModelMismatchException">The picture needs weights that are not there.</exception>
    /// <returns>Linear red, green, blue and alpha 1, [V, 4].</returns>
    internal static float[] VertexColours(ReadOnlyMemory<byte> carrier, TriangleTree surface, FieldFrame frame, ImageCodec? pictures, int workers = 0) =>
        VertexColours(Read(carrier, surface, frame, pictures, workers), surface);

    /// <summary>Colours of the vertices, for COLOR_0.</summary>
    /// <returns>Linear red, green, blue and alpha 1, [V, 4].</returns>
    internal static float[] VertexColours(ISpaceColour colour, TriangleTree surface)
    {
        ReadOnlySpan<Vector3> positions = surface.Positions.Span;
        Vector3[] normals = VertexNormals(positions, surface.Triangles.Span);
        float[] colours = new float[positions.Length * 4];
        for (int i = 0; i < normals.Length; i++)
        {
            Vector3 linear = SrgbLight.ToLinear(colour.At(positions[i], normals[i]));
            (colours[4 * i], colours[(4 * i) + 1], colours[(4 * i) + 2], colours[(4 * i) + 3]) = (linear.X, linear.Y, linear.Z, 1);
        }

        return colours;
    }

    /// <summary>Texture coordinates and a texture.</summary>
    /// <param name="carrier">The bytes.</param>
    /// <param name="surface">The decoded surface.</param>
    /// <param name="frame">The field that it came from.</param>
    /// <param name="pictures">Decodes sheets of views; null when there are no weights for it.</param>
    /// <param name="side">Width and height of the texture in pixels, 16 to 8192.</param>
    /// <param name="workers">Threads at most, 0 for one a processor; the result is the same for any number.</param>
    /// <exception cref="InvalidBitstreamException">The bytes are damaged.</exception>
    /// <exception cref="ModelMismatchException">The picture needs weights that are not there.</exception>
    /// <exception cref="ArgumentException">The surface has more charts than fit onto a texture of this size.</exception>
    internal static BakedColour Bake(ReadOnlyMemory<byte> carrier, TriangleTree surface, FieldFrame frame, ImageCodec? pictures, int side, int workers = 0) =>
        ColourBaker.Bake(surface, new PlacedColour(surface, Read(carrier, surface, frame, pictures, workers)), side);

    // Normals of triangles weighted by their area.
    private static Vector3[] VertexNormals(ReadOnlySpan<Vector3> positions, ReadOnlySpan<int> triangles)
    {
        var normals = new Vector3[positions.Length];
        float scale = 0;
        for (int i = 0; i < triangles.Length; i += 3)
        {
            Vector3 edge = Vector3.Abs(positions[triangles[i + 1]] - positions[triangles[i]]);
            scale = Math.Max(scale, Math.Max(edge.X, Math.Max(edge.Y, edge.Z)));
        }

        scale = scale > 0 ? 1 / scale : 1;
        for (int i = 0; i < triangles.Length; i += 3)
        {
            (int a, int b, int c) = (triangles[i], triangles[i + 1], triangles[i + 2]);
            Vector3 normal = Vector3.Cross((positions[b] - positions[a]) * scale, (positions[c] - positions[a]) * scale);
            normals[a] += normal;
            normals[b] += normal;
            normals[c] += normal;
        }

        for (int i = 0; i < normals.Length; i++)
        {
            normals[i] = PlacedColour.Unit(normals[i]);
        }

        return normals;
    }
}
