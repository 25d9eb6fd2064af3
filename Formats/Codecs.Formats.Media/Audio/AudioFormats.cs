using System.Diagnostics.CodeAnalysis;

namespace Codecs.Formats.Media;

/// <summary>What each <see cref="AudioFormat"/> is called and can hold.</summary>
public static class AudioFormats
{
    private static readonly FormatTraits[] s_traits =
    [
        new("WAV", [".wav"], "wav", MaxChannels: Waveform.MaxChannels, Streamable: true, Lossless: true, Cover: false),
        new("FLAC", [".flac"], "flac", Lossless: true),
        new("Opus", [".opus"], "opus", Streamable: true),
        new("MP3", [".mp3"], "mp3", MaxChannels: 2),
        new("M4A", [".m4a"], "ipod"),
        new("Vorbis", [".ogg", ".oga"], "ogg", Streamable: true),
    ];

    /// <summary>Every format that can be written, in the order of <see cref="AudioFormat"/>.</summary>
    public static IReadOnlyList<AudioFormat> All { get; } = Enum.GetValues<AudioFormat>();

    /// <summary>The format's usual name, such as "Opus".</summary>
    /// <param name="format">The format.</param>
    public static string Name(AudioFormat format) => Traits(format).Name;

    /// <summary>File name extensions in lower case with their dot, the preferred one first.</summary>
    /// <param name="format">The format.</param>
    public static IReadOnlyList<string> Extensions(AudioFormat format) => Traits(format).Extensions;

    /// <summary>The most channels that the format holds.</summary>
    /// <param name="format">The format.</param>
    public static int MaxChannels(AudioFormat format) => Traits(format).MaxChannels;

    /// <summary>True when samples of the chosen bit depth come back exactly.</summary>
    /// <param name="format">The format.</param>
    public static bool IsLossless(AudioFormat format) => Traits(format).Lossless;

    /// <summary>True when the format can hold a cover.</summary>
    /// <param name="format">The format.</param>
    public static bool SupportsCover(AudioFormat format) => Traits(format).Cover;

    /// <summary>The format that a file name asks for.</summary>
    /// <param name="path">A file name or path; only its extension counts.</param>
    /// <exception cref="MediaException">The extension is missing or belongs to no format that can be written; the message lists those that do.</exception>
    public static AudioFormat FromPath(string path) => TryFromPath(path, out AudioFormat format)
        ? format
        : throw new MediaException(
            $"'{path}' has no extension of a sound format that can be written; known are {string.Join(' ', All.SelectMany(Extensions))}.");

    /// <summary>The format that a file name asks for, if it is a known one.</summary>
    /// <param name="path">A file name or path; only its extension counts.</param>
    /// <param name="format">The format when true is returned.</param>
    public static bool TryFromPath([NotNullWhen(true)] string? path, out AudioFormat format)
    {
        string extension = Path.GetExtension(path ?? string.Empty);
        foreach (AudioFormat candidate in All)
        {
            if (Array.Exists(Traits(candidate).Extensions, e => e.Equals(extension, StringComparison.OrdinalIgnoreCase)))
            {
                format = candidate;
                return true;
            }
        }

        format = default;
        return false;
    }

    internal static FormatTraits Traits(AudioFormat format) => (uint)format < (uint)s_traits.Length
        ? s_traits[(int)format]
        : throw new ArgumentOutOfRangeException(nameof(format), format, "Not a sound format.");

    /// <summary>What a format is called and can hold. Streamable: its header needs nothing that is known only at the end.</summary>
    internal sealed record FormatTraits(
        string Name,
        string[] Extensions,
        string Muxer,
        int MaxChannels = 8,
        bool Streamable = false,
        bool Lossless = false,
        bool Cover = true);
}
