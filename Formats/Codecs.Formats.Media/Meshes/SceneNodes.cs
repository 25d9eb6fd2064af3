using System.Text.Json.Nodes;

namespace Codecs.Formats.Media;

/// <summary>Adds primitives, meshes and nodes to a scene that is being made.</summary>
internal static class SceneNodes
{
    /// <summary>A primitive of triangles, or of points when there are no indices.</summary>
    public static JsonObject Primitive(Scene scene, float[] positions, float[]? normals, float[]? coordinates, float[]? colors, int[]? indices, int? material)
    {
        var attributes = new JsonObject { ["POSITION"] = scene.AddFloats(positions, 3, withBounds: true) };
        // A normal of no length breaks a rule of glTF; without any, readers compute them.
        if (normals is not null && AllUnit(normals))
        {
            attributes["NORMAL"] = scene.AddFloats(normals, 3);
        }

        if (coordinates is not null)
        {
            attributes["TEXCOORD_0"] = scene.AddFloats(coordinates, 2);
        }

        if (colors is not null)
        {
            attributes["COLOR_0"] = scene.AddColors(colors);
        }

        var primitive = new JsonObject { ["attributes"] = attributes };
        if (indices is not null)
        {
            primitive["indices"] = scene.AddIndices(indices);
        }
        else
        {
            primitive["mode"] = (int)PrimitiveMode.Points;
        }

        if (material is { } index)
        {
            primitive["material"] = index;
        }

        return primitive;
    }

    /// <summary>A mesh of primitives and a root node that shows it; an empty node when there are none.</summary>
    public static void AddMesh(Scene scene, JsonArray primitives, string? name)
    {
        var node = new JsonObject();
        if (name is not null)
        {
            node["name"] = name;
        }

        if (primitives.Count > 0)
        {
            JsonArray meshes = GltfJson.Grow(scene.Json, "meshes");
            var mesh = new JsonObject { ["primitives"] = primitives };
            if (name is not null)
            {
                mesh["name"] = name;
            }

            meshes.Add((JsonNode)mesh);
            node["mesh"] = meshes.Count - 1;
        }

        JsonArray nodes = GltfJson.Grow(scene.Json, "nodes");
        nodes.Add((JsonNode)node);
        if (scene.Json["scenes"] is null)
        {
            scene.Json["scene"] = 0;
            scene.Json["scenes"] = new JsonArray(new JsonObject { ["nodes"] = new JsonArray() });
        }

        GltfJson.Array(GltfJson.Item(scene.Json, "scenes", 0), "nodes")!.Add((JsonNode)(nodes.Count - 1));
    }

    private static bool AllUnit(float[] normals)
    {
        for (int i = 0; i < normals.Length / 3; i++)
        {
            if (!(Math.Abs(Vec3.At(normals, i).Length - 1) < 0.01))
            {
                return false;
            }
        }

        return true;
    }
}
