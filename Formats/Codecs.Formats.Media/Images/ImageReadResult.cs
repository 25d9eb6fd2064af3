namespace Codecs.Formats.Media;

/// <summary>A picture that was read, and all that happened to it on the way.</summary>
/// <param name="Image">The picture, upright.</param>
/// <param name="Format">The format found in the bytes, whatever the file is called.</param>
/// <param name="Warnings">
/// Sentences for the user about everything that the picture does not keep from its file (sample depth, colour profile, further frames)
/// or that the decoder complained about; empty when nothing was changed.
/// </param>
public sealed record ImageReadResult(Image Image, ImageFormat Format, IReadOnlyList<string> Warnings);
