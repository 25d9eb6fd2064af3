namespace Codecs.Metrics.Geometry.Rendering;

/// <summary>What a picture of a model shows; the background is always white.</summary>
[Flags]
public enum RenderPass
{
    /// <summary>Nothing but mask and depth.</summary>
    None = 0,

    /// <summary>The shape in black.</summary>
    Silhouette = 1,

    /// <summary>Normals in scene axes, -1..1 as 0..255.</summary>
    Normals = 2,

    /// <summary>Grey: 0.25 + 0.75 max(0, n l), with the light at the camera.</summary>
    Shading = 4,

    /// <summary>Colour without light.</summary>
    Albedo = 8,

    /// <summary>Colour times grey, for people to look at.</summary>
    Lit = 16,
}
