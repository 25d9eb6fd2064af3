using System.Globalization;
using System.Text;
using Codecs.Formats.Container;

namespace Codecs.Formats.Tests.Container;

/// <summary>Files whose bytes were made by hand and by another CRC; they decode for ever.</summary>
internal static class Golden
{
    public const string TinyRegistryHex = "9e 83 40 64 42 ff 41 ff 03";
    public const string TinyPrefixHex = "9e 83 9a 2b 7c 4d 42 ff 41 ff 03";

    public const string TinyRgbaHex = "9e 8b 40 64 42 ff 41 ff 03";
    public const string TinyMonoHex = "9e 8f 40 64 80 00 5d bf 03";
    public const string TinyStereoHex = "9e 93 40 64 80 00 5d bf 03";
    public const string TinyTensorHex = "9e 97 40 64 36 40 bf 1f 2f 03";
    public const string TinyGeometryHex = "9e 9b 40 64 01 53 88 03";
    public const string AudioContextHex = "11 02 00 00 00 c0 5d 00 00 00 00 00 00 03";
    public const string GeometryContextHex = "12 00 88 13 00 00 00 00 00 00 03";
    public const string TensorContextHex =
        "13 06 04 01 00 00 00 00 00 00 00 c0 00 00 00 00 00 00 00 20 00 00 00 00 00 00 00 30 00 00 00 00 00 00 00 03";

    /// <summary>Colour and alpha track, a model with number and name, ICC, Exif, a text tag, two units, a digest.</summary>
    public static byte[] Full { get; } = Hex(
        "9e4e43460d0a1a01" +
        "a104000000028f789820" +
        "a20b0000050408000c0d000106c7f75a1b" +
        "a20c010005040801010d000101017d14a83b" +
        "a31c00010810111213141516170820212223242526270340640464656d6f6f07256d" +
        "a705004943432190bee187" +
        "c806010049492a00d1b6cc65" +
        "c80c030006417574686f72024d652c6bc2ad" +
        "a40c00008101020207aabbccddee8cb341ba" +
        "a40701000106010b027f55d2aa" +
        "89210169376ceeeaa9db3508c7ad93dd7e11342e0a8ed1b342cb019df0c36041777ff591333f96" +
        "a002020090f4c8a5");

    public static byte[] Tiny { get; } = [.. Hex(TinyPrefixHex), 0x51, 0x52, 0x53, 0x54, 0x55];

    public static ModelReference Model { get; } = new()
    {
        Determinism = DeterminismClass.ExactInFloats,
        Entropy = FingerprintPrefix.FromBytes(Hex("1011121314151617")),
        Synthesis = FingerprintPrefix.FromBytes(Hex("2021222324252627")),
        DefaultRatePoint = 3,
        RegistryNumber = 100,
        Name = "demo",
    };

    public static PictureTrack ColourTrack { get; } = new() { Width = 5, Height = 4, Colour = Cicp.DisplayP3, Orientation = 6 };

    public static DataUnit ColourUnit { get; } = new()
    {
        Coder = CoderId.R64,
        RatePoint = 7,
        Payloads = [new byte[] { 0xAA, 0xBB }, new byte[] { 0xCC, 0xDD, 0xEE }],
    };

    /// <summary>What <see cref="Full"/> holds.</summary>
    public static NcfDraft Draft { get; } = new()
    {
        Tracks = [ColourTrack, new PictureTrack { Id = 1, Width = 5, Height = 4, Layout = PictureLayout.Grey, Role = TrackRole.Alpha }],
        Models = [Model],
        IccProfile = "ICC!"u8.ToArray(),
        Metadata = [MetadataItem.Text("Author", "Me"), new MetadataItem(MetadataKey.Exif, "II*\0"u8.ToArray())],
        Units = [ColourUnit, new DataUnit { Track = 1, Coder = CoderId.Brotli, Payloads = [new byte[] { 0x0B, 0x02 }] }],
        WithDigest = true,
    };

    /// <summary>One colour track, one model, one unit.</summary>
    public static NcfDraft Plain { get; } = new() { Tracks = [ColourTrack], Models = [Model], Units = [ColourUnit] };

    public static byte[] Hex(string digits) => Convert.FromHexString(digits.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>Everything that decides the decoded picture, as text.</summary>
    public static string DescribePicture(NcfFile file)
    {
        StringBuilder text = new();
        foreach (Track track in file.Tracks)
        {
            text.AppendLine(track.ToString());
        }

        foreach (ModelReference model in file.Models)
        {
            text.AppendLine(model.ToString());
        }

        foreach (DataUnit unit in file.Units)
        {
            text.AppendLine((unit with { Payloads = [], Offset = 0 }).ToString());
            foreach (ReadOnlyMemory<byte> payload in unit.Payloads)
            {
                text.AppendLine(Convert.ToHexString(payload.Span));
            }
        }

        return text.AppendLine(CultureInfo.InvariantCulture, $"ICC {(file.IccProfile is { } icc ? Convert.ToHexString(icc.Span) : "none")}").ToString();
    }
}
