using Codecs.Geometry.Triangles;

namespace Codecs.Geometry.Scenes;

/// <summary>Counts bytes by what they are for.</summary>
internal sealed class PartBytes
{
    public const string Connectivity = "connectivity";
    public const string Positions = "positions";
    public const string Document = "document";
    public const string Images = "images";
    public const string Data = "other data";
    public const string Framing = "framing";

    private readonly Dictionary<string, long> _bytes = [];

    /// <summary>Adds bytes to a part.</summary>
    public void Add(string part, long bytes) => _bytes[part] = _bytes.GetValueOrDefault(part) + bytes;

    /// <summary>Adds what triangles took.</summary>
    public void Add(EncodedTriangles triangles, IReadOnlyList<AttributeLayer> layers)
    {
        Add(Connectivity, triangles.PartBytes[0]);
        Add(Positions, triangles.PartBytes[1]);
        for (int i = 0; i < layers.Count; i++)
        {
            Add(NameOf(layers[i].Kind), triangles.PartBytes[i + 2]);
        }
    }

    /// <summary>The parts with bytes, largest first; what is missing from the total is framing.</summary>
    public IReadOnlyList<(string Part, long Bytes)> ToList(long total)
    {
        Add(Framing, total - _bytes.Values.Sum());
        return [.. _bytes.Where(p => p.Value != 0).OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, p.Value))];
    }

    private static string NameOf(AttributeKind kind) => kind switch
    {
        AttributeKind.TexCoord => "texture coordinates",
        AttributeKind.Normal => "normals",
        AttributeKind.Tangent => "tangents",
        AttributeKind.Color => "colors",
        AttributeKind.Joints or AttributeKind.Weights => "joints and weights",
        _ => "other attributes",
    };
}
