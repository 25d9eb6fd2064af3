using Codecs.Geometry.Triangles;

namespace Codecs.Geometry.Scenes;

/// <summary>Makes the accessors of a layer.</summary>
internal static class LayerAccessors
{
    private const int SetComponents = 4;

    /// <summary>One accessor for each attribute of the slot.</summary>
    /// <param name="slot">The attributes.</param>
    /// <param name="layer">Their layer.</param>
    /// <param name="values">The value of each vertex; -1: nobody knows.</param>
    /// <exception cref="InvalidBitstreamException">The layer does not hold such attributes.</exception>
    public static IEnumerable<AccessorData> Make(AttributeSlot slot, AttributeLayer layer, int[] values)
    {
        CheckShape(slot, layer);
        if (layer.Kind is AttributeKind.Normal or AttributeKind.Tangent or AttributeKind.TexCoord)
        {
            int width = layer.Kind == AttributeKind.TexCoord ? 2 : layer.Kind == AttributeKind.Normal ? 3 : 4;
            return [AccessorData.Floats(Floats(AttributeQuantizer.Dequantize(layer), width, values, layer.Kind), width)];
        }

        int largest = (1 << layer.Bits) - 1;
        if (layer.Kind == AttributeKind.Color)
        {
            // Bytes as they were; finer values fill 16 bits.
            int most = layer.Bits == 8 ? byte.MaxValue : ushort.MaxValue;
            int[] colors = Integers(layer, 0, layer.Components, values);
            for (int i = 0; i < colors.Length; i++)
            {
                colors[i] = (int)(((long)colors[i] * most * 2 + largest) / (2L * largest));
            }

            return [AccessorData.Integers(colors, layer.Components, most, true)];
        }

        int components = slot.IsCustom ? layer.Components : SetComponents;
        return slot.Names.Select((_, set) => AccessorData.Integers(Integers(layer, set * SetComponents, components, values), components, largest, layer.Kind == AttributeKind.Weights));
    }

    private static void CheckShape(AttributeSlot slot, AttributeLayer layer)
    {
        bool fits = layer.Kind == slot.Kind && layer.Kind switch
        {
            AttributeKind.TexCoord => layer.Components == 2,
            AttributeKind.Color => layer.Components is 3 or 4,
            AttributeKind.Joints when slot.IsCustom => layer.Components <= 4,
            AttributeKind.Joints => layer.Components == slot.Names.Count * SetComponents && layer.Bits <= 16,
            AttributeKind.Weights => layer.Components == slot.Names.Count * SetComponents && layer.Bits == 8,
            _ => true,
        };
        if (!fits)
        {
            throw new InvalidBitstreamException($"A layer of kind {layer.Kind} with {layer.Components} components of {layer.Bits} bits cannot be {string.Join(", ", slot.Names)}: damaged data.");
        }
    }

    private static float[] Floats(float[] table, int width, int[] values, AttributeKind kind)
    {
        float[] floats = new float[checked(values.Length * width)];
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] >= 0)
            {
                table.AsSpan(values[i] * width, width).CopyTo(floats.AsSpan(i * width));
            }
            else if (kind != AttributeKind.TexCoord)
            {
                // A direction of length 1, as readers expect.
                floats[i * width + width - 1] = 1;
                floats[i * width] = kind == AttributeKind.Tangent ? 1 : 0;
            }
        }

        return floats;
    }

    private static int[] Integers(AttributeLayer layer, int first, int components, int[] values)
    {
        int[] integers = new int[checked(values.Length * components)];
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] >= 0)
            {
                layer.Values.AsSpan(values[i] * layer.Components + first, components).CopyTo(integers.AsSpan(i * components));
            }
            else if (layer.Kind == AttributeKind.Weights && first == 0)
            {
                // Weights have the sum 1.
                integers[i * components] = (1 << layer.Bits) - 1;
            }
        }

        return integers;
    }
}
