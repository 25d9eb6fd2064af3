namespace Codecs.Geometry.Scenes;

/// <summary>Compresses the pictures of scenes with a picture codec.</summary>
internal interface IImageRecoder
{
    /// <summary>A picture file as a file of the suite (.ncf).</summary>
    /// <param name="file">The picture file, usually PNG or JPEG.</param>
    /// <param name="mimeType">What the document says it is, or null.</param>
    /// <param name="quality">1 to 100.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The bytes, or null if the file is to stay as it is.</returns>
    byte[]? Encode(ReadOnlyMemory<byte> file, string? mimeType, double quality, CancellationToken cancellation);

    /// <summary>A PNG file of a picture that <see cref="Encode"/> made.</summary>
    /// <param name="picture">The .ncf file.</param>
    /// <exception cref="CodecException">It is damaged, or its model is missing.</exception>
    byte[] Decode(ReadOnlyMemory<byte> picture);
}
