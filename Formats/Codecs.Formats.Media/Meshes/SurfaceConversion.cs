using System.Text.Json.Nodes;

namespace Codecs.Formats.Media;

/// <summary>Makes a scene of a surface.</summary>
internal static class SurfaceConversion
{
    public static Scene ToScene(Surface surface, string? name)
    {
        ArgumentNullException.ThrowIfNull(surface);
        name ??= surface.Name;
        var scene = new Scene();
        var writer = new MaterialWriter(scene);
        var primitives = new JsonArray();
        for (int material = 0; material < surface.Materials.Count; material++)
        {
            int[] corners = CornersOf(surface, material);
            if (corners.Length > 0)
            {
                primitives.Add((JsonNode)Primitive(scene, surface, corners, writer.Add(surface.Materials[material])));
            }
        }

        SceneNodes.AddMesh(scene, primitives, name);
        return scene;
    }

    private static int[] CornersOf(Surface surface, int material)
    {
        var corners = new List<int>();
        for (int t = 0; t < surface.TriangleCount; t++)
        {
            if ((surface.TriangleMaterials?[t] ?? 0) == material)
            {
                corners.Add(t * 3);
                corners.Add((t * 3) + 1);
                corners.Add((t * 3) + 2);
            }
        }

        return [.. corners];
    }

    private static JsonObject Primitive(Scene scene, Surface surface, int[] corners, int material)
    {
        // Corners that are the same in everything share a vertex; the first of them stands for all.
        var seen = new Dictionary<CornerKey, int>();
        var first = new List<int>();
        int[] indices = new int[corners.Length];
        for (int i = 0; i < corners.Length; i++)
        {
            CornerKey key = CornerKey.Of(surface, corners[i]);
            if (!seen.TryGetValue(key, out int vertex))
            {
                vertex = first.Count;
                seen.Add(key, vertex);
                first.Add(corners[i]);
            }

            indices[i] = vertex;
        }

        int[] chosen = [.. first], places = new int[chosen.Length];
        for (int i = 0; i < chosen.Length; i++)
        {
            places[i] = surface.Triangles[chosen[i]];
        }

        return SceneNodes.Primitive(
            scene,
            Surface.Spread(surface.Positions, places, 3),
            surface.Normals is null ? null : Surface.Spread(surface.Normals, chosen, 3),
            surface.TexCoords is null ? null : Surface.Spread(surface.TexCoords, chosen, 2),
            surface.Colors is null ? null : Surface.Spread(surface.Colors, chosen, 4),
            indices,
            material);
    }

    /// <summary>All that tells corners apart.</summary>
    private readonly record struct CornerKey(int Vertex, float Nx, float Ny, float Nz, float U, float V, float R, float G, float B, float A)
    {
        public static CornerKey Of(Surface surface, int corner)
        {
            (float[]? n, float[]? t, float[]? c) = (surface.Normals, surface.TexCoords, surface.Colors);
            return new CornerKey(
                surface.Triangles[corner],
                n?[corner * 3] ?? 0,
                n?[(corner * 3) + 1] ?? 0,
                n?[(corner * 3) + 2] ?? 0,
                t?[corner * 2] ?? 0,
                t?[(corner * 2) + 1] ?? 0,
                c?[corner * 4] ?? 0,
                c?[(corner * 4) + 1] ?? 0,
                c?[(corner * 4) + 2] ?? 0,
                c?[(corner * 4) + 3] ?? 0);
        }
    }
}
