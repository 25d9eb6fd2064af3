using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Cli.Files;

/// <summary>An opened input whose kind is known from its first bytes.</summary>
/// <param name="Stream">The input from its start.</param>
/// <param name="IsPicture">True for picture files.</param>
/// <param name="IsVideo">True for videos; everything else is given to the sound reader.</param>
/// <param name="IsY4m">True for videos that can be read as they come.</param>
internal sealed record MediaInput(Stream Stream, bool IsPicture, bool IsVideo, bool IsY4m) : IDisposable
{
    private const int SniffedBytes = 4096;

    /// <summary>Opens a media file or standard input.</summary>
    /// <exception cref="MediaException">It is missing or cannot be read.</exception>
    internal static MediaInput Open(InputFile input)
    {
        Stream stream = OpenStream(input);
        byte[] start = new byte[SniffedBytes];
        int count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        ReadOnlyMemory<byte> prefix = start.AsMemory(0, count);
        bool isPicture = SeemsPicture(input, prefix.Span);
        bool isVideo = !isPicture && (input.IsStandardInput ? VideoNames.LooksLikeVideo(prefix.Span) : VideoNames.IsVideo(input.Path));
        return new MediaInput(new PrefixedStream(prefix, stream), isPicture, isVideo, VideoNames.IsY4m(prefix.Span));
    }

    /// <summary>True for what the picture reader should be given, by its first bytes or its name.</summary>
    /// <remarks>A name that says picture is believed too: the picture reader tells best what is wrong with a damaged one.</remarks>
    internal static bool SeemsPicture(InputFile input, ReadOnlySpan<byte> start) =>
        ImageFormats.Detect(start) is not null || (!input.IsStandardInput && ImageFormats.TryFromPath(input.Path, out _));

    /// <summary>The kind of an .ncf file, from its header; null when the header cannot be read, which decoding will tell better.</summary>
    internal static MediaKind? KindOf(InputFile input)
    {
        try
        {
            using Stream stream = OpenStream(input);
            using var reader = new NcfStreamReader(stream, NcfLimits.Default, new NcfReaderOptions { Recover = true });
            return reader.ReadHeader()?.Kind;
        }
        catch (CodecException)
        {
            return null;
        }
    }

    /// <summary>The model of a coded file's leading track; null when the header names none or cannot be read.</summary>
    internal static ModelReference? ModelOf(Stream coded)
    {
        using var reader = new NcfStreamReader(coded, NcfLimits.Default, new NcfReaderOptions { Recover = true });
        return reader.ReadHeader() is { } header ? header.ModelOf(header.LeadTrack) : null;
    }

    /// <summary>What a coded file states before its units; the stream is at its start again afterwards.</summary>
    /// <exception cref="CodecException">It is no coded file, or a damaged one.</exception>
    internal static NcfHeader HeaderOf(Stream coded)
    {
        using var reader = new NcfStreamReader(coded, NcfLimits.Default);
        NcfHeader header = reader.ReadHeader()!;
        coded.Position = 0;
        return header;
    }

    /// <summary>Opens a file, or takes what a pipe holds into memory, so that it can be read twice.</summary>
    /// <exception cref="MediaException">It is missing or cannot be read.</exception>
    internal static Stream OpenSeekable(InputFile input)
    {
        Stream stream = OpenStream(input);
        if (stream.CanSeek)
        {
            return stream;
        }

        using (stream)
        {
            return new MemoryStream(InputReader.ReadAll(stream, input.DisplayName), writable: false);
        }
    }

    /// <summary>Opens a file or standard input.</summary>
    /// <exception cref="MediaException">It is missing or cannot be read.</exception>
    internal static Stream OpenStream(InputFile input)
    {
        try
        {
            return input.Content is { } content ? new MemoryStream(content) : input.IsStandardInput ? StandardStreams.OpenInput() : File.OpenRead(input.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MediaException($"{input.DisplayName} cannot be read: {error.Message}", error);
        }
    }

    public void Dispose() => Stream.Dispose();
}
