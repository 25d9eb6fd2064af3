using System.Globalization;

namespace Codecs.Formats.Media;

/// <summary>How a container says that pictures are turned, as Exif orientations.</summary>
internal static class DisplayMatrix
{
    private static readonly char[] s_spaces = [' ', '\n', '\r'];

    /// <summary>The orientation of a matrix as ffprobe prints it, three rows of an offset and three numbers.</summary>
    /// <returns>1..8; 1 for what is no quarter turn.</returns>
    public static int Orientation(string? matrix)
    {
        string[] words = matrix?.Split(s_spaces, StringSplitOptions.RemoveEmptyEntries) ?? [];
        int Sign(int word) => words.Length == 12 && long.TryParse(words[word], CultureInfo.InvariantCulture, out long value) ? Math.Sign(value) : 0;
        // A point (x, y), y downwards, is shown at (a x + c y, b x + d y).
        return (Sign(1), Sign(2), Sign(5), Sign(6)) switch
        {
            (-1, 0, 0, 1) => 2,
            (-1, 0, 0, -1) => 3,
            (1, 0, 0, -1) => 4,
            (0, 1, 1, 0) => 5,
            (0, 1, -1, 0) => 6,
            (0, -1, -1, 0) => 7,
            (0, -1, 1, 0) => 8,
            _ => 1,
        };
    }

    /// <summary>Degrees clockwise of an orientation that is a turn, or null when it mirrors.</summary>
    public static int? Degrees(int orientation) => orientation switch
    {
        1 => 0,
        3 => 180,
        6 => 90,
        8 => 270,
        _ => null,
    };

    /// <summary>ffmpeg's filters that make pictures upright.</summary>
    public static string Filters(int orientation) => orientation switch
    {
        2 => "hflip",
        3 => "hflip,vflip",
        4 => "vflip",
        5 => "transpose=cclock_flip",
        6 => "transpose=clock",
        7 => "transpose=clock_flip",
        8 => "transpose=cclock",
        _ => string.Empty,
    };
}
