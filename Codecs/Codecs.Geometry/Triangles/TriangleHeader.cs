using System.Buffers;
using System.Buffers.Binary;

namespace Codecs.Geometry.Triangles;

/// <summary>The plain bytes before the coded ones. Layout: README, "Header".</summary>
internal sealed record TriangleHeader(bool KeepOrder, int Triangles, int Vertices, int Bits, GridFrame? Frame, IReadOnlyList<LayerShape> Layers)
{
    private const int Version = 1;
    private const int KeepOrderFlag = 16;
    private const int FrameFlag = 32;
    private const int LayerFrameFlag = 128;

    // A decision costs at least log2(4096 / 4080) bits, and every triangle and every vertex without triangles is one at least.
    private const long MostPerByte = 1420;
    private const long SlackBytes = 8;

    /// <summary>Appends the header.</summary>
    public void Write(ArrayBufferWriter<byte> output)
    {
        Append(output, (byte)(Version | (KeepOrder ? KeepOrderFlag : 0) | (Frame is null ? 0 : FrameFlag)));
        AppendNumber(output, Triangles);
        AppendNumber(output, Vertices);
        Append(output, (byte)Bits);
        if (Frame is not null)
        {
            foreach (double number in (ReadOnlySpan<double>)[Frame.OriginX, Frame.OriginY, Frame.OriginZ, Frame.Step])
            {
                BinaryPrimitives.WriteDoubleLittleEndian(output.GetSpan(8), number);
                output.Advance(8);
            }
        }

        Append(output, (byte)Layers.Count);
        foreach (LayerShape layer in Layers)
        {
            Append(output, (byte)((int)layer.Kind | (layer.Frame is null ? 0 : LayerFrameFlag)));
            Append(output, (byte)layer.Components);
            Append(output, (byte)layer.Bits);
            if (layer.Frame is not null)
            {
                AppendSingle(output, layer.Frame.Step);
                foreach (float offset in layer.Frame.Offsets)
                {
                    AppendSingle(output, offset);
                }
            }
        }
    }

    /// <summary>Reads the header and checks it against the payload's length and the limits.</summary>
    /// <param name="payload">The payload from its first byte.</param>
    /// <param name="limits">What is accepted.</param>
    /// <param name="length">Bytes of the header.</param>
    /// <exception cref="InvalidBitstreamException">It is none.</exception>
    /// <exception cref="LimitExceededException">More is declared than the limits allow.</exception>
    /// <exception cref="UnsupportedBitstreamException">Another version.</exception>
    public static TriangleHeader Read(ReadOnlySpan<byte> payload, TriangleLimits limits, out int length)
    {
        var cursor = new HeaderCursor(payload);
        int first = cursor.Byte();
        if ((first & 15) != Version)
        {
            throw new UnsupportedBitstreamException($"Triangles of version {first & 15}; this build reads version {Version}.");
        }

        if (first >> 6 != 0)
        {
            throw cursor.Fault("unknown flags");
        }

        int triangles = cursor.Number(), vertices = cursor.Number();
        CheckLimit("triangles", triangles, limits.MaxTriangles);
        CheckLimit("vertices", vertices, limits.MaxVertices);
        bool keepOrder = (first & KeepOrderFlag) != 0;
        long most = MostPerByte * (payload.Length + SlackBytes);
        if (triangles > most || vertices > (keepOrder ? most : 3L * triangles))
        {
            throw cursor.Fault($"{triangles} triangles and {vertices} vertices, more than {payload.Length} bytes can hold,");
        }

        int bits = cursor.Byte();
        if (bits is < 1 or > GridFrame.MaxBits)
        {
            throw cursor.Fault($"{bits} bits for positions, 1 to {GridFrame.MaxBits} are possible,");
        }

        GridFrame? frame = (first & FrameFlag) == 0 ? null : new GridFrame(cursor.Double(), cursor.Double(), cursor.Double(), cursor.Double(), bits);
        if (frame is not null && (!(frame.Step > 0) || !double.IsFinite(frame.Step + frame.OriginX + frame.OriginY + frame.OriginZ)))
        {
            throw cursor.Fault("a grid without meaning");
        }

        int layers = cursor.Byte();
        CheckLimit("layers", layers, limits.MaxLayers);
        var shapes = new LayerShape[layers];
        for (int i = 0; i < layers; i++)
        {
            shapes[i] = ReadLayer(ref cursor);
        }

        length = cursor.Position;
        return new TriangleHeader(keepOrder, triangles, vertices, bits, frame, shapes);
    }

    private static LayerShape ReadLayer(ref HeaderCursor cursor)
    {
        int kind = cursor.Byte(), components = cursor.Byte(), bits = cursor.Byte();
        bool hasFrame = (kind & LayerFrameFlag) != 0;
        var meaning = (AttributeKind)(kind & ~LayerFrameFlag);
        if (components is < 1 or > AttributeLayer.MaxComponents || bits is < 1 or > AttributeLayer.MaxBits || !AttributeLayer.IsPossible(meaning, components))
        {
            throw cursor.Fault($"a layer of kind {kind & ~LayerFrameFlag} with {components} components of {bits} bits");
        }

        if (!hasFrame)
        {
            return new LayerShape(meaning, components, bits, null);
        }

        float step = cursor.Single();
        float[] offsets = new float[components];
        for (int i = 0; i < components; i++)
        {
            offsets[i] = cursor.Single();
        }

        return new LayerShape(meaning, components, bits, new AttributeFrame(step, offsets));
    }

    private static void CheckLimit(string what, int declared, int limit)
    {
        if (declared > limit)
        {
            throw new LimitExceededException($"The payload declares {declared} {what}; the limits in force allow {limit}. Raise them if you trust the file.");
        }
    }

    private static void Append(ArrayBufferWriter<byte> output, byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    private static void AppendNumber(ArrayBufferWriter<byte> output, int value)
    {
        for (; value >= 128; value >>= 7)
        {
            Append(output, (byte)(value | 128));
        }

        Append(output, (byte)value);
    }

    private static void AppendSingle(ArrayBufferWriter<byte> output, float value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(output.GetSpan(4), value);
        output.Advance(4);
    }
}
