using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>The MODL payload.</summary>
internal static class ModelCodec
{
    /// <summary>Reads one model reference.</summary>
    public static ModelReference Read(ref ByteCursor cursor, NcfLimits limits)
    {
        int index = cursor.ReadInt32("index", UnitCodec.MaxId);
        byte determinism = cursor.ReadByte("determinism class");
        if (determinism > (byte)DeterminismClass.FloatingPoint)
        {
            throw new UnsupportedBitstreamException($"Model {index} has determinism class {determinism}, this build knows 0 to 2");
        }

        FingerprintPrefix entropy = ReadFingerprint(ref cursor, "entropy fingerprint");
        FingerprintPrefix synthesis = ReadFingerprint(ref cursor, "synthesis fingerprint");
        byte ratePoint = cursor.Remaining > 0 ? cursor.ReadByte("default rate point") : (byte)0;
        int number = cursor.Remaining > 0 ? cursor.ReadInt32("registry number", NcfConstants.RegistryLimit - 1) : 0;
        string name = cursor.Remaining > 0 ? cursor.ReadText("name", limits.MaxTextBytes) : "";
        if (number == NcfConstants.ReservedRegistryNumber)
        {
            throw cursor.Fault($"registry number {number} is reserved");
        }

        return new ModelReference
        {
            Index = index,
            Determinism = (DeterminismClass)determinism,
            Entropy = entropy,
            Synthesis = synthesis,
            DefaultRatePoint = ratePoint,
            RegistryNumber = number,
            Name = name,
        };
    }

    /// <summary>Writes one model reference.</summary>
    public static void Write(IBufferWriter<byte> output, ModelReference model)
    {
        Throw.IfNotIn(model.Index, 0, UnitCodec.MaxId, "model number");
        FileRules.CheckRegistryNumber(model.RegistryNumber);
        if (model.Determinism is not { } determinism || determinism > DeterminismClass.FloatingPoint)
        {
            throw new ArgumentException($"Model {model.Index} states no determinism class, a Full file needs one.", nameof(model));
        }

        Varint.Write(output, (ulong)model.Index);
        output.Write([(byte)determinism]);
        WriteFingerprint(output, model.Entropy, "entropy fingerprint");
        WriteFingerprint(output, model.Synthesis, "synthesis fingerprint");
        output.Write([model.DefaultRatePoint]);
        if (model.RegistryNumber != 0 || model.Name.Length > 0)
        {
            Varint.Write(output, (ulong)model.RegistryNumber);
        }

        if (model.Name.Length > 0)
        {
            TextRules.Write(output, model.Name);
        }
    }

    private static FingerprintPrefix ReadFingerprint(ref ByteCursor cursor, string field)
    {
        byte length = cursor.ReadByte(field);
        return length is >= NcfConstants.MinFingerprintBytes and <= NcfConstants.MaxFingerprintBytes
            ? FingerprintPrefix.FromBytes(cursor.ReadBytes(length, field))
            : throw cursor.Fault($"{field} has {length} bytes, expected {NcfConstants.MinFingerprintBytes} to {NcfConstants.MaxFingerprintBytes}");
    }

    private static void WriteFingerprint(IBufferWriter<byte> output, FingerprintPrefix prefix, string field)
    {
        Throw.IfNotIn(prefix.ByteLength, NcfConstants.MinFingerprintBytes, NcfConstants.MaxFingerprintBytes, $"bytes of the {field}");
        Span<byte> bytes = stackalloc byte[NcfConstants.MaxFingerprintBytes];
        prefix.CopyTo(bytes);
        output.Write([(byte)prefix.ByteLength]);
        output.Write(bytes[..prefix.ByteLength]);
    }
}
