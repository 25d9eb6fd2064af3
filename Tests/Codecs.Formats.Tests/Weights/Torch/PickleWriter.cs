using System.Buffers.Binary;
using System.Text;

namespace Codecs.Formats.Tests.Weights.Torch;

/// <summary>Emits the opcodes that torch.save emits (protocol 2).</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _bytes = [];
    private int _memo;

    internal PickleWriter() => Op(0x80, 2);

    internal byte[] ToArray() => [.. _bytes, (byte)'.'];

    internal PickleWriter Op(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    internal PickleWriter Op(string opcodes) => Op(Encoding.Latin1.GetBytes(opcodes));

    internal PickleWriter Keep() => _memo < 256 ? Op((byte)'q', (byte)_memo++) : Op((byte)'r').U32((uint)_memo++);

    internal PickleWriter U32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Op(bytes);
    }

    internal PickleWriter Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return Op((byte)'X').U32((uint)utf8.Length).Op(utf8).Keep();
    }

    internal PickleWriter Integer(long value) => value switch
    {
        >= 0 and < 256 => Op((byte)'K', (byte)value),
        >= 0 and < 65536 => Op((byte)'M', (byte)value, (byte)(value >> 8)),
        >= int.MinValue and <= int.MaxValue => Op((byte)'J').U32((uint)(int)value),
        _ => Op(0x8a, 8).U32((uint)value).U32((uint)(value >> 32)),
    };

    internal PickleWriter Number(double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        return Op((byte)'G').Op(bytes);
    }

    internal PickleWriter Global(string module, string name) => Op($"c{module}\n{name}\n").Keep();

    internal PickleWriter Tuple(params long[] values)
    {
        if (values.Length > 3)
        {
            Op("(");
        }

        foreach (long value in values)
        {
            Integer(value);
        }

        return values.Length switch { 0 => Op(")"), <= 3 => Op((byte)(0x84 + values.Length)).Keep(), _ => Op("t").Keep() };
    }

    internal PickleWriter Storage(string type, string key, long count) =>
        Op("(").Text("storage").Global("torch", type).Text(key).Text("cpu").Integer(count).Op("t").Keep().Op("Q");

    internal PickleWriter OrderedDictionary() => Global("collections", "OrderedDict").Op(")R").Keep();

    internal PickleWriter Tensor(string type, string key, long count, long offset, long[] sizes, long[] strides) =>
        Global("torch._utils", "_rebuild_tensor_v2").Op("(").Storage(type, key, count).Integer(offset).Tuple(sizes).Tuple(strides)
            .Op(0x89).OrderedDictionary().Op("t").Keep().Op("R").Keep();
}
