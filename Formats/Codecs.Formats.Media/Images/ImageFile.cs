namespace Codecs.Formats.Media;

/// <summary>Reads and writes picture files.</summary>
/// <remarks>
/// The format is recognised by its first bytes, never by its name, and only the formats of <see cref="ImageFormat"/> are ever decoded. Pictures
/// come back upright, 8-bit and (unless asked otherwise) in sRGB; grey files stay grey; whatever is lost on the way is listed in
/// <see cref="ImageReadResult.Warnings"/>. PNG gamma other than linear and the transfer functions of HDR files are not interpreted.
/// </remarks>
public static class ImageFile
{
    /// <summary>Reads a picture.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits and colour handling; defaults when null.</param>
    /// <exception cref="MediaException">The file is missing, no picture, or damaged.</exception>
    /// <exception cref="LimitExceededException">The file or its picture is larger than the options allow.</exception>
    public static ImageReadResult Read(string path, ImageReadOptions? options = null)
    {
        options ??= ImageReadOptions.Default;
        return MagickReader.Read(LoadFile(path, options), path, options);
    }

    /// <summary>Reads a picture from the rest of a stream.</summary>
    /// <param name="stream">The stream; it is read to its end and stays open.</param>
    /// <param name="options">Limits and colour handling; defaults when null.</param>
    /// <param name="name">What to call the picture in messages.</param>
    /// <exception cref="MediaException">The bytes are no picture, or damaged.</exception>
    /// <exception cref="LimitExceededException">The bytes or their picture are larger than the options allow.</exception>
    public static ImageReadResult Read(Stream stream, ImageReadOptions? options = null, string name = "(stream)")
    {
        options ??= ImageReadOptions.Default;
        return MagickReader.Read(Load(stream, name, options), name, options);
    }

    /// <summary>Reads a picture from bytes in memory.</summary>
    /// <param name="data">The whole file.</param>
    /// <param name="options">Limits and colour handling; defaults when null.</param>
    /// <param name="name">What to call the picture in messages.</param>
    /// <exception cref="MediaException">The bytes are no picture, or damaged.</exception>
    /// <exception cref="LimitExceededException">The picture is larger than the options allow.</exception>
    public static ImageReadResult Read(ReadOnlySpan<byte> data, ImageReadOptions? options = null, string name = "(memory)") =>
        MagickReader.Read(data, name, options ?? ImageReadOptions.Default);

    /// <summary>Reads only the header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The limit on the file's size; defaults when null. A picture of any dimensions is described.</param>
    /// <exception cref="MediaException">The file is missing or its header is not that of a picture.</exception>
    /// <exception cref="LimitExceededException">The file is larger than the options allow.</exception>
    public static ImageInfo Identify(string path, ImageReadOptions? options = null) =>
        MagickReader.Identify(LoadFile(path, options ?? ImageReadOptions.Default), path);

    /// <summary>Reads only the header of a picture in memory.</summary>
    /// <param name="data">The whole file.</param>
    /// <param name="name">What to call the picture in messages.</param>
    /// <exception cref="MediaException">The header is not that of a picture.</exception>
    public static ImageInfo Identify(ReadOnlySpan<byte> data, string name = "(memory)") => MagickReader.Identify(data, name);

    /// <summary>Writes a picture in the format that the file's extension names.</summary>
    /// <inheritdoc cref="Write(Image, string, ImageFormat, ImageWriteOptions?)"/>
    public static IReadOnlyList<string> Write(Image image, string path, ImageWriteOptions? options = null) =>
        Write(image, path, ImageFormats.FromPath(path), options);

    /// <summary>Writes a picture. The file appears complete or not at all: it is written under a temporary name beside it and renamed.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="format">The format.</param>
    /// <param name="options">Quality, alpha and metadata handling; defaults when null.</param>
    /// <returns>Sentences for the user about metadata that the format cannot hold; empty when all was written.</returns>
    /// <exception cref="MediaException">The format cannot hold the picture (alpha, size) or the file cannot be written.</exception>
    public static IReadOnlyList<string> Write(Image image, string path, ImageFormat format, ImageWriteOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var warnings = new List<string>();
        byte[] bytes = Encode(image, format, options, warnings);
        try
        {
            string target = Path.GetFullPath(path);
            string temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
            try
            {
                using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
                {
                    file.Write(bytes);
                    file.Flush(flushToDisk: true);
                }

                File.Move(temporary, target, overwrite: true);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MediaException($"'{path}' cannot be written: {error.Message}", error);
        }

        return warnings;
    }

    /// <summary>Writes a picture to a stream.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="format">The format.</param>
    /// <param name="options">Quality, alpha and metadata handling; defaults when null.</param>
    /// <returns>Sentences for the user about metadata that the format cannot hold; empty when all was written.</returns>
    /// <exception cref="MediaException">The format cannot hold the picture (alpha, size).</exception>
    public static IReadOnlyList<string> Write(Image image, Stream stream, ImageFormat format, ImageWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var warnings = new List<string>();
        stream.Write(Encode(image, format, options, warnings));
        return warnings;
    }

    /// <summary>Encodes a picture into bytes.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="format">The format.</param>
    /// <param name="options">Quality, alpha and metadata handling; defaults when null.</param>
    /// <exception cref="MediaException">The format cannot hold the picture (alpha, size).</exception>
    public static byte[] Encode(Image image, ImageFormat format, ImageWriteOptions? options = null) => Encode(image, format, options, []);

    private static byte[] Encode(Image image, ImageFormat format, ImageWriteOptions? options, List<string> warnings)
    {
        ArgumentNullException.ThrowIfNull(image);
        return MagickWriter.Encode(image, format, options ?? ImageWriteOptions.Default, warnings);
    }

    private static byte[] LoadFile(string path, ImageReadOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using FileStream file = File.OpenRead(path);
            return Load(file, path, options);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MediaException($"'{path}' cannot be read: {error.Message}", error);
        }
    }

    private static byte[] Load(Stream stream, string name, ImageReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.CanSeek && stream.Length - stream.Position > options.MaxFileBytes)
        {
            throw TooLarge(name, options);
        }

        using var buffer = new MemoryStream(stream.CanSeek ? (int)Math.Max(0, stream.Length - stream.Position) : 0);
        byte[] block = new byte[81920];
        for (int read; (read = stream.Read(block)) > 0;)
        {
            if (buffer.Length + read > options.MaxFileBytes)
            {
                throw TooLarge(name, options);
            }

            buffer.Write(block, 0, read);
        }

        return buffer.Capacity == buffer.Length ? buffer.GetBuffer() : buffer.ToArray();
    }

    private static LimitExceededException TooLarge(string name, ImageReadOptions options) =>
        new($"'{name}' is larger than {options.MaxFileBytes} bytes ({nameof(ImageReadOptions)}.{nameof(options.MaxFileBytes)}).");
}
