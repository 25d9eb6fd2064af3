using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>Reads and writes the header of the Tiny profile.</summary>
/// <remarks><code>
/// byte 0      9E
/// byte 1      1 vv kkk p c   (bit 7 marks Tiny, version, kind, rate point follows, 16-bit content check)
/// varint      model: registry number below 2^14, else 30-bit fingerprint prefix
/// ..          shape, as the kind has it (TinyShape)
/// u8          rate point, if p
/// </code></remarks>
internal static class TinyCodec
{
    /// <summary>Bit 7 of the second byte; clear in the Full signature.</summary>
    public const byte Mark = 0x80;

    private const string Place = "Tiny header";
    private const byte RatePointFlag = 0x02;
    private const byte CheckFlag = 0x01;

    /// <summary>Why a draft does not fit, or null.</summary>
    public static string? FindObstacle(TinyDraft draft)
    {
        string? obstacle = TinyShape.FindObstacle(draft.Track);
        obstacle ??= draft.Check is ContentCheck.Short or ContentCheck.None ? null : $"the check {draft.Check}; its payload has the short check or none";
        return obstacle ?? (draft.Model.RegistryNumber > 0 || draft.Model.Entropy.BitLength >= FingerprintPrefix.TinyBits
            ? null
            : "a model without registry number and with less than 30 bits of the entropy fingerprint");
    }

    /// <summary>Writes the header; everything that a reader would refuse is an argument error here.</summary>
    public static void WriteHeader(IBufferWriter<byte> output, TinyDraft draft)
    {
        if (FindObstacle(draft) is { } obstacle)
        {
            throw new ArgumentException($"A Tiny file cannot hold {obstacle}. Write a Full file.", nameof(draft));
        }

        int flags = Mark | (TinyShape.KindOf(draft.Track) << 2) | (draft.RatePoint != 0 ? RatePointFlag : 0) | (draft.Check == ContentCheck.Short ? CheckFlag : 0);
        output.Write([NcfConstants.Magic, (byte)flags]);
        FileRules.CheckRegistryNumber(draft.Model.RegistryNumber);
        Varint.Write(output, draft.Model.RegistryNumber > 0 ? (ulong)draft.Model.RegistryNumber : draft.Model.Entropy.TinyValue);
        TinyShape.Write(output, draft.Track);
        if (draft.RatePoint != 0)
        {
            output.Write([draft.RatePoint]);
        }
    }

    /// <summary>Reads the header and makes the same object model that a Full file with one track, one model and one unit gives.</summary>
    public static NcfFile Read(ReadOnlyMemory<byte> file, NcfLimits limits)
    {
        ByteCursor cursor = new(file.Span, 0, Place);
        cursor.ReadByte("signature");
        byte flags = cursor.ReadByte("flags");
        int version = (flags >> 5) & 3;
        if (version != 0)
        {
            throw new UnsupportedBitstreamException($"{Place}: version {version}; this build reads version 0");
        }

        ModelReference model = ReadModel(ref cursor);
        Track track = TinyShape.Read(ref cursor, (flags >> 2) & 7, limits);
        byte ratePoint = 0;
        if ((flags & RatePointFlag) != 0 && (ratePoint = cursor.ReadByte("rate point")) == 0)
        {
            throw cursor.Fault("rate point 0 is written out, expected the shorter form without it");
        }

        int start = cursor.Position;
        return new NcfFile
        {
            Profile = NcfProfile.Tiny,
            Bytes = file,
            HeaderBytes = file[..start],
            Header = new NcfHeader { Kind = TinyShape.MediaOf(track), Tracks = [track], Models = [model], UnitCount = 1 },
            Units =
            [
                new DataUnit
                {
                    Coder = CoderId.ModelDefined,
                    Check = (flags & CheckFlag) != 0 ? ContentCheck.Short : ContentCheck.None,
                    RatePoint = ratePoint,
                    Payloads = [file[start..]],
                    Offset = start,
                },
            ],
        };
    }

    private static ModelReference ReadModel(ref ByteCursor cursor)
    {
        long at = cursor.Offset;
        ulong value = cursor.ReadVarint("model");
        return value switch
        {
            0 => throw new InvalidBitstreamException($"{Place}: model number 0 is reserved", at),
            NcfConstants.ReservedRegistryNumber =>
                throw new InvalidBitstreamException($"{Place}: model number {value} is reserved; this is a Full file with a damaged signature", at),
            < NcfConstants.RegistryLimit => new ModelReference { RegistryNumber = (int)value },
            < 1UL << FingerprintPrefix.TinyBits when (value & NcfConstants.RegistryLimit) != 0 =>
                new ModelReference { Entropy = FingerprintPrefix.FromTiny((uint)value) },
            _ => throw new InvalidBitstreamException($"{Place}: model reference {value:x} is neither a registry number nor a 30-bit prefix with bit 14 set", at),
        };
    }
}
