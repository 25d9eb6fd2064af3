using System.Numerics;

namespace Codecs.Formats.Media;

/// <summary>How a part of a surface looks: the base of glTF's metallic-roughness model (glTF 2.0, 3.9). Factors are linear, 0 to 1.</summary>
public sealed record SurfaceMaterial
{
    /// <summary>What glTF takes where there is no material: white, metallic and rough.</summary>
    public static SurfaceMaterial Default { get; } = new();

    /// <summary>White, not metallic, rough: what suits models that say nothing of light.</summary>
    public static SurfaceMaterial Matte { get; } = new() { Metallic = 0 };

    /// <summary>Its name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Base colour, linear RGB and alpha, multiplied with texture and vertex colours.</summary>
    public Vector4 BaseColor { get; init; } = Vector4.One;

    /// <summary>0 dielectric to 1 metal.</summary>
    public float Metallic { get; init; } = 1;

    /// <summary>0 mirror to 1 matte.</summary>
    public float Roughness { get; init; } = 1;

    /// <summary>Emitted light, linear RGB.</summary>
    public Vector3 Emissive { get; init; }

    /// <summary>What alpha means.</summary>
    public AlphaMode AlphaMode { get; init; }

    /// <summary>Where <see cref="AlphaMode.Mask"/> begins to be visible.</summary>
    public float AlphaCutoff { get; init; } = 0.5f;

    /// <summary>True when the back is seen too.</summary>
    public bool DoubleSided { get; init; }

    /// <summary>True when light does not matter (KHR_materials_unlit).</summary>
    public bool Unlit { get; init; }

    /// <summary>Base colour texture, sRGB as all pictures here, or null. Texture coordinate (0, 0) is its upper left corner.</summary>
    public Image? BaseColorTexture { get; init; }

    /// <summary>What the texture shows left and right of 0..1.</summary>
    public TextureWrap WrapU { get; init; } = TextureWrap.Repeat;

    /// <summary>What the texture shows above and below 0..1.</summary>
    public TextureWrap WrapV { get; init; } = TextureWrap.Repeat;
}
