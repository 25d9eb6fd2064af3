namespace Codecs.Metrics.Geometry.Rendering;

/// <summary>How two models are compared by their pictures.</summary>
public sealed record RenderComparisonOptions
{
    private readonly int _views = ViewSphere.DefaultViews;
    private readonly int _side = 256;

    /// <summary>Views, at least 1.</summary>
    public int Views
    {
        get => _views;
        init => _views = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Views), value, "Views must be 1 or more.");
    }

    /// <summary>Width and height of the pictures in pixels, 1 to 8192.</summary>
    public int Side
    {
        get => _side;
        init => _side = new RenderOptions { Width = value }.Width;
    }

    /// <summary>Orthographic cameras instead of perspective ones.</summary>
    public bool Orthographic { get; init; }

    /// <summary>As <see cref="RenderOptions.TwoSided"/>.</summary>
    public bool TwoSided { get; init; }

    /// <summary>Threads at most; 0 for one a processor. The result is the same for any number.</summary>
    public int Workers { get; init; }
}
