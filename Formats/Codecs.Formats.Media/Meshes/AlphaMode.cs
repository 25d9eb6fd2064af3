namespace Codecs.Formats.Media;

/// <summary>What a material's alpha means (glTF 2.0, 3.9.6).</summary>
public enum AlphaMode
{
    /// <summary>Nothing.</summary>
    Opaque,

    /// <summary>Visible where it reaches the cutoff.</summary>
    Mask,

    /// <summary>Mixed with what is behind.</summary>
    Blend,
}
