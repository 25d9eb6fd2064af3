namespace Codecs.Formats.Media;

/// <summary>What a texture shows outside 0..1, with glTF's codes.</summary>
public enum TextureWrap
{
    /// <summary>The nearest pixel of its border.</summary>
    Clamp = 33071,

    /// <summary>Itself, mirrored every second time.</summary>
    Mirror = 33648,

    /// <summary>Itself again.</summary>
    Repeat = 10497,
}
