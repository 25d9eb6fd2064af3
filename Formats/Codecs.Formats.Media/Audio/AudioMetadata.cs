using System.Collections.ObjectModel;

namespace Codecs.Formats.Media;

/// <summary>What a sound file says about itself: tags and a cover.</summary>
public sealed record AudioMetadata
{
    /// <summary>No metadata at all.</summary>
    public static AudioMetadata Empty { get; } = new();

    /// <summary>
    /// Tags by name, in lower case and found in any case; ffmpeg's names are used for all formats: title, artist, album, album_artist, composer, date,
    /// track, disc, genre, comment, copyright and so on. FLAC, MP3, Opus and Vorbis hold any name, WAV and M4A only those that their standards know.
    /// </summary>
    /// <exception cref="ArgumentException">A name is empty or has characters other than printable ASCII without '=', or a value has a NUL.</exception>
    public IReadOnlyDictionary<string, string> Tags
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            var tags = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach ((string name, string text) in value)
            {
                if (!IsTag(name, text))
                {
                    throw new ArgumentException($"'{name}' cannot be a tag: names are printable ASCII without '=', values have no NUL.", nameof(value));
                }

                tags[name.ToLowerInvariant()] = text;
            }

            field = new ReadOnlyDictionary<string, string>(tags);
        }
    }

    = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The cover, or null.</summary>
    public AudioCover? Cover { get; init; }

    /// <summary>True when there is neither a tag nor a cover.</summary>
    public bool IsEmpty => Tags.Count == 0 && Cover is null;

    /// <summary>True when all formats that take any tag can hold this one.</summary>
    internal static bool IsTag(string name, string text) =>
        name.Length > 0 && !name.AsSpan().ContainsAnyExceptInRange(' ', '}') && !name.Contains('=', StringComparison.Ordinal)
        && !text.Contains('\0', StringComparison.Ordinal);
}
