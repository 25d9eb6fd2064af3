using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace Codecs.Formats.Media;

/// <summary>Adds arrays to a scene.</summary>
internal static class AccessorWriter
{
    private static readonly string[] s_types = ["SCALAR", "VEC2", "VEC3", "VEC4"];

    public static int AddFloats(Scene scene, ReadOnlySpan<float> values, int components, bool withBounds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(components, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(components, 4);
        if (values.Length % components != 0)
        {
            throw new ArgumentException($"{values.Length} numbers do not divide into elements of {components}.", nameof(values));
        }

        byte[] bytes = new byte[checked(values.Length * 4)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * 4), values[i]);
        }

        int accessor = Add(scene, bytes, AccessorComponent.Float32, values.Length / components, components, out JsonObject json);
        if (withBounds)
        {
            AddBounds(json, values, components);
        }

        return accessor;
    }

    public static int AddColors(Scene scene, ReadOnlySpan<float> values)
    {
        if (values.Length % 4 != 0)
        {
            throw new ArgumentException($"{values.Length} numbers do not divide into colours of 4.", nameof(values));
        }

        byte[] bytes = new byte[checked(values.Length * 2)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * 2), (ushort)((Math.Clamp(values[i], 0, 1) * 65535f) + 0.5f));
        }

        int accessor = Add(scene, bytes, AccessorComponent.UInt16, values.Length / 4, 4, out JsonObject json);
        json["normalized"] = true;
        return accessor;
    }

    public static int AddIndices(Scene scene, ReadOnlySpan<int> indices)
    {
        int most = 0;
        foreach (int index in indices)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(indices));
            most = Math.Max(most, index);
        }

        // The largest value of each type restarts a primitive in some interfaces and is not allowed.
        int size = most < ushort.MaxValue ? 2 : 4;
        byte[] bytes = new byte[checked(indices.Length * size)];
        for (int i = 0; i < indices.Length; i++)
        {
            if (size == 2)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * 2), (ushort)indices[i]);
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * 4), indices[i]);
            }
        }

        return Add(scene, bytes, size == 2 ? AccessorComponent.UInt16 : AccessorComponent.UInt32, indices.Length, 1, out _);
    }

    private static int Add(Scene scene, byte[] bytes, AccessorComponent component, int count, int components, out JsonObject json)
    {
        json = new JsonObject
        {
            ["bufferView"] = scene.AddBufferView(bytes),
            ["componentType"] = (int)component,
            ["count"] = count,
            ["type"] = s_types[components - 1],
        };
        JsonArray accessors = GltfJson.Grow(scene.Json, "accessors");
        accessors.Add(json);
        return accessors.Count - 1;
    }

    private static void AddBounds(JsonObject json, ReadOnlySpan<float> values, int components)
    {
        if (values.IsEmpty)
        {
            return;
        }

        var least = new JsonArray();
        var most = new JsonArray();
        for (int c = 0; c < components; c++)
        {
            float low = values[c], high = values[c];
            for (int i = c; i < values.Length; i += components)
            {
                low = Math.Min(low, values[i]);
                high = Math.Max(high, values[i]);
            }

            least.Add((JsonNode)low);
            most.Add((JsonNode)high);
        }

        json["min"] = least;
        json["max"] = most;
    }
}
