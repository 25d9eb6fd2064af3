using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Codecs.Formats.Media;

/// <summary>Writes PLY in binary, little-endian: a mesh, or a point cloud when the scene has points only.</summary>
/// <remarks>Colours are COLOR_0 as sRGB bytes; where a scene has vertex colours, parts without them take their material's base colour.</remarks>
internal static class PlyWriter
{
    public static void Write(Scene scene, Stream to, SceneLimits limits)
    {
        List<ScenePart> parts = PartReader.Read(scene, limits, points: false);
        bool points = parts.Count == 0;
        if (points)
        {
            parts = PartReader.Read(scene, limits, points: true);
        }

        int vertices = 0, triangles = 0;
        bool normals = parts.Count > 0, colors = false, coordinates = parts.Count > 0;
        foreach (ScenePart part in parts)
        {
            vertices += part.VertexCount;
            triangles += part.Triangles.Length / 3;
            normals &= part.Normals is not null;
            colors |= part.Colors is not null;
            coordinates &= part.TexCoords is not null;
        }

        if (vertices == 0)
        {
            throw new MediaException("The model has nothing that PLY can hold: neither triangles nor points.");
        }

        to.Write(Header(vertices, triangles, normals, colors, coordinates, points));
        var reader = new MaterialReader(scene, limits, decode: false);
        foreach (ScenePart part in parts)
        {
            SurfaceMaterial material = part.Material < 0 ? SurfaceMaterial.Default : reader.Read(part.Material);
            WriteVertices(part, material, to, normals, colors, coordinates);
        }

        int first = 0;
        foreach (ScenePart part in parts)
        {
            WriteFaces(part, to, first);
            first += part.VertexCount;
        }
    }

    private static byte[] Header(int vertices, int triangles, bool normals, bool colors, bool coordinates, bool points)
    {
        var text = new StringBuilder("ply\nformat binary_little_endian 1.0\ncomment Codecs\n");
        text.Append(CultureInfo.InvariantCulture, $"element vertex {vertices}\nproperty float x\nproperty float y\nproperty float z\n");
        text.Append(normals ? "property float nx\nproperty float ny\nproperty float nz\n" : string.Empty);
        text.Append(coordinates ? "property float s\nproperty float t\n" : string.Empty);
        text.Append(colors ? "property uchar red\nproperty uchar green\nproperty uchar blue\nproperty uchar alpha\n" : string.Empty);
        if (!points)
        {
            text.Append(CultureInfo.InvariantCulture, $"element face {triangles}\nproperty list uchar int vertex_indices\n");
        }

        return Encoding.ASCII.GetBytes(text.Append("end_header\n").ToString());
    }

    private static void WriteVertices(ScenePart part, SurfaceMaterial material, Stream to, bool normals, bool colors, bool coordinates)
    {
        byte[] row = new byte[(normals ? 24 : 12) + (coordinates ? 8 : 0) + (colors ? 4 : 0)];
        for (int i = 0; i < part.VertexCount; i++)
        {
            int at = Store(row, 0, part.Positions.AsSpan(i * 3, 3));
            at = normals ? Store(row, at, part.Normals.AsSpan(i * 3, 3)) : at;
            at = coordinates ? Store(row, at, [part.TexCoords![i * 2], 1 - part.TexCoords[(i * 2) + 1]]) : at;
            for (int c = 0; c < 4 && colors; c++)
            {
                float value = (part.Colors?[(i * 4) + c] ?? 1) * material.BaseColor[c];
                row[at + c] = c == 3 ? (byte)((Math.Clamp(value, 0, 1) * 255) + 0.5f) : SrgbCurve.ToByte(value);
            }

            to.Write(row);
        }
    }

    private static void WriteFaces(ScenePart part, Stream to, int first)
    {
        Span<byte> row = stackalloc byte[13];
        row[0] = 3;
        for (int i = 0; i < part.Triangles.Length; i += 3)
        {
            BinaryPrimitives.WriteInt32LittleEndian(row[1..], part.Triangles[i] + first);
            BinaryPrimitives.WriteInt32LittleEndian(row[5..], part.Triangles[i + 1] + first);
            BinaryPrimitives.WriteInt32LittleEndian(row[9..], part.Triangles[i + 2] + first);
            to.Write(row);
        }
    }

    private static int Store(byte[] row, int at, ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(row.AsSpan(at), value);
            at += 4;
        }

        return at;
    }
}
