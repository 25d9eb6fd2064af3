namespace Codecs.Metrics.Geometry.Rendering;

/// <summary>Pictures of a model from one camera.</summary>
public sealed class RenderedView
{
    private readonly Dictionary<RenderPass, byte[]> _pictures;
    private readonly byte[] _mask;
    private readonly float[] _depth;

    internal RenderedView(int width, int height, byte[] mask, float[] depth, Dictionary<RenderPass, byte[]> pictures)
    {
        (Width, Height, _mask, _depth, _pictures) = (width, height, mask, depth, pictures);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Share of each pixel that the model covers, uint8 [height, width], 255 for all of it.</summary>
    public ReadOnlyMemory<byte> Mask => _mask;

    /// <summary>Depth of the nearest sample of each pixel, float [height, width], scene units as <see cref="Camera.Project"/> has them; positive infinity for the background.</summary>
    public ReadOnlyMemory<float> Depth => _depth;

    /// <summary>The picture of a pass.</summary>
    /// <param name="pass">One of the passes that were asked for.</param>
    /// <returns>RGB, uint8 [height, width, 3].</returns>
    /// <exception cref="ArgumentException">The pass was not asked for.</exception>
    public ReadOnlyMemory<byte> Picture(RenderPass pass) =>
        _pictures.TryGetValue(pass, out byte[]? picture) ? picture : throw new ArgumentException($"The view was not rendered with pass {pass}.", nameof(pass));
}
