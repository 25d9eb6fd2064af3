using System.Text.Json.Nodes;

namespace Codecs.Formats.Media;

/// <summary>Adds materials to a scene; a picture that several share is written once, as PNG.</summary>
internal sealed class MaterialWriter(Scene scene)
{
    private readonly Dictionary<Image, int> _images = [];

    /// <summary>Adds a material.</summary>
    /// <returns>Its place in the document.</returns>
    public int Add(SurfaceMaterial material)
    {
        int? texture = material.BaseColorTexture is { } picture ? Texture(scene, ImageOf(picture), material.WrapU, material.WrapV) : null;
        return Add(scene, material, texture);
    }

    /// <summary>Adds a material whose base colour texture is in the document.</summary>
    public static int Add(Scene scene, SurfaceMaterial material, int? texture)
    {
        var json = new JsonObject();
        if (material.Name is not null)
        {
            json["name"] = material.Name;
        }

        var pbr = new JsonObject
        {
            ["baseColorFactor"] = Numbers(material.BaseColor.X, material.BaseColor.Y, material.BaseColor.Z, material.BaseColor.W),
            ["metallicFactor"] = material.Metallic,
            ["roughnessFactor"] = material.Roughness,
        };
        if (texture is { } index)
        {
            pbr["baseColorTexture"] = new JsonObject { ["index"] = index };
        }

        json["pbrMetallicRoughness"] = pbr;
        if (material.Emissive != default)
        {
            json["emissiveFactor"] = Numbers(material.Emissive.X, material.Emissive.Y, material.Emissive.Z);
        }

        if (material.AlphaMode != AlphaMode.Opaque)
        {
            json["alphaMode"] = material.AlphaMode == AlphaMode.Mask ? "MASK" : "BLEND";
        }

        if (material.AlphaMode == AlphaMode.Mask)
        {
            json["alphaCutoff"] = material.AlphaCutoff;
        }

        if (material.DoubleSided)
        {
            json["doubleSided"] = true;
        }

        if (material.Unlit)
        {
            json["extensions"] = new JsonObject { ["KHR_materials_unlit"] = new JsonObject() };
            JsonArray used = GltfJson.Grow(scene.Json, "extensionsUsed");
            if (!SceneInspector.Names(scene.Json, "extensionsUsed").Contains("KHR_materials_unlit"))
            {
                used.Add((JsonNode)"KHR_materials_unlit");
            }
        }

        JsonArray materials = GltfJson.Grow(scene.Json, "materials");
        materials.Add((JsonNode)json);
        return materials.Count - 1;
    }

    /// <summary>Adds a texture that shows an image.</summary>
    public static int Texture(Scene scene, int image, TextureWrap u, TextureWrap v)
    {
        JsonArray samplers = GltfJson.Grow(scene.Json, "samplers"), textures = GltfJson.Grow(scene.Json, "textures");
        // 9729 linear, 9987 linear with linear mipmaps.
        samplers.Add((JsonNode)new JsonObject { ["magFilter"] = 9729, ["minFilter"] = 9987, ["wrapS"] = (int)u, ["wrapT"] = (int)v });
        textures.Add((JsonNode)new JsonObject { ["sampler"] = samplers.Count - 1, ["source"] = image });
        return textures.Count - 1;
    }

    private int ImageOf(Image picture)
    {
        if (!_images.TryGetValue(picture, out int image))
        {
            image = scene.AddImage(ImageFile.Encode(picture, ImageFormat.Png), "image/png");
            _images.Add(picture, image);
        }

        return image;
    }

    private static JsonArray Numbers(params ReadOnlySpan<float> values)
    {
        var array = new JsonArray();
        foreach (float value in values)
        {
            array.Add((JsonNode)value);
        }

        return array;
    }
}
