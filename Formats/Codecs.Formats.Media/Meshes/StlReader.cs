using System.Buffers.Binary;

namespace Codecs.Formats.Media;

/// <summary>Reads STL, text or binary. Corners at exactly the same place become one vertex; the normals of the file, which follow from the corners, are left out.</summary>
internal static class StlReader
{
    /// <summary>80 bytes of text and the number of triangles.</summary>
    public const int HeaderBytes = 84;

    /// <summary>Normal and three corners as 12 floats, and two bytes without a meaning.</summary>
    public const int TriangleBytes = 50;

    /// <summary>How long a binary file with this header is.</summary>
    public static long BinaryBytes(ReadOnlySpan<byte> file) => HeaderBytes + (TriangleBytes * (long)BinaryPrimitives.ReadUInt32LittleEndian(file[80..]));

    public static Scene Read(ReadOnlySpan<byte> file, SceneLimits limits, List<string> warnings)
    {
        string? name = null;
        bool text = file.TrimStart(" \t\r\n"u8).StartsWith("solid"u8) && !(file.Length >= HeaderBytes && BinaryBytes(file) == file.Length);
        float[] corners = text ? ReadText(file, limits, out name) : ReadBinary(file, limits, warnings);
        if (corners.Length == 0)
        {
            throw new MediaException("The STL file has no triangles.");
        }

        int[] indices = new int[corners.Length / 3];
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = i;
        }

        float[] positions = VertexWelder.Weld(corners, indices);
        var scene = new Scene();
        int material = MaterialWriter.Add(scene, SurfaceMaterial.Matte, null);
        SceneNodes.AddMesh(scene, [SceneNodes.Primitive(scene, positions, null, null, null, indices, material)], name);
        return scene;
    }

    private static float[] ReadBinary(ReadOnlySpan<byte> file, SceneLimits limits, List<string> warnings)
    {
        if (file.Length < HeaderBytes)
        {
            throw new MediaException($"The STL file has {file.Length} bytes, less than its header.");
        }

        long needed = BinaryBytes(file), count = (needed - HeaderBytes) / TriangleBytes;
        if (needed > file.Length)
        {
            throw new MediaException($"The STL file is truncated: {count} triangles need {needed} bytes, there are {file.Length}.");
        }

        if (needed < file.Length)
        {
            warnings.Add($"{file.Length - needed} bytes behind the last triangle are ignored.");
        }

        SceneLimits.Check(count, limits.MaxTriangles, "triangles", nameof(limits.MaxTriangles));
        SceneLimits.Check(count * 3, limits.MaxVertices * 3L, "corners", nameof(limits.MaxVertices));
        float[] corners = new float[count * 9];
        for (int t = 0; t < (int)count; t++)
        {
            ReadOnlySpan<byte> at = file[(HeaderBytes + (t * TriangleBytes) + 12)..];
            for (int i = 0; i < 9; i++)
            {
                float value = BinaryPrimitives.ReadSingleLittleEndian(at[(i * 4)..]);
                corners[(t * 9) + i] = float.IsFinite(value) ? value : throw new MediaException($"Triangle {t} of the STL file has coordinates that are not finite.");
            }
        }

        return corners;
    }

    private static float[] ReadText(ReadOnlySpan<byte> file, SceneLimits limits, out string? name)
    {
        var scanner = new TextScanner(file);
        var corners = new List<float>();
        name = null;
        int inFacet = 0;
        for (ReadOnlySpan<byte> word = scanner.WordOfAnyLine(); !word.IsEmpty; word = scanner.WordOfAnyLine())
        {
            if (word.SequenceEqual("vertex"u8))
            {
                inFacet++;
                for (int i = 0; i < 3; i++)
                {
                    corners.Add(scanner.Number(scanner.WordOfAnyLine()));
                }
            }
            else if (word.SequenceEqual("endfacet"u8))
            {
                if (inFacet != 3)
                {
                    throw new MediaException($"Line {scanner.Line} ends a facet with {inFacet} corners; it has three.");
                }

                inFacet = 0;
                SceneLimits.Check(corners.Count / 9, limits.MaxTriangles, "triangles", nameof(limits.MaxTriangles));
            }
            else if (word.SequenceEqual("facet"u8))
            {
                scanner.WordOfAnyLine();
                for (int i = 0; i < 3; i++)
                {
                    scanner.WordOfAnyLine();
                }
            }
            else if (word.SequenceEqual("solid"u8) || word.SequenceEqual("endsolid"u8))
            {
                // The name is what is left of the line, and may be missing.
                string rest = scanner.RestAsText();
                name ??= rest.Length > 0 ? rest : null;
                scanner.NextLine();
            }
            else if (!word.SequenceEqual("outer"u8) && !word.SequenceEqual("loop"u8) && !word.SequenceEqual("endloop"u8))
            {
                throw scanner.Wrong(word, "facet, vertex or another word of STL");
            }
        }

        return inFacet == 0 ? [.. corners] : throw new MediaException("The STL file is truncated: it ends within a facet.");
    }
}
