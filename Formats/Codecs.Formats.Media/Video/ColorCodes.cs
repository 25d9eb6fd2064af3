namespace Codecs.Formats.Media;

/// <summary>Numbers of ITU-T H.273 and ffmpeg's names for them.</summary>
internal static class ColorCodes
{
    /// <summary>Not specified.</summary>
    public const byte Unspecified = 2;

    private static readonly Dictionary<string, byte> s_primaries = new()
    {
        ["bt709"] = 1, ["bt470m"] = 4, ["bt470bg"] = 5, ["smpte170m"] = 6, ["smpte240m"] = 7, ["film"] = 8, ["bt2020"] = 9, ["smpte428"] = 10,
        ["smpte431"] = 11, ["smpte432"] = 12, ["ebu3213"] = 22,
    };

    private static readonly Dictionary<string, byte> s_transfers = new()
    {
        ["bt709"] = 1, ["bt470m"] = 4, ["bt470bg"] = 5, ["smpte170m"] = 6, ["smpte240m"] = 7, ["linear"] = 8, ["log100"] = 9, ["log316"] = 10,
        ["iec61966-2-4"] = 11, ["bt1361e"] = 12, ["iec61966-2-1"] = 13, ["bt2020-10"] = 14, ["bt2020-12"] = 15, ["smpte2084"] = 16, ["smpte428"] = 17,
        ["arib-std-b67"] = 18,
    };

    private static readonly Dictionary<string, byte> s_matrices = new()
    {
        ["gbr"] = 0, ["bt709"] = 1, ["fcc"] = 4, ["bt470bg"] = 5, ["smpte170m"] = 6, ["smpte240m"] = 7, ["ycgco"] = 8, ["bt2020nc"] = 9, ["bt2020c"] = 10,
        ["smpte2085"] = 11, ["chroma-derived-nc"] = 12, ["chroma-derived-c"] = 13, ["ictcp"] = 14,
    };

    public static byte Primaries(string? name) => s_primaries.GetValueOrDefault(name ?? string.Empty, Unspecified);

    public static byte Transfer(string? name) => s_transfers.GetValueOrDefault(name ?? string.Empty, Unspecified);

    public static byte Matrix(string? name) => s_matrices.GetValueOrDefault(name ?? string.Empty, Unspecified);

    /// <summary>The matrix with which frames are shown: what is not specified, or no plain matrix, counts as BT.601 below 720 rows and as BT.709 above.</summary>
    public static byte Effective(VideoFormat format) => format.Matrix is 1 or 4 or 5 or 6 or 7 or 9 or 10 ? format.Matrix : ByHeight(format.Height);

    /// <summary>The usual matrix for a size.</summary>
    public static byte ByHeight(int height) => height < 720 ? (byte)6 : (byte)1;

    /// <summary>The scaler's name of a matrix.</summary>
    public static string ScalerMatrix(byte matrix) => matrix switch
    {
        1 => "bt709",
        4 => "fcc",
        7 => "smpte240m",
        9 or 10 => "bt2020",
        _ => "bt601",
    };
}
