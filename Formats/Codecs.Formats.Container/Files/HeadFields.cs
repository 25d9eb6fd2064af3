using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>The HEAD payload.</summary>
internal sealed record HeadFields(MediaKind Kind, long UnitCount, long TotalTicks, TickRate TickRate)
{
    private const byte WrittenVersion = 0;

    /// <summary>Minor version of the writer.</summary>
    public int MinorVersion { get; private init; } = WrittenVersion;

    /// <summary>Reads the fields.</summary>
    public static HeadFields Read(ref ByteCursor cursor)
    {
        byte kind = cursor.ReadByte("kind");
        if (kind > (byte)MediaKind.Tensors)
        {
            throw new UnsupportedBitstreamException($"The file is of kind {kind}, this build reads kinds 0 (still picture) to 5 (tensors)");
        }

        int minor = cursor.ReadByte("minor version");
        cursor.ReadByte("flags");
        long units = (long)cursor.ReadVarint("unit count");
        long ticks = cursor.ReadOptionalInt64("total ticks");
        int numerator = cursor.ReadOptionalInt32("tick rate", UnitCodec.MaxId);
        int denominator = cursor.ReadOptionalInt32("tick rate denominator", UnitCodec.MaxId, 1);
        return denominator > 0
            ? new HeadFields((MediaKind)kind, units, ticks, numerator == 0 ? TickRate.None : new TickRate(numerator, denominator)) { MinorVersion = minor }
            : throw cursor.Fault("the tick rate has the denominator 0");
    }

    /// <summary>Writes the fields.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        output.Write([(byte)Kind, WrittenVersion, (byte)0]);
        Varint.Write(output, (ulong)UnitCount);
        new OptionalFields().Varint(TotalTicks).Varint(TickRate.Numerator).Varint(TickRate.IsNone ? 1 : TickRate.Denominator, 1).WriteTo(output);
    }
}
