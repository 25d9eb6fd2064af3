using System.Text.Json.Nodes;

namespace Codecs.Formats.Media;

/// <summary>Checks every index of a document, that accessors lie in their buffers, and that nodes form trees.</summary>
internal static class SceneChecker
{
    // Geometry packed by these cannot be had without their decoders.
    private static readonly string[] s_packed = ["KHR_draco_mesh_compression", "EXT_meshopt_compression", "KHR_meshopt_compression"];
    private static readonly string[] s_textureSlots = ["normalTexture", "occlusionTexture", "emissiveTexture"];

    private static readonly string[] s_arrays =
        ["accessors", "animations", "buffers", "bufferViews", "cameras", "images", "materials", "meshes", "nodes", "samplers", "scenes", "skins", "textures"];

    public static void Check(Scene scene, SceneLimits limits)
    {
        JsonObject json = scene.Json;
        CheckHead(json);
        foreach (string key in s_arrays)
        {
            JsonArray? array = GltfJson.Array(json, key);
            SceneLimits.Check(array?.Count ?? 0, limits.MaxNodes, key, nameof(limits.MaxNodes));
            for (int i = 0; i < (array?.Count ?? 0); i++)
            {
                GltfJson.Item(array!, i);
            }
        }

        if (GltfJson.Count(json, "buffers") != scene.Buffers.Count)
        {
            throw new MediaException($"The document has {GltfJson.Count(json, "buffers")} buffers, {scene.Buffers.Count} were given.");
        }

        for (int i = 0; i < scene.BufferViewCount; i++)
        {
            scene.View(i);
        }

        int[] counts = new int[scene.AccessorCount];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = scene.Accessor(i).Count;
        }

