using System.Text.Json.Nodes;

namespace Codecs.Formats.Media;

/// <summary>Where a material has its base colour texture, and which coordinates it takes (glTF 2.0, 3.9.2; KHR_texture_transform).</summary>
internal sealed class TextureSlot
{
    private float _scaleU = 1, _scaleV = 1, _shiftU, _shiftV, _sin, _cos = 1;

    private TextureSlot(int texture, int set)
    {
        Texture = texture;
        Set = set;
    }

    /// <summary>The texture's place in the document.</summary>
    public int Texture { get; }

    /// <summary>Which TEXCOORD it takes.</summary>
    public int Set { get; private set; }

    /// <summary>A material's base colour texture, or null when it has none.</summary>
    public static TextureSlot? BaseColor(Scene scene, JsonObject material)
    {
        (JsonObject look, bool old) = MaterialReader.BaseOf(material);
        if (GltfJson.Object(look, old ? "diffuseTexture" : "baseColorTexture") is not { } info)
        {
            return null;
        }

        int texture = GltfJson.Index(info, "index", GltfJson.Count(scene.Json, "textures"), "textures") ?? throw new MediaException($"{info.GetPath()} has no 'index'.");
        var slot = new TextureSlot(texture, (int)GltfJson.Integer(info, "texCoord", 0, 255, 0));
        if (GltfJson.Object(info, "extensions") is { } extensions && GltfJson.Object(extensions, "KHR_texture_transform") is { } transform)
        {
            slot.Set = (int)GltfJson.Integer(transform, "texCoord", 0, 255, slot.Set);
            double[] shift = GltfJson.Numbers(transform, "offset", 2) ?? [0, 0], scale = GltfJson.Numbers(transform, "scale", 2) ?? [1, 1];
            (slot._shiftU, slot._shiftV, slot._scaleU, slot._scaleV) = ((float)shift[0], (float)shift[1], (float)scale[0], (float)scale[1]);
            double turn = GltfJson.Number(transform, "rotation", 0);
            (slot._sin, slot._cos) = ((float)Math.Sin(turn), (float)Math.Cos(turn));
        }

        return slot;
    }

    /// <summary>Bakes the transform into coordinates: scaled, then turned, then shifted.</summary>
    public void Apply(Span<float> coordinates)
    {
        if (_scaleU == 1 && _scaleV == 1 && _shiftU == 0 && _shiftV == 0 && _sin == 0)
        {
            return;
        }

        for (int i = 0; i + 1 < coordinates.Length; i += 2)
        {
            float u = coordinates[i] * _scaleU, v = coordinates[i + 1] * _scaleV;
            coordinates[i] = (u * _cos) + (v * _sin) + _shiftU;
            coordinates[i + 1] = (v * _cos) - (u * _sin) + _shiftV;
        }
    }
}
