namespace Codecs.Formats.Media;

/// <summary>Takes picture files beside a model into a scene.</summary>
internal static class TextureImages
{
    /// <summary>Adds a picture; PNG and JPEG as they are, others decoded and written as PNG, as glTF has no others.</summary>
    /// <returns>The image's place in the document, or null, with a warning, when it cannot be had.</returns>
    public static int? Add(Scene scene, SideFiles beside, string file, List<string> warnings)
    {
        try
        {
            byte[] bytes = beside.Read(file);
            string name = Path.GetFileNameWithoutExtension(file.Replace('\\', '/'));
            ImageFormat? format = ImageFormats.Detect(bytes.AsSpan(0, Math.Min(64, bytes.Length)));
            if (format is ImageFormat.Png or ImageFormat.Jpeg)
            {
                return scene.AddImage(bytes, format == ImageFormat.Png ? "image/png" : "image/jpeg", name);
            }

            Image decoded = ImageFile.Read(bytes, new ImageReadOptions { MaxPixels = beside.Limits.MaxTexturePixels }, file).Image;
            return scene.AddImage(ImageFile.Encode(decoded, ImageFormat.Png), "image/png", name);
        }
        catch (CodecException error)
        {
            warnings.Add($"A texture is missing: {error.Message}");
            return null;
        }
    }
}
