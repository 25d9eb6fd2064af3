namespace Codecs.Metrics.Geometry;

/// <summary>A search for the nearest primitive; a struct, so that the traversal is compiled for it.</summary>
internal interface ILeafSearch
{
    /// <summary>Squared distance that still interests.</summary>
    double Best { get; }

    /// <summary>Looks at the primitives of a leaf.</summary>
    void Visit(int first, int count);
}
