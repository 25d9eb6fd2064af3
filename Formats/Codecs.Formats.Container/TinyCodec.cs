using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>Reads and writes the header of the Tiny profile.</summary>
/// <remarks><code>
/// byte 0      9E
/// byte 1      1 vv kkk p c   (bit 7 marks Tiny, version, kind, rate point follows, 16-bit content check)
/// varint      model: registry number below 2^14, else 30-bit fingerprint prefix
/// varint x 2  width - 1, height - 1
/// u8          rate point, if p
/// </code></remarks>
internal static class TinyCodec
{
    /// <summary>Bit 7 of the second byte; clear in the Full signature.</summary>
    public const byte Mark = 0x80;

    private const string Place = "Tiny header";
    private const byte RatePointFlag = 0x02;
    private const byte CheckFlag = 0x01;

    /// <summary>Writes the header; everything that a reader would refuse is an argument error here.</summary>
    public static void WriteHeader(IBufferWriter<byte> output, TinyStill still)
    {
        Throw.IfNotIn(still.Width, 1, NcfLimits.Hard.MaxDimension, "width");
        Throw.IfNotIn(still.Height, 1, NcfLimits.Hard.MaxDimension, "height");
        if (still.Layout is not (PictureLayout.Rgb or PictureLayout.Grey))
        {
            throw new ArgumentException($"A Tiny file holds RGB or grey, not {still.Layout}; write a Full file.", nameof(still));
        }

        if (still.Check is not (ContentCheck.Short or ContentCheck.None))
        {
            throw new ArgumentException($"A Tiny payload has the short check or none, not {still.Check}; write a Full file.", nameof(still));
        }

        int flags = Mark | ((int)still.Layout << 2) | (still.RatePoint != 0 ? RatePointFlag : 0) | (still.Check == ContentCheck.Short ? CheckFlag : 0);
        output.Write([NcfConstants.Magic, (byte)flags]);
        Varint.Write(output, ModelNumber(still.Model));
        Varint.Write(output, (ulong)still.Width - 1);
        Varint.Write(output, (ulong)still.Height - 1);
        if (still.RatePoint != 0)
        {
            output.Write([still.RatePoint]);
        }
    }

    /// <summary>Reads the header and makes the same object model that a Full file with one track, one model and one unit gives.</summary>
    public static NcfFile Read(ReadOnlyMemory<byte> file, NcfLimits limits)
    {
        ByteCursor cursor = new(file.Span, 0, Place);
        cursor.ReadByte("signature");
        byte flags = cursor.ReadByte("flags");
        int version = (flags >> 5) & 3;
        int kind = (flags >> 2) & 7;
        if (version != 0 || kind > (int)PictureLayout.Grey)
        {
            throw new UnsupportedBitstreamException(
                $"{Place}: version {version} and kind {kind}; this build reads version 0 with kind 0 (RGB) or 1 (grey)");
        }

        ModelReference model = ReadModel(ref cursor);
        int shapeOffset = cursor.Offset;
        ulong width = cursor.ReadVarint("width") + 1;
        ulong height = cursor.ReadVarint("height") + 1;
        limits.CheckPicture(Place, shapeOffset, width, height);
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
            Tracks = [new PictureTrack { Width = (int)width, Height = (int)height, Layout = (PictureLayout)kind }],
            Models = [model],
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
        int at = cursor.Offset;
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

    private static ulong ModelNumber(ModelReference model)
    {
        FileRules.CheckRegistryNumber(model.RegistryNumber);
        if (model.RegistryNumber > 0)
        {
            return (ulong)model.RegistryNumber;
        }

        return model.Entropy.BitLength >= FingerprintPrefix.TinyBits
            ? model.Entropy.TinyValue
            : throw new ArgumentException("A Tiny file needs a registry number or at least 30 bits of the entropy fingerprint.", nameof(model));
    }
}
