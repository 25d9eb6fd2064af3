using System.Runtime.InteropServices;
using Codecs.Formats.Container;

namespace Codecs.Formats.Weights;

/// <summary>Converts the bytes of tensors to values and back.</summary>
internal static class TensorValues
{
    /// <summary>The element type of a C# type.</summary>
    public static ElementType TypeOf<T>()
        where T : unmanaged => default(T) switch
        {
            float => ElementType.F32,
            Half => ElementType.F16,
            double => ElementType.F64,
            sbyte => ElementType.I8,
            byte => ElementType.U8,
            short => ElementType.I16,
            int => ElementType.I32,
            long => ElementType.I64,
            bool => ElementType.Bool,
            _ => throw new ArgumentException($"{typeof(T)} is not an element type of safetensors."),
        };

    /// <summary>Tensors are little-endian and reinterpreted in place: true of every machine .NET is built for by Microsoft.</summary>
    public static void RequireLittleEndian()
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Weight files are read on little-endian machines only.");
        }
    }

    /// <inheritdoc cref="SafetensorsTensor.ToFloats"/>
    public static float[] ToFloats(SafetensorsTensor tensor)
    {
        if (tensor.Type == ElementType.F32)
        {
            return As<float>(tensor).ToArray();
        }

        float[] values = new float[tensor.Count];
        switch (tensor.Type)
        {
            case ElementType.F16:
                ReadOnlySpan<Half> halves = As<Half>(tensor);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = (float)halves[i];
                }

                return values;
            case ElementType.BF16:
                ReadOnlySpan<ushort> upper = As<ushort>(tensor);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = BitConverter.UInt32BitsToSingle((uint)upper[i] << 16);
                }

                return values;
            default:
                throw WrongType(tensor, "F32, F16 or BF16");
        }
    }

    /// <inheritdoc cref="SafetensorsTensor.ToInt16s"/>
    public static short[] ToInt16s(SafetensorsTensor tensor) => tensor.Type switch
    {
        ElementType.I16 => As<short>(tensor).ToArray(),
        ElementType.I8 or ElementType.U8 => Array.ConvertAll(ToInt32s(tensor), static v => (short)v),
        _ => throw WrongType(tensor, "I16, I8 or U8"),
    };

    /// <inheritdoc cref="SafetensorsTensor.ToInt32s"/>
    public static int[] ToInt32s(SafetensorsTensor tensor)
    {
        if (tensor.Type == ElementType.I32)
        {
            return As<int>(tensor).ToArray();
        }

        int[] values = new int[tensor.Count];
        switch (tensor.Type)
        {
            case ElementType.I16:
                ReadOnlySpan<short> shorts = As<short>(tensor);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = shorts[i];
                }

                return values;
            case ElementType.I8:
                ReadOnlySpan<sbyte> signed = As<sbyte>(tensor);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = signed[i];
                }

                return values;
            case ElementType.U8:
                ReadOnlySpan<byte> bytes = tensor.Bytes.Span;
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = bytes[i];
                }

                return values;
            default:
                throw WrongType(tensor, "I32, I16, I8 or U8");
        }
    }

    /// <inheritdoc cref="SafetensorsTensor.ToInt64s"/>
    public static long[] ToInt64s(SafetensorsTensor tensor) => tensor.Type switch
    {
        ElementType.I64 => As<long>(tensor).ToArray(),
        ElementType.I32 or ElementType.I16 or ElementType.I8 or ElementType.U8 => Array.ConvertAll(ToInt32s(tensor), static v => (long)v),
        _ => throw WrongType(tensor, "I64, I32, I16, I8 or U8"),
    };

    private static ReadOnlySpan<T> As<T>(SafetensorsTensor tensor)
        where T : unmanaged
    {
        RequireLittleEndian();
        return MemoryMarshal.Cast<byte, T>(tensor.Bytes.Span);
    }

    private static InvalidBitstreamException WrongType(SafetensorsTensor tensor, string expected) =>
        new($"Tensor '{tensor.Name}' is of type {tensor.Type}, expected {expected}");
}
