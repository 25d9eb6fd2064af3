namespace Codecs.Formats.Media;

/// <summary>Where sound or video comes from: a file that ffmpeg opens itself, or a stream that is piped to it.</summary>
/// <param name="Url">The input as ffmpeg names it.</param>
/// <param name="Name">What the caller calls it, for messages.</param>
/// <param name="Head">The first bytes of a stream; empty for a file.</param>
/// <param name="Rest">The stream after its head, or null when there is no more.</param>
internal sealed record MediaSource(string Url, string Name, ReadOnlyMemory<byte> Head, Stream? Rest)
{
    /// <summary>The part of a stream that is read ahead for its header: enough for tags and a cover.</summary>
    private const int HeadBytes = 4 << 20;

    /// <summary>A sentence about bytes that a file promises and does not have, or null.</summary>
    public string? Damage { get; private init; }

    /// <summary>True when the source is a stream.</summary>
    public bool IsStream => Url == "pipe:0";

    /// <summary>A file, whatever its name looks like.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What is expected in it, for messages.</param>
    /// <exception cref="MediaException">There is no such file, or it is empty.</exception>
    public static MediaSource FromFile(string path, string kind = "sound")
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                throw new MediaException($"'{path}' cannot be read: there is no such file.");
            }

            Span<byte> head = stackalloc byte[12];
            using FileStream content = file.OpenRead();
            int count = content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            if (count == 0)
            {
                throw Empty(path, kind);
            }

            long promised = WavHeader.PromisedBytes(head[..count]);
            // "file:" and the full path keep ffmpeg from seeing an option, an address or a list of files in the name.
            return new MediaSource($"file:{file.FullName}", path, default, null)
            {
                // The last byte may be padding that was left out.
                Damage = promised > content.Length + 1 ? $"'{path}' has {content.Length} of the {promised} bytes that its header tells of; it is truncated." : null,
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MediaException($"'{path}' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>A stream, from where it stands.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What the caller calls it.</param>
    /// <param name="kind">What is expected in it, for messages.</param>
    /// <exception cref="MediaException">The stream is empty or cannot be read.</exception>
    public static MediaSource FromStream(Stream stream, string name, string kind = "sound")
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] head = new byte[HeadBytes];
        int count;
        try
        {
            count = stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
        }
        catch (IOException error)
        {
            throw new MediaException($"'{name}' cannot be read: {error.Message}", error);
        }

        return count == 0 ? throw Empty(name, kind) : new MediaSource("pipe:0", name, head.AsMemory(0, count), count == HeadBytes ? stream : null);
    }

    private static MediaException Empty(string name, string kind) => new($"'{name}' is empty, {kind} was expected.");
}
