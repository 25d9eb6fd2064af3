using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Codecs.Formats.Media;

namespace Codecs.Geometry.Scenes;

/// <summary>An accessor that was decoded, with a buffer view of its own.</summary>
internal sealed class AccessorData
{
    private const int VertexTarget = 34962;
    private const int IndexTarget = 34963;
    private static readonly string[] s_types = ["SCALAR", "VEC2", "VEC3", "VEC4"];

    private readonly int _components;

    private AccessorData(byte[] bytes, AccessorComponent component, int components, int count, int stride)
    {
        _components = components;
        (Bytes, Component, Count, Stride) = (bytes, component, count, stride);
    }

    /// <summary>The elements, each a multiple of 4 bytes except indices.</summary>
    public byte[] Bytes { get; }

    /// <summary>Elements.</summary>
    public int Count { get; }

    private AccessorComponent Component { get; }

    private int Stride { get; }

    private bool IsIndex { get; init; }

    private bool IsNormalized { get; init; }

    private (float[] Low, float[] High)? Bounds { get; init; }

    /// <summary>Floats for vertices.</summary>
    public static AccessorData Floats(ReadOnlySpan<float> values, int components, bool withBounds = false)
    {
        byte[] bytes = new byte[checked(values.Length * 4)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * 4), values[i]);
        }

        return new AccessorData(bytes, AccessorComponent.Float32, components, values.Length / components, components * 4)
        {
            Bounds = withBounds && values.Length > 0 ? BoundsOf(values, components) : null,
        };
    }

    /// <summary>Whole numbers for vertices in the smallest type that holds the largest of them: bytes, words, else floats.</summary>
    /// <param name="values">The numbers, 0..2^20.</param>
    /// <param name="components">Numbers of a vertex.</param>
    /// <param name="largest">Largest number there can be.</param>
    /// <param name="normalized">The largest number of the type means 1.</param>
    public static AccessorData Integers(ReadOnlySpan<int> values, int components, int largest, bool normalized)
    {
        if (largest > ushort.MaxValue)
        {
            float[] floats = new float[values.Length];
            for (int i = 0; i < floats.Length; i++)
            {
                floats[i] = values[i];
            }

            return Floats(floats, components);
        }

        // Elements of vertices begin at multiples of 4 bytes.
        int size = largest > byte.MaxValue ? 2 : 1, stride = ((components * size) + 3) & ~3, count = values.Length / components;
        byte[] bytes = new byte[checked(count * stride)];
        for (int i = 0; i < values.Length; i++)
        {
            int at = i / components * stride + i % components * size;
            bytes[at] = (byte)values[i];
            if (size == 2)
            {
                bytes[at + 1] = (byte)(values[i] >> 8);
            }
        }

        return new AccessorData(bytes, size == 1 ? AccessorComponent.UInt8 : AccessorComponent.UInt16, components, count, stride) { IsNormalized = normalized };
    }

    /// <summary>Indices of vertices.</summary>
    public static AccessorData Indices(ReadOnlySpan<int> indices, int vertices)
    {
        // The largest number of each type restarts a primitive in some interfaces and is not allowed.
        int size = vertices <= ushort.MaxValue ? 2 : 4;
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

        return new AccessorData(bytes, size == 2 ? AccessorComponent.UInt16 : AccessorComponent.UInt32, 1, indices.Length, size) { IsIndex = true };
    }

    /// <summary>Writes what the accessor and its view say of themselves.</summary>
    public void Describe(JsonObject accessor, JsonObject view)
    {
        accessor["componentType"] = (int)Component;
        accessor["count"] = Count;
        accessor["type"] = s_types[_components - 1];
        if (IsNormalized)
        {
            accessor["normalized"] = true;
        }

        if (Bounds is { } bounds)
        {
            accessor["min"] = new JsonArray([.. bounds.Low.Select(v => (JsonNode)v)]);
            accessor["max"] = new JsonArray([.. bounds.High.Select(v => (JsonNode)v)]);
        }

        int size = Component switch { AccessorComponent.UInt8 => 1, AccessorComponent.UInt16 => 2, _ => 4 };
        if (!IsIndex && Stride != _components * size)
        {
            view["byteStride"] = Stride;
        }

        view["target"] = IsIndex ? IndexTarget : VertexTarget;
    }

    private static (float[] Low, float[] High) BoundsOf(ReadOnlySpan<float> values, int components)
    {
        float[] low = values[..components].ToArray(), high = values[..components].ToArray();
        for (int i = components; i < values.Length; i++)
        {
            low[i % components] = Math.Min(low[i % components], values[i]);
            high[i % components] = Math.Max(high[i % components], values[i]);
        }

        return (low, high);
    }
}
