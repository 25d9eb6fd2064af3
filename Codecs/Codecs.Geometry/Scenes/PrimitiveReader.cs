using System.Text.Json.Nodes;
using Codecs.Formats.Media;
using Codecs.Geometry.Triangles;

namespace Codecs.Geometry.Scenes;

/// <summary>Reads the primitives whose triangles can be coded; whatever is unusual is none of them and stays as it is.</summary>
internal sealed class PrimitiveReader(Scene scene, GeometryEncoderOptions options)
{
    private const int ColorBits = 8;
    private const int FineColorBits = 10;
    private const int WeightBits = 8;

    // Extensions of primitives that do not name vertices by number.
    private static readonly HashSet<string> s_orderFree = ["KHR_materials_variants", "EXT_mesh_features", "EXT_structural_metadata", "KHR_draco_mesh_compression"];

    /// <summary>The primitive's numbers, or null if it has to stay as it is.</summary>
    public PrimitiveData? Read(JsonObject primitive)
    {
        JsonObject attributes = GltfJson.Object(primitive, "attributes")!;
        if (GltfJson.Integer(primitive, "mode", 0, 6, (int)PrimitiveMode.Triangles) != (int)PrimitiveMode.Triangles
            || !attributes.ContainsKey("POSITION") || AttributeSlot.Find(attributes) is not { } slots)
        {
            return null;
        }

        SceneAccessor positions = Open(attributes, "POSITION");
        bool keepOrder = options.KeepOrder || GltfJson.Count(primitive, "targets") > 0 || HasOrderedExtension(primitive);
        if (positions.Components != 3 || ReadTriangles(primitive, positions.Count) is not { Length: > 0 } triangles)
        {
            return null;
        }

        int[] elements = keepOrder ? Sequence(positions.Count) : VertexSelection.Compact(triangles);
        if (elements.Length > new TriangleLimits().MaxVertices || triangles.Length / 3 > new TriangleLimits().MaxTriangles)
        {
            return null;
        }

        float[] places = positions.ReadFloats(elements);
        var values = new List<VertexValues>(slots.Count);
        foreach (AttributeSlot slot in slots)
        {
            if (ReadSlot(attributes, slot, elements) is not { } read)
            {
                return null;
            }

            values.Add(read);
        }

        return IsFinite(places) ? new PrimitiveData(elements, places, triangles, values, keepOrder) : null;
    }

    private int[]? ReadTriangles(JsonObject primitive, int vertices)
    {
        int[] indices;
        if (primitive["indices"] is null)
        {
            indices = Sequence(vertices);
        }
        else
        {
            SceneAccessor accessor = Open(primitive, "indices");
            if (accessor.Components != 1 || accessor.Component is not (AccessorComponent.UInt8 or AccessorComponent.UInt16 or AccessorComponent.UInt32))
            {
                return null;
            }

            indices = accessor.ReadIntegers();
        }

        if (indices.Length % 3 != 0)
        {
            return null;
        }

        foreach (int index in indices)
        {
            if ((uint)index >= (uint)vertices)
            {
                return null;
            }
        }

        return indices;
    }

    private VertexValues? ReadSlot(JsonObject attributes, AttributeSlot slot, int[] elements)
    {
        int width = 0;
        var parts = new List<(float[] Values, int Components)>();
        bool isFine = false;
        foreach (string name in slot.Names)
        {
            SceneAccessor accessor = Open(attributes, name);
            bool fits = slot.Kind switch
            {
                AttributeKind.Normal => accessor.Components == 3,
                AttributeKind.Tangent => accessor.Components == 4,
                AttributeKind.TexCoord => accessor.Components == 2,
                AttributeKind.Color => accessor.Components is 3 or 4,
                _ when slot.IsCustom => accessor.Components <= 4 && !accessor.Normalized,
                _ => accessor.Components == 4,
            };
            if (!fits)
            {
                return null;
            }

            isFine |= accessor.Component != AccessorComponent.UInt8;
            parts.Add((accessor.ReadFloats(elements), accessor.Components));
            width += accessor.Components;
        }

        float[] values = Join(parts, width, elements.Length);
        if (!IsFinite(values) || (slot.Kind == AttributeKind.Joints && !AreJoints(values)))
        {
            return null;
        }

        int bits = slot.Kind switch
        {
            AttributeKind.Normal or AttributeKind.Tangent => options.NormalBits,
            AttributeKind.TexCoord => options.TexCoordBits,
            AttributeKind.Color => isFine ? FineColorBits : ColorBits,
            AttributeKind.Weights => WeightBits,
            _ => 1,
        };
        return new VertexValues(slot.Kind, width, values, bits);
    }

    private static float[] Join(List<(float[] Values, int Components)> parts, int width, int count)
    {
        if (parts.Count == 1)
        {
            return parts[0].Values;
        }

        float[] joined = new float[checked(width * count)];
        int offset = 0;
        foreach ((float[] values, int components) in parts)
        {
            for (int i = 0; i < count; i++)
            {
                values.AsSpan(i * components, components).CopyTo(joined.AsSpan(i * width + offset));
            }

            offset += components;
        }

        return joined;
    }

    private static bool AreJoints(float[] values)
    {
        foreach (float value in values)
        {
            if (!(value >= 0 && value < 1 << AttributeLayer.MaxBits && value == MathF.Floor(value)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsFinite(float[] values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasOrderedExtension(JsonObject primitive) =>
        GltfJson.Object(primitive, "extensions") is { } extensions && extensions.Any(e => !s_orderFree.Contains(e.Key));

    private SceneAccessor Open(JsonObject parent, string key) => scene.Accessor(GltfJson.Index(parent, key, scene.AccessorCount, "accessors")!.Value);

    private static int[] Sequence(int count)
    {
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
        }

        return order;
    }
}
