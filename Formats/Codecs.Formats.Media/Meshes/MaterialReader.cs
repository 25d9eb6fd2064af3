using System.Numerics;
using System.Text.Json.Nodes;

namespace Codecs.Formats.Media;

/// <summary>Reads a document's materials; each picture is decoded once.</summary>
internal sealed class MaterialReader(Scene scene, SceneLimits limits, bool decode)
{
    private readonly Dictionary<int, Image?> _images = [];
    private long _pixels;

    /// <summary>What could not be decoded.</summary>
    public List<string> Warnings { get; } = [];

    public SurfaceMaterial Read(int index)
    {
        JsonObject json = GltfJson.Item(scene.Json, "materials", index);
        (JsonObject pbr, bool old) = BaseOf(json);
        double[] color = GltfJson.Numbers(pbr, old ? "diffuseFactor" : "baseColorFactor", 4) ?? [1, 1, 1, 1];
        double[] emissive = GltfJson.Numbers(json, "emissiveFactor", 3) ?? [0, 0, 0];
        TextureSlot? slot = TextureSlot.BaseColor(scene, json);
        (TextureWrap u, TextureWrap v) = slot is null ? (TextureWrap.Repeat, TextureWrap.Repeat) : Wraps(slot.Texture);
        return new SurfaceMaterial
        {
            Name = GltfJson.Text(json, "name"),
            BaseColor = new Vector4(Unit(color[0]), Unit(color[1]), Unit(color[2]), Unit(color[3])),
            Metallic = old ? 0 : Unit(GltfJson.Number(pbr, "metallicFactor", 1)),
            Roughness = old ? 1 - Unit(GltfJson.Number(pbr, "glossinessFactor", 1)) : Unit(GltfJson.Number(pbr, "roughnessFactor", 1)),
            Emissive = new Vector3(Unit(emissive[0]), Unit(emissive[1]), Unit(emissive[2])),
            AlphaMode = GltfJson.Text(json, "alphaMode") switch
            {
                "MASK" => AlphaMode.Mask,
                "BLEND" => AlphaMode.Blend,
                _ => AlphaMode.Opaque,
            },
            AlphaCutoff = (float)GltfJson.Number(json, "alphaCutoff", 0.5),
            DoubleSided = GltfJson.Flag(json, "doubleSided"),
            Unlit = GltfJson.Object(json, "extensions")?.ContainsKey("KHR_materials_unlit") ?? false,
            BaseColorTexture = slot is null ? null : Texture(slot.Texture),
            WrapU = u,
            WrapV = v,
        };
    }

    /// <summary>
    /// Where a material's base colour is: in the core model, or in the retired extension KHR_materials_pbrSpecularGlossiness when that alone is there.
    /// </summary>
    public static (JsonObject Json, bool IsSpecularGlossiness) BaseOf(JsonObject material)
    {
        if (GltfJson.Object(material, "pbrMetallicRoughness") is { } pbr)
        {
            return (pbr, false);
        }

        return GltfJson.Object(material, "extensions") is { } extensions && GltfJson.Object(extensions, "KHR_materials_pbrSpecularGlossiness") is { } old ? (old, true) : ([], false);
    }

    /// <summary>The image of a texture: its source, or the WebP picture that stands in for it.</summary>
    public static int? ImageOf(Scene scene, int texture)
    {
        JsonObject json = GltfJson.Item(scene.Json, "textures", texture);
        if (GltfJson.Index(json, "source", scene.ImageCount, "images") is { } source)
        {
            return source;
        }

        return GltfJson.Object(json, "extensions") is { } extensions && GltfJson.Object(extensions, "EXT_texture_webp") is { } webp
            ? GltfJson.Index(webp, "source", scene.ImageCount, "images")
            : null;
    }

    private Image? Texture(int texture)
    {
        if (!decode)
        {
            return null;
        }

        if (ImageOf(scene, texture) is not { } image)
        {
            Warnings.Add($"Texture {texture} has no picture that can be read.");
            return null;
        }

        if (!_images.TryGetValue(image, out Image? decoded))
        {
            SceneLimits.Check(_images.Count + 1, limits.MaxTextures, "textures", nameof(limits.MaxTextures));
            decoded = Decode(image);
            _images.Add(image, decoded);
        }

        return decoded;
    }

    private Image? Decode(int image)
    {
        if (!GltfJson.Item(scene.Json, "images", image).ContainsKey("bufferView"))
        {
            Warnings.Add($"images[{image}] has no bytes.");
            return null;
        }

        ReadOnlySpan<byte> bytes = scene.Image(image).Bytes.Span;
        try
        {
            long rest = Math.Max(1, limits.MaxTexturePixels - _pixels);
            Image decoded = ImageFile.Read(bytes, new ImageReadOptions { MaxPixels = rest }, $"images[{image}]").Image;
            _pixels += decoded.PixelCount;
            return decoded;
        }
        catch (MediaException error)
        {
            Warnings.Add($"A texture cannot be decoded: {error.Message}");
            return null;
        }
    }

    private (TextureWrap U, TextureWrap V) Wraps(int texture)
    {
        JsonObject json = GltfJson.Item(scene.Json, "textures", texture);
        int samplers = GltfJson.Count(scene.Json, "samplers");
        return GltfJson.Index(json, "sampler", samplers, "samplers") is { } index
            ? (Wrap(GltfJson.Item(scene.Json, "samplers", index), "wrapS"), Wrap(GltfJson.Item(scene.Json, "samplers", index), "wrapT"))
            : (TextureWrap.Repeat, TextureWrap.Repeat);
    }

    private static TextureWrap Wrap(JsonObject sampler, string key)
    {
        var wrap = (TextureWrap)GltfJson.Integer(sampler, key, 0, int.MaxValue, (int)TextureWrap.Repeat);
        return Enum.IsDefined(wrap) ? wrap : TextureWrap.Repeat;
    }

    private static float Unit(double value) => (float)Math.Clamp(value, 0, 1);
}
