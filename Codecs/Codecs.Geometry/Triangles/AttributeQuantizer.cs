using System.Numerics;

namespace Codecs.Geometry.Triangles;

/// <summary>Floats to the values of a layer and back.</summary>
/// <remarks>
/// Generic: the box of all values, one step for all components. Texture coordinates: a step of 1 / (2^bits - 1), or finer if they span less than 1; if they span more, the values get more
/// bits, up to 20, so that a few far outside do not make the others coarse. Colours and weights: 1 is the largest value, what is outside 0 to 1 is cut off; weights are rounded so that their
/// sum is exactly 1. Normals and tangents: <see cref="Octahedral"/>. Joints: whole numbers as they are.
/// </remarks>
public static class AttributeQuantizer
{
    /// <summary>Quantises an attribute; each vertex has a value of its own in the table.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="corners">Vertex of each corner.</param>
    /// <exception cref="ArgumentException">A number is not finite, out of range, or the components do not fit the kind.</exception>
    public static AttributeLayer Quantize(VertexValues attribute, int[] corners)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        ReadOnlySpan<float> values = attribute.Values.Span;
        int components = attribute.Components;
        if (components is < 1 or > AttributeLayer.MaxComponents || attribute.Bits is < 1 or > AttributeLayer.MaxBits || values.Length % components != 0
            || (attribute.Kind == AttributeKind.Normal && components != 3) || (attribute.Kind == AttributeKind.Tangent && components != 4))
        {
            throw new ArgumentException($"An attribute of kind {attribute.Kind} with {values.Length} numbers, {components} components of {attribute.Bits} bits is not possible.", nameof(attribute));
        }

        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                throw new ArgumentException($"An attribute of kind {attribute.Kind} has the value {value}; expected finite numbers.", nameof(attribute));
            }
        }

        return attribute.Kind switch
        {
            AttributeKind.Normal or AttributeKind.Tangent => Directions(attribute, corners),
            AttributeKind.Color => Units(attribute, corners),
            AttributeKind.Weights => Weights(attribute, corners),
            AttributeKind.Joints => Joints(attribute, corners),
            _ => Boxed(attribute, corners),
        };
    }

    /// <summary>The floats of each value of a layer: 3 for a normal, 4 for a tangent, else as many as it has components.</summary>
    /// <param name="layer">The layer; generic values and texture coordinates without a frame come back as the numbers they are.</param>
    public static float[] Dequantize(AttributeLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        int components = layer.Components;
        if (layer.Kind is AttributeKind.Normal or AttributeKind.Tangent)
        {
            int width = components + 1;
            float[] directions = new float[layer.Values.Length / components * width];
            for (int i = 0; i < directions.Length / width; i++)
            {
                (double x, double y, double z) = Octahedral.Decode(layer.Values[i * components], layer.Values[i * components + 1], layer.Bits);
                (directions[i * width], directions[i * width + 1], directions[i * width + 2]) = ((float)x, (float)y, (float)z);
                if (width == 4)
                {
                    directions[4 * i + 3] = layer.Values[3 * i + 2] == 0 ? -1 : 1;
                }
            }

            return directions;
        }

        bool isUnit = layer.Kind is AttributeKind.Color or AttributeKind.Weights;
        float[] floats = new float[layer.Values.Length];
        for (int i = 0; i < floats.Length; i++)
        {
            double value = layer.Values[i];
            floats[i] = (float)(layer.Frame is { } frame ? frame.Offsets[i % components] + value * frame.Step : isUnit ? value / ((1 << layer.Bits) - 1) : value);
        }

        return floats;
    }

    private static AttributeLayer Directions(VertexValues attribute, int[] corners)
    {
        ReadOnlySpan<float> values = attribute.Values.Span;
        int width = attribute.Components, components = width - 1;
        int[] table = new int[values.Length / width * components];
        for (int i = 0; i < values.Length / width; i++)
        {
            ReadOnlySpan<float> v = values.Slice(i * width, width);
            (table[i * components], table[i * components + 1]) = Octahedral.Encode((double)v[0], v[1], v[2], attribute.Bits);
            if (width == 4)
            {
                table[3 * i + 2] = v[3] < 0 ? 0 : (1 << attribute.Bits) - 1;
            }
        }

        return new AttributeLayer(attribute.Kind, components, attribute.Bits, table, corners);
    }

    private static AttributeLayer Units(VertexValues attribute, int[] corners)
    {
        int largest = (1 << attribute.Bits) - 1;
        int[] table = new int[attribute.Values.Length];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = (int)Math.Floor(Math.Clamp((double)attribute.Values.Span[i], 0, 1) * largest + 0.5);
        }

        return new AttributeLayer(attribute.Kind, attribute.Components, attribute.Bits, table, corners);
    }

    private static AttributeLayer Weights(VertexValues attribute, int[] corners)
    {
        int largest = (1 << attribute.Bits) - 1, components = attribute.Components;
        int[] table = new int[attribute.Values.Length];
        for (int first = 0; first < table.Length; first += components)
        {
            ReadOnlySpan<float> weights = attribute.Values.Span.Slice(first, components);
            double sum = 0;
            foreach (float weight in weights)
            {
                sum += Math.Max(0, weight);
            }

            if (!(sum > 0) || !double.IsFinite(sum))
            {
                table[first] = largest;
                continue;
            }

            // Every border between two weights is rounded, so nothing is left over.
            double until = 0;
            int before = 0;
            for (int i = 0; i < components; i++)
            {
                until += Math.Max(0, weights[i]);
                int border = i == components - 1 ? largest : (int)Math.Min(Math.Floor(until / sum * largest + 0.5), largest);
                table[first + i] = border - before;
                before = border;
            }
        }

        return new AttributeLayer(attribute.Kind, components, attribute.Bits, table, corners);
    }

    private static AttributeLayer Joints(VertexValues attribute, int[] corners)
    {
        int[] table = new int[attribute.Values.Length];
        int largest = 1;
        for (int i = 0; i < table.Length; i++)
        {
            float value = attribute.Values.Span[i];
            if (value < 0 || value >= 1 << AttributeLayer.MaxBits || value != MathF.Floor(value))
            {
                throw new ArgumentException($"A joint is {value}; expected a whole number below 2^{AttributeLayer.MaxBits}.", nameof(attribute));
            }

            table[i] = (int)value;
            largest = Math.Max(largest, table[i]);
        }

        return new AttributeLayer(attribute.Kind, attribute.Components, BitOperations.Log2((uint)largest) + 1, table, corners);
    }

    private static AttributeLayer Boxed(VertexValues attribute, int[] corners)
    {
        ReadOnlySpan<float> values = attribute.Values.Span;
        int components = attribute.Components;
        float[] lows = new float[components], highs = new float[components];
        Array.Fill(lows, float.MaxValue);
        Array.Fill(highs, float.MinValue);
        for (int i = 0; i < values.Length; i++)
        {
            lows[i % components] = Math.Min(lows[i % components], values[i]);
            highs[i % components] = Math.Max(highs[i % components], values[i]);
        }

        double span = 0;
        for (int i = 0; i < components && values.Length > 0; i++)
        {
            span = Math.Max(span, (double)highs[i] - lows[i]);
        }

        int bits = attribute.Bits;
        double unit = attribute.Kind == AttributeKind.TexCoord ? Math.Min(span, 1) : span;
        double wanted = unit / ((1 << bits) - 1);
        while (bits < AttributeLayer.MaxBits && wanted > 0 && span > wanted * ((1 << bits) - 1) * 1.0001)
        {
            bits++;
        }

        int largest = (1 << bits) - 1;
        float step = (float)Math.Max(wanted, span / largest);
        step = step > 0 && float.IsFinite(step) ? step : 1;
        int[] table = new int[values.Length];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = (int)Math.Clamp(Math.Floor(((double)values[i] - lows[i % components]) / step + 0.5), 0, largest);
        }

        return new AttributeLayer(attribute.Kind, components, bits, table, corners, new AttributeFrame(step, values.Length > 0 ? lows : new float[components]));
    }
}
