namespace Codecs.Geometry.Triangles;

/// <summary>What the values of a layer mean; it chooses how they are predicted. The numbers are part of the payload.</summary>
public enum AttributeKind
{
    /// <summary>Anything without a better name.</summary>
    Generic = 0,

    /// <summary>Texture coordinates.</summary>
    TexCoord = 1,

    /// <summary>Unit normals as two octahedral coordinates, see <see cref="Octahedral"/>.</summary>
    Normal = 2,

    /// <summary>Unit tangents: two octahedral coordinates and the sign of the bitangent (0 minus, largest value plus).</summary>
    Tangent = 3,

    /// <summary>Colours, 0 to 1.</summary>
    Color = 4,

    /// <summary>Numbers of joints, as they are.</summary>
    Joints = 5,

    /// <summary>Weights of joints; if the values of every vertex have the same sum, the last is not stored.</summary>
    Weights = 6,
}
