using System.Buffers.Binary;
using System.Text;

namespace Codecs.Formats.Media;

/// <summary>Tags and cover as files for ffmpeg, in a temporary folder that goes with this object: arguments are too short for a cover.</summary>
internal sealed class AudioSideFiles : IDisposable
{
    private readonly string _folder;

    private AudioSideFiles(string folder) => _folder = folder;

    /// <summary>The tags in ffmpeg's own text format.</summary>
    public required string TagsPath { get; init; }

    /// <summary>The cover, or null when there is none, or when it lies among the tags.</summary>
    public string? CoverPath { get; init; }

    /// <summary>ffmpeg's name of the cover's format.</summary>
    public required string CoverDemuxer { get; init; }

    /// <summary>Writes the files, or returns null when there is nothing to write.</summary>
    public static AudioSideFiles? Create(AudioMetadata metadata, AudioFormat format)
    {
        AudioCover? cover = AudioFormats.SupportsCover(format) ? metadata.Cover : null;
        if (metadata.Tags.Count == 0 && cover is null)
        {
            return null;
        }

        var tags = new StringBuilder(";FFMETADATA1\n");
        foreach ((string name, string value) in metadata.Tags)
        {
            AppendTag(tags, name, value);
        }

        // Ogg has no picture streams: the cover is a tag in base64 (xiph.org, VorbisComment, METADATA_BLOCK_PICTURE).
        bool coverIsTag = format is AudioFormat.Opus or AudioFormat.Vorbis;
        if (coverIsTag && cover is not null)
        {
            AppendTag(tags, "METADATA_BLOCK_PICTURE", Convert.ToBase64String(FlacPicture(cover)));
        }

        string folder = Directory.CreateTempSubdirectory("codecs-tags-").FullName;
        var files = new AudioSideFiles(folder)
        {
            TagsPath = Path.Combine(folder, "tags.txt"),
            CoverPath = coverIsTag || cover is null ? null : Path.Combine(folder, "cover"),
            CoverDemuxer = cover?.MimeType == AudioCover.Png ? "png_pipe" : "jpeg_pipe",
        };
        try
        {
            File.WriteAllText(files.TagsPath, tags.ToString());
            if (files.CoverPath is { } path)
            {
                File.WriteAllBytes(path, cover!.Data.Span);
            }

            return files;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>Removes the files.</summary>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void AppendTag(StringBuilder tags, string name, string value)
    {
        AppendEscaped(tags, name);
        tags.Append('=');
        AppendEscaped(tags, value);
        tags.Append('\n');
    }

    private static void AppendEscaped(StringBuilder tags, string text)
    {
        foreach (char c in text)
        {
            if (c is '=' or ';' or '#' or '\\' or '\n')
            {
                tags.Append('\\');
            }

            tags.Append(c);
        }
    }

    /// <summary>The picture block of FLAC (RFC 9639, section 8.8): a front cover whose dimensions are left to the picture file.</summary>
    private static byte[] FlacPicture(AudioCover cover)
    {
        const int FrontCover = 3;
        byte[] mime = Encoding.ASCII.GetBytes(cover.MimeType);
        byte[] block = new byte[32 + mime.Length + cover.Data.Length];
        BinaryPrimitives.WriteInt32BigEndian(block, FrontCover);
        BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(4), mime.Length);
        mime.CopyTo(block, 8);
        // No description; width, height, depth and colours 0: unknown.
        BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(28 + mime.Length), cover.Data.Length);
        cover.Data.CopyTo(block.AsMemory(32 + mime.Length));
        return block;
    }
}
