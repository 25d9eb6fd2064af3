namespace Codecs.Formats.Media;

/// <summary>An image of a scene, still the file that it was.</summary>
/// <param name="Index">Its place in the document.</param>
/// <param name="Name">Its name, or null.</param>
/// <param name="MimeType">What the document says it is, such as image/png, or null.</param>
/// <param name="Bytes">The whole picture file.</param>
public sealed record SceneImage(int Index, string? Name, string? MimeType, ReadOnlyMemory<byte> Bytes);
