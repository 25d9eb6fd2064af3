using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>Colours from textures.</summary>
public sealed class TextureColors : ISurfaceColor
{
    private readonly Vector2[] _places;
    private readonly int[] _textureOfTriangle;
    private readonly SurfaceTexture[] _textures;
    private readonly ISurfaceColor _untextured;

    /// <summary>Takes textures and where corners lie on them; arrays are kept, not copied.</summary>
    /// <param name="places">Texture coordinates as in glTF, three a triangle.</param>
    /// <param name="textureOfTriangle">For each triangle the number of its texture; -1 for none.</param>
    /// <param name="textures">The textures.</param>
    /// <param name="untextured">Colours of triangles without texture; white when left out.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, or a texture does not exist.</exception>
    public TextureColors(Vector2[] places, int[] textureOfTriangle, SurfaceTexture[] textures, ISurfaceColor? untextured = null)
    {
        ArgumentNullException.ThrowIfNull(places);
        ArgumentNullException.ThrowIfNull(textureOfTriangle);
        ArgumentNullException.ThrowIfNull(textures);
        if (places.Length != 3L * textureOfTriangle.Length)
        {
            throw new ArgumentException($"Three texture coordinates for each of {textureOfTriangle.Length} triangles are needed, found {places.Length}.", nameof(places));
        }

        foreach (int texture in textureOfTriangle)
        {
            if (texture < -1 || texture >= textures.Length)
            {
                throw new ArgumentException($"A triangle names texture {texture}; there are {textures.Length}.", nameof(textureOfTriangle));
            }
        }

        (_places, _textureOfTriangle, _textures) = (places, textureOfTriangle, textures);
        _untextured = untextured ?? new ConstantColor(Vector3.One);
    }

    /// <inheritdoc/>
    public Vector3 At(int triangle, Vector3 barycentric)
    {
        int texture = _textureOfTriangle[triangle];
        if (texture < 0)
        {
            return _untextured.At(triangle, barycentric);
        }

        int corner = 3 * triangle;
        return _textures[texture].At((barycentric.X * _places[corner]) + (barycentric.Y * _places[corner + 1]) + (barycentric.Z * _places[corner + 2]));
    }
}