        CheckMeshes(json, counts, limits);
        CheckNodes(json);
        CheckMaterials(json, scene.BufferViewCount);
        CheckMotion(json, counts.Length);
    }

    private static void CheckHead(JsonObject json)
    {
        JsonObject asset = GltfJson.Object(json, "asset") ?? throw new MediaException("The document has no 'asset', so it is no glTF.");
        string version = GltfJson.Text(asset, "version") ?? throw new MediaException("The document's asset has no 'version'.");
        string least = GltfJson.Text(asset, "minVersion") ?? version;
        if (!version.StartsWith("2.", StringComparison.Ordinal) || (asset.ContainsKey("minVersion") && least != "2.0"))
        {
            throw new UnsupportedBitstreamException($"The file is glTF {least}; 2.0 can be read. Convert it with the program that made it.");
        }

        SceneInspector.Names(json, "extensionsUsed");
        foreach (string name in SceneInspector.Names(json, "extensionsRequired"))
        {
            if (s_packed.Contains(name))
            {
                throw new UnsupportedBitstreamException(
                    $"The file's geometry is compressed with {name}, which cannot be read. Export it without compression, or decompress it first (gltf-transform copy in.glb out.glb).");
            }
        }
    }

    private static void CheckMeshes(JsonObject json, int[] counts, SceneLimits limits)
    {
        int materials = GltfJson.Count(json, "materials"), all = 0;
        for (int mesh = 0; mesh < GltfJson.Count(json, "meshes"); mesh++)
        {
            JsonArray primitives = GltfJson.Array(GltfJson.Item(json, "meshes", mesh), "primitives") ?? throw new MediaException($"meshes[{mesh}] has no 'primitives'.");
            SceneLimits.Check(all += primitives.Count, limits.MaxNodes, "primitives", nameof(limits.MaxNodes));
            for (int i = 0; i < primitives.Count; i++)
            {
                JsonObject primitive = GltfJson.Item(primitives, i);
                JsonObject attributes = GltfJson.Object(primitive, "attributes") ?? throw new MediaException($"{primitive.GetPath()} has no 'attributes'.");
                int? vertices = null;
                CheckAttributes(attributes, counts, ref vertices);
                JsonArray? targets = GltfJson.Array(primitive, "targets");
                for (int t = 0; t < (targets?.Count ?? 0); t++)
                {
                    CheckAttributes(GltfJson.Item(targets!, t), counts, ref vertices);
                }

                GltfJson.Index(primitive, "indices", counts.Length, "accessors");
                GltfJson.Index(primitive, "material", materials, "materials");
                GltfJson.Integer(primitive, "mode", 0, 6, 4);
            }
        }
    }

    private static void CheckAttributes(JsonObject attributes, int[] counts, ref int? vertices)
    {
        foreach ((string key, JsonNode? value) in attributes)
        {
            int count = counts[GltfJson.CheckIndex(value, counts.Length, "accessors")];
            vertices ??= count;
            if (count != vertices)
            {
                throw new MediaException($"{attributes.GetPath()}.{key} has {count} elements, another attribute of the same vertices has {vertices}.");
            }
        }
    }

    private static void CheckNodes(JsonObject json)
    {
        int nodes = GltfJson.Count(json, "nodes"), meshes = GltfJson.Count(json, "meshes");
        int[] parents = new int[nodes];
        Array.Fill(parents, -1);
        for (int node = 0; node < nodes; node++)
        {
            JsonObject item = GltfJson.Item(json, "nodes", node);
            GltfJson.Index(item, "mesh", meshes, "meshes");
            GltfJson.Index(item, "skin", GltfJson.Count(json, "skins"), "skins");
            GltfJson.Index(item, "camera", GltfJson.Count(json, "cameras"), "cameras");
            NodeTransform.Local(item);
            foreach (JsonNode? child in GltfJson.Array(item, "children") ?? [])
            {
                int index = GltfJson.CheckIndex(child, nodes, "nodes");
                parents[index] = parents[index] < 0 ? node : throw new MediaException($"nodes[{index}] is a child of nodes[{parents[index]}] and of nodes[{node}]; a node has one parent.");
            }
        }

        CheckForLoops(parents);
        int scenes = GltfJson.Count(json, "scenes");
        GltfJson.Index(json, "scene", scenes, "scenes");
        for (int scene = 0; scene < scenes; scene++)
        {
            var seen = new HashSet<int>();
            foreach (JsonNode? root in GltfJson.Array(GltfJson.Item(json, "scenes", scene), "nodes") ?? [])
            {
                int index = GltfJson.CheckIndex(root, nodes, "nodes");
                if (parents[index] >= 0 || !seen.Add(index))
                {
                    throw new MediaException($"scenes[{scene}] shows nodes[{index}] twice, or although it is the child of another.");
                }
            }
        }
    }

    /// <summary>With one parent each, nodes that no walk upwards ends for form a ring.</summary>
    private static void CheckForLoops(int[] parents)
    {
        // 0 not seen, else the number of the walk that saw it.
        int[] seen = new int[parents.Length];
        for (int start = 0; start < parents.Length; start++)
        {
            int at = start;
            while (at >= 0 && seen[at] == 0)
            {
                seen[at] = start + 1;
                at = parents[at];
            }

            if (at >= 0 && seen[at] == start + 1)
            {
                throw new MediaException($"nodes[{at}] is its own ancestor.");
            }
        }
    }

    private static void CheckMaterials(JsonObject json, int views)
    {
        int textures = GltfJson.Count(json, "textures");
        for (int i = 0; i < GltfJson.Count(json, "images"); i++)
        {
            GltfJson.Index(GltfJson.Item(json, "images", i), "bufferView", views, "bufferViews");
        }

        for (int i = 0; i < textures; i++)
        {
            JsonObject texture = GltfJson.Item(json, "textures", i);
            GltfJson.Index(texture, "source", GltfJson.Count(json, "images"), "images");
            GltfJson.Index(texture, "sampler", GltfJson.Count(json, "samplers"), "samplers");
        }

        for (int i = 0; i < GltfJson.Count(json, "materials"); i++)
        {
            JsonObject material = GltfJson.Item(json, "materials", i);
            foreach (string slot in s_textureSlots)
            {
                CheckTexture(material, slot, textures);
            }

            if (GltfJson.Object(material, "pbrMetallicRoughness") is { } pbr)
            {
                CheckTexture(pbr, "baseColorTexture", textures);
                CheckTexture(pbr, "metallicRoughnessTexture", textures);
            }
        }
    }

    private static void CheckTexture(JsonObject parent, string slot, int textures)
    {
        if (GltfJson.Object(parent, slot) is { } info && GltfJson.Index(info, "index", textures, "textures") is null)
        {
            throw new MediaException($"{info.GetPath()} has no 'index'.");
        }
    }

    private static void CheckMotion(JsonObject json, int accessors)
    {
        int nodes = GltfJson.Count(json, "nodes");
        for (int i = 0; i < GltfJson.Count(json, "skins"); i++)
        {
            JsonObject skin = GltfJson.Item(json, "skins", i);
            GltfJson.Index(skin, "inverseBindMatrices", accessors, "accessors");
            GltfJson.Index(skin, "skeleton", nodes, "nodes");
            foreach (JsonNode? joint in GltfJson.Array(skin, "joints") ?? throw new MediaException($"skins[{i}] has no 'joints'."))
            {
                GltfJson.CheckIndex(joint, nodes, "nodes");
            }
        }

        for (int i = 0; i < GltfJson.Count(json, "animations"); i++)
        {
            JsonObject animation = GltfJson.Item(json, "animations", i);
            JsonArray samplers = GltfJson.Array(animation, "samplers") ?? [], channels = GltfJson.Array(animation, "channels") ?? [];
            for (int s = 0; s < samplers.Count; s++)
            {
                GltfJson.Index(GltfJson.Item(samplers, s), "input", accessors, "accessors");
                GltfJson.Index(GltfJson.Item(samplers, s), "output", accessors, "accessors");
            }

            for (int c = 0; c < channels.Count; c++)
            {
                JsonObject channel = GltfJson.Item(channels, c);
                GltfJson.Index(channel, "sampler", samplers.Count, "samplers in this animation");
                if (GltfJson.Object(channel, "target") is { } target)
                {
                    GltfJson.Index(target, "node", nodes, "nodes");
                }
            }
        }
    }
}
