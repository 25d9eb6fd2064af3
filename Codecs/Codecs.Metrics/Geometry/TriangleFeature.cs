namespace Codecs.Metrics.Geometry;

/// <summary>Which part of a triangle a point lies on.</summary>
public enum TriangleFeature
{
    /// <summary>The inner part.</summary>
    Face,

    /// <summary>The first corner.</summary>
    CornerA,

    /// <summary>The second corner.</summary>
    CornerB,

    /// <summary>The third corner.</summary>
    CornerC,

    /// <summary>The edge from the first to the second corner.</summary>
    EdgeAB,

    /// <summary>The edge from the second to the third corner.</summary>
    EdgeBC,

    /// <summary>The edge from the third to the first corner.</summary>
    EdgeCA,
}
