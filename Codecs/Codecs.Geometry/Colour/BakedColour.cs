using Codecs.Formats.Media;

namespace Codecs.Geometry.Colour;

/// <summary>Colours of a surface as a texture.</summary>
/// <param name="TexCoords">Texture coordinates of the corners, v downwards, [T, 3, 2].</param>
/// <param name="Texture">The texture, RGB, square.</param>
/// <param name="Charts">Pieces that the surface was cut into.</param>
internal sealed record BakedColour(float[] TexCoords, Image Texture, int Charts);
