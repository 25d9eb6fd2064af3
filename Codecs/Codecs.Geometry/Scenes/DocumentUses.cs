using System.Text.Json.Nodes;
using Codecs.Formats.Media;

namespace Codecs.Geometry.Scenes;

/// <summary>Counts who speaks of the accessors and buffer views of a document, primitives that are coded left out.</summary>
internal sealed class DocumentUses
{
    private DocumentUses(Scene scene)
    {
        Accessors = new int[scene.AccessorCount];
        Views = new int[scene.BufferViewCount];
    }

    /// <summary>Uses of each accessor.</summary>
    public int[] Accessors { get; }

    /// <summary>Uses of each buffer view by extensions; those by accessors and images are not counted.</summary>
    public int[] Views { get; }

    /// <summary>Counts.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="coded">Mesh and place of the primitives that are coded; their morph targets count.</param>
    public static DocumentUses Count(Scene scene, HashSet<(int Mesh, int Primitive)> coded)
    {
        var uses = new DocumentUses(scene);
        JsonObject json = scene.Json;
        for (int mesh = 0; mesh < scene.MeshCount; mesh++)
        {
            JsonArray primitives = GltfJson.Array(GltfJson.Item(json, "meshes", mesh), "primitives")!;
            for (int i = 0; i < primitives.Count; i++)
            {
                JsonObject primitive = GltfJson.Item(primitives, i);
                if (!coded.Contains((mesh, i)))
                {
                    uses.Accessor(primitive, "indices");
                    uses.All(GltfJson.Object(primitive, "attributes")!);
                }

                foreach (JsonNode? target in GltfJson.Array(primitive, "targets") ?? [])
                {
                    uses.All((JsonObject)target!);
                }
            }
        }

        foreach (JsonNode? skin in GltfJson.Array(json, "skins") ?? [])
        {
            uses.Accessor((JsonObject)skin!, "inverseBindMatrices");
        }

        foreach (JsonNode? animation in GltfJson.Array(json, "animations") ?? [])
        {
            foreach (JsonNode? sampler in GltfJson.Array((JsonObject)animation!, "samplers") ?? [])
            {
                uses.Accessor((JsonObject)sampler!, "input");
                uses.Accessor((JsonObject)sampler!, "output");
            }
        }

        uses.Extensions(json);
        return uses;
    }

    private void All(JsonObject attributes)
    {
        foreach ((string key, _) in attributes)
        {
            Accessor(attributes, key);
        }
    }

    private void Accessor(JsonObject parent, string key)
    {
        if (GltfJson.Index(parent, key, Accessors.Length, "accessors") is { } index)
        {
            Accessors[index]++;
        }
    }

    // Extensions are not known; those that speak of data use the names that glTF itself has.
    private void Extensions(JsonNode root)
    {
        var open = new Stack<(JsonNode Node, bool IsExtension)>();
        open.Push((root, false));
        while (open.TryPop(out (JsonNode Node, bool IsExtension) at))
        {
            if (at.Node is JsonArray array)
            {
                foreach (JsonNode? item in array)
                {
                    if (item is not null)
                    {
                        open.Push((item, at.IsExtension));
                    }
                }
            }
            else if (at.Node is JsonObject item)
            {
                foreach ((string key, JsonNode? value) in item)
                {
                    if (value is null || key == "extras")
                    {
                        continue;
                    }

                    Look(key, value, at.IsExtension);
                    open.Push((value, at.IsExtension || key == "extensions"));
                }
            }
        }
    }

    private void Look(string key, JsonNode value, bool isExtension)
    {
        if (!isExtension)
        {
            return;
        }

        if (key is "indices" or "input" or "output" or "accessor")
        {
            Mark(value, Accessors);
        }
        else if (key == "bufferView")
        {
            Mark(value, Views);
        }
        else if (key == "attributes" && value is JsonObject attributes)
        {
            foreach ((_, JsonNode? accessor) in attributes)
            {
                Mark(accessor, Accessors);
            }
        }
    }

    private static void Mark(JsonNode? value, int[] counts)
    {
        if (value is JsonValue number && number.TryGetValue(out int index) && (uint)index < (uint)counts.Length)
        {
            counts[index]++;
        }
    }
}
