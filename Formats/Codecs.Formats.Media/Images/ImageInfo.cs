namespace Codecs.Formats.Media;

/// <summary>What the header of a picture file says; no pixel was decoded.</summary>
/// <param name="Format">The format found in the bytes, whatever the file is called.</param>
/// <param name="Width">Width in pixels as stored, before any Exif orientation is applied.</param>
/// <param name="Height">Height in pixels as stored, before any Exif orientation is applied.</param>
public sealed record ImageInfo(ImageFormat Format, int Width, int Height);
