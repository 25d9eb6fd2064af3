namespace Codecs.Formats.Media;

/// <summary>Recognises models by their bytes.</summary>
internal static class SceneSignature
{
    private const int TextProbe = 4096;

    public static SceneFormat? Detect(ReadOnlySpan<byte> data, string? path)
    {
        if (data.StartsWith("glTF"u8))
        {
            return SceneFormat.Glb;
        }

        if (data.Length > 3 && data.StartsWith("ply"u8) && data[3] is (byte)'\n' or (byte)'\r' or (byte)' ')
        {
            return SceneFormat.Ply;
        }

        // The exact size comes first: many writers begin a binary file with "solid" too.
        if (data.Length >= StlReader.HeaderBytes && StlReader.BinaryBytes(data) == data.Length)
        {
            return SceneFormat.Stl;
        }

        ReadOnlySpan<byte> start = data[..Math.Min(data.Length, TextProbe)];
        ReadOnlySpan<byte> text = SkipSpace(start);
        if (text.StartsWith("{"u8))
        {
            return data.IndexOf("\"asset\""u8) >= 0 ? SceneFormat.Gltf : null;
        }

        if (text.StartsWith("solid"u8) && (start.IndexOf("facet"u8) >= 0 || data.IndexOf("endsolid"u8) >= 0))
        {
            return SceneFormat.Stl;
        }

        bool objName = SceneFormats.TryFromPath(path, out SceneFormat named) && named == SceneFormat.Obj;
        if (start.IndexOf((byte)0) < 0 && LooksLikeObj(start, objName))
        {
            return SceneFormat.Obj;
        }

        // Bytes behind the triangles do no harm.
        bool stlName = SceneFormats.TryFromPath(path, out named) && named == SceneFormat.Stl;
        return stlName && data.Length >= StlReader.HeaderBytes && StlReader.BinaryBytes(data) < data.Length ? SceneFormat.Stl : null;
    }

    /// <summary>A statement of OBJ with numbers behind it among the first lines; with the right name, names of parts before them will do.</summary>
    private static bool LooksLikeObj(ReadOnlySpan<byte> start, bool objName)
    {
        while (!start.IsEmpty)
        {
            int end = start.IndexOfAny((byte)'\n', (byte)'\r');
            ReadOnlySpan<byte> line = SkipSpace(end < 0 ? start : start[..end]);
            start = end < 0 ? [] : start[(end + 1)..];
            if (line.IsEmpty || line[0] == (byte)'#')
            {
                continue;
            }

            if (line.StartsWith("mtllib "u8) || (IsVertex(line) && SkipSpace(line[2..]) is [(byte)'-' or (byte)'.' or (>= (byte)'0' and <= (byte)'9'), ..]))
            {
                return true;
            }

            if (!(line.StartsWith("o "u8) || line.StartsWith("g "u8) || line.StartsWith("usemtl "u8) || line.StartsWith("s "u8)))
            {
                return objName;
            }
        }

        // Names alone could begin any text.
        return objName;
    }

    private static bool IsVertex(ReadOnlySpan<byte> line) =>
        line.StartsWith("v "u8) || line.StartsWith("v\t"u8) || line.StartsWith("vn "u8) || line.StartsWith("vt "u8);

    private static ReadOnlySpan<byte> SkipSpace(ReadOnlySpan<byte> text)
    {
        if (text is [0xEF, 0xBB, 0xBF, ..])
        {
            text = text[3..];
        }

        return text.TrimStart(" \t\r\n"u8);
    }
}
