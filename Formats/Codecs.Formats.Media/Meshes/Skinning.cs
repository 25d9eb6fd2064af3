using System.Text.Json.Nodes;

namespace Codecs.Formats.Media;

/// <summary>A skin in the pose of its joints' nodes (glTF 2.0, 3.7.3): linear blending of up to eight joints a vertex.</summary>
internal sealed class Skinning
{
    private readonly Affine[] _joints;

    private Skinning(Affine[] joints) => _joints = joints;

    /// <summary>A skin's joints: from the bound mesh to the world.</summary>
    public static Skinning Open(Scene scene, int skin, Affine[] world)
    {
        JsonObject json = GltfJson.Item(scene.Json, "skins", skin);
        JsonArray joints = GltfJson.Array(json, "joints") ?? [];
        float[]? inverse = null;
        if (GltfJson.Index(json, "inverseBindMatrices", scene.AccessorCount, "accessors") is { } index)
        {
            SceneAccessor accessor = scene.Accessor(index);
            inverse = accessor.Components == 16 && accessor.Count >= joints.Count
                ? accessor.ReadFloats()
                : throw new MediaException($"skins[{skin}] has {joints.Count} joints, accessors[{index}] has not as many 4x4 matrices.");
        }

        var maps = new Affine[joints.Count];
        for (int i = 0; i < maps.Length; i++)
        {
            Affine joint = world[GltfJson.CheckIndex(joints[i], world.Length, "nodes")];
            maps[i] = inverse is null ? joint : joint.After(Matrix(inverse.AsSpan(i * 16, 16)));
        }

        return new Skinning(maps);
    }

    /// <summary>The map of each vertex, or null when the primitive is not bound to joints.</summary>
    /// <exception cref="MediaException">A vertex names a joint that the skin does not have.</exception>
    public Affine[]? Maps(Scene scene, JsonObject attributes, int[] elements)
    {
        Affine[]? maps = null;
        for (int set = 0; set < 2 && attributes.ContainsKey($"JOINTS_{set}") && attributes.ContainsKey($"WEIGHTS_{set}"); set++)
        {
            maps ??= new Affine[elements.Length];
            float[] joints = Read(scene, attributes, $"JOINTS_{set}", elements), weights = Read(scene, attributes, $"WEIGHTS_{set}", elements);
            for (int i = 0; i < joints.Length; i++)
            {
                if (weights[i] == 0)
                {
                    continue;
                }

                if (!(joints[i] >= 0 && joints[i] < _joints.Length))
                {
                    throw new MediaException($"A vertex is bound to joint {joints[i]}, its skin has {_joints.Length}.");
                }

                maps[i / 4] += _joints[(int)joints[i]] * weights[i];
            }
        }

        return maps;
    }

    private static float[] Read(Scene scene, JsonObject attributes, string key, int[] elements)
    {
        SceneAccessor accessor = scene.Accessor(GltfJson.Index(attributes, key, scene.AccessorCount, "accessors")!.Value);
        return accessor.Components == 4 ? accessor.ReadFloats(elements) : throw new MediaException($"{key} has {accessor.Components} numbers a vertex; expected 4.");
    }

    private static Affine Matrix(ReadOnlySpan<float> m) => new(new(m[0], m[1], m[2]), new(m[4], m[5], m[6]), new(m[8], m[9], m[10]), new(m[12], m[13], m[14]));
}
