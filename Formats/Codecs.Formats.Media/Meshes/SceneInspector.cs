using System.Text.Json.Nodes;

namespace Codecs.Formats.Media;

/// <summary>Counts what is in a scene.</summary>
internal static class SceneInspector
{
    public static SceneContents Inspect(Scene scene)
    {
        JsonObject json = scene.Json;
        long triangles = 0, vertices = 0, points = 0, lines = 0;
        int primitives = 0, targets = 0;
        bool normals = false, colors = false, coordinates = false;
        for (int mesh = 0; mesh < scene.MeshCount; mesh++)
        {
            JsonArray list = GltfJson.Array(GltfJson.Item(json, "meshes", mesh), "primitives") ?? [];
            for (int i = 0; i < list.Count; i++, primitives++)
            {
                JsonObject primitive = GltfJson.Item(list, i);
                JsonObject attributes = GltfJson.Object(primitive, "attributes") ?? [];
                int count = CountOf(scene, attributes, "POSITION");
                int elements = primitive["indices"] is null ? count : CountOf(scene, primitive, "indices");
                var mode = (PrimitiveMode)GltfJson.Integer(primitive, "mode", 0, 6, (int)PrimitiveMode.Triangles);
                triangles += Primitives.TriangleCount(mode, elements);
                points += mode == PrimitiveMode.Points ? elements : 0;
                lines += Primitives.LineCount(mode, elements);
                vertices += mode >= PrimitiveMode.Triangles ? count : 0;
                targets += GltfJson.Count(primitive, "targets");
                normals |= attributes.ContainsKey("NORMAL");
                colors |= attributes.ContainsKey("COLOR_0");
                coordinates |= attributes.ContainsKey("TEXCOORD_0");
            }
        }

        long imageBytes = 0;
        for (int i = 0; i < scene.ImageCount; i++)
        {
            imageBytes += GltfJson.Item(json, "images", i).ContainsKey("bufferView") ? scene.Image(i).Bytes.Length : 0;
        }

        return new SceneContents
        {
            Triangles = triangles,
            Vertices = vertices,
            Points = points,
            Lines = lines,
            Nodes = scene.NodeCount,
            Meshes = scene.MeshCount,
            Primitives = primitives,
            Materials = GltfJson.Count(json, "materials"),
            Textures = GltfJson.Count(json, "textures"),
            Images = scene.ImageCount,
            ImageBytes = imageBytes,
            Skins = GltfJson.Count(json, "skins"),
            Animations = GltfJson.Count(json, "animations"),
            MorphTargets = targets,
            Cameras = GltfJson.Count(json, "cameras"),
            Lights = Lights(json),
            HasNormals = normals,
            HasColors = colors,
            HasTexCoords = coordinates,
            HasExtras = HasExtras(json),
            ExtensionsUsed = Names(json, "extensionsUsed"),
            ExtensionsRequired = Names(json, "extensionsRequired"),
        };
    }

    /// <summary>An array of texts.</summary>
    /// <exception cref="MediaException">It is something else.</exception>
    public static IReadOnlyList<string> Names(JsonObject json, string key)
    {
        var names = new List<string>();
        foreach (JsonNode? item in GltfJson.Array(json, key) ?? [])
        {
            names.Add(item is JsonValue value && value.TryGetValue(out string? name) ? name : throw new MediaException($"{key} has something that is no text."));
        }

        return names;
    }

    private static int CountOf(Scene scene, JsonObject parent, string key) =>
        GltfJson.Index(parent, key, scene.AccessorCount, "accessors") is { } index
            ? (int)GltfJson.Integer(GltfJson.Item(scene.Json, "accessors", index), "count", 0, Array.MaxLength)
            : 0;

    private static int Lights(JsonObject json) =>
        json["extensions"] is JsonObject extensions && extensions["KHR_lights_punctual"] is JsonObject extension && extension["lights"] is JsonArray lights ? lights.Count : 0;

    private static bool HasExtras(JsonObject json)
    {
        var open = new Stack<JsonNode>();
        open.Push(json);
        while (open.TryPop(out JsonNode? node))
        {
            if (node is JsonObject item)
            {
                foreach ((string key, JsonNode? value) in item)
                {
                    if (key == "extras")
                    {
                        return true;
                    }

                    if (value is JsonObject or JsonArray)
                    {
                        open.Push(value);
                    }
                }
            }
            else if (node is JsonArray array)
            {
                foreach (JsonNode? value in array)
                {
                    if (value is JsonObject or JsonArray)
                    {
                        open.Push(value);
                    }
                }
            }
        }

        return false;
    }
}
