namespace Codecs.Formats.Media;

/// <summary>Makes one surface of a scene.</summary>
internal static class SurfaceFlattener
{
    public static Surface Flatten(Scene scene, SurfaceOptions options)
    {
        List<ScenePart> parts = PartReader.Read(scene, options.Limits, points: false);
        var reader = new MaterialReader(scene, options.Limits, options.DecodeTextures);
        var places = new Dictionary<int, int>();
        var materials = new List<SurfaceMaterial>();
        int vertices = 0, corners = 0;
        bool normals = false, colors = false, coordinates = false;
        var kept = new int[parts.Count][];
        for (int i = 0; i < parts.Count; i++)
        {
            kept[i] = WithoutDegenerate(parts[i]);
            vertices += parts[i].VertexCount;
            corners += kept[i].Length;
            normals |= parts[i].Normals is not null;
            colors |= parts[i].Colors is not null;
            coordinates |= parts[i].TexCoords is not null;
            if (places.TryAdd(parts[i].Material, materials.Count))
            {
                materials.Add(parts[i].Material < 0 ? SurfaceMaterial.Default : reader.Read(parts[i].Material));
            }
        }

        float[] positions = new float[checked(vertices * 3)];
        int[] triangles = new int[corners];
        float[]? allNormals = normals ? new float[checked(corners * 3)] : null;
        float[]? allColors = colors ? new float[checked(corners * 4)] : null;
        float[]? allCoordinates = coordinates ? new float[checked(corners * 2)] : null;
        int[]? ids = materials.Count > 1 ? new int[corners / 3] : null;
        for (int i = 0, vertex = 0, corner = 0; i < parts.Count; i++)
        {
            ScenePart part = parts[i];
            part.Positions.CopyTo(positions, vertex * 3);
            Spread(part.Normals, kept[i], 3, allNormals, corner);
            Spread(part.TexCoords, kept[i], 2, allCoordinates, corner);
            Spread(part.Colors, kept[i], 4, allColors, corner);
            if (part.Colors is null)
            {
                allColors?.AsSpan(corner * 4, kept[i].Length * 4).Fill(1);
            }

            ids?.AsSpan(corner / 3, kept[i].Length / 3).Fill(places[part.Material]);
            foreach (int index in kept[i])
            {
                triangles[corner++] = index + vertex;
            }

            vertex += part.VertexCount;
        }

        if (options.Weld)
        {
            positions = VertexWelder.Weld(positions, triangles);
        }

        return new Surface(positions, triangles)
        {
            Normals = allNormals,
            Colors = allColors,
            TexCoords = allCoordinates,
            TriangleMaterials = ids,
            Materials = materials.Count > 0 ? materials : [SurfaceMaterial.Matte],
            Name = RootName(scene),
            Warnings = reader.Warnings,
        };
    }

    /// <summary>The triangles of a part that have an area.</summary>
    public static int[] WithoutDegenerate(ScenePart part)
    {
        int[] triangles = part.Triangles;
        int kept = 0;
        for (int i = 0; i < triangles.Length; i += 3)
        {
            (int a, int b, int c) = (triangles[i], triangles[i + 1], triangles[i + 2]);
            Vec3 origin = Vec3.At(part.Positions, a);
            if (a != b && b != c && c != a && (Vec3.At(part.Positions, b) - origin).Cross(Vec3.At(part.Positions, c) - origin) != default)
            {
                (triangles[kept], triangles[kept + 1], triangles[kept + 2]) = (a, b, c);
                kept += 3;
            }
        }

        return kept == triangles.Length ? triangles : triangles[..kept];
    }

    private static void Spread(float[]? values, int[] corners, int components, float[]? to, int corner)
    {
        for (int i = 0; i < corners.Length && values is not null; i++)
        {
            values.AsSpan(corners[i] * components, components).CopyTo(to.AsSpan((corner + i) * components));
        }
    }

    private static string? RootName(Scene scene)
    {
        if (scene.NodeCount == 0)
        {
            return null;
        }

        List<int> shown = NodeTransform.Shown(scene);
        return shown.Count > 0 ? GltfJson.Text(GltfJson.Item(scene.Json, "nodes", shown[0]), "name") : null;
    }
}
