namespace Codecs.Geometry.Triangles;

/// <summary>How the values of a layer are predicted. The numbers are part of the payload.</summary>
internal enum ValuePrediction
{
    /// <summary>Mean of the known neighbours.</summary>
    Neighbours = 0,

    /// <summary>Mean of the parallelograms over known triangles; without one, as <see cref="Neighbours"/>.</summary>
    Parallelogram = 1,

    /// <summary>The normal of the coded positions.</summary>
    Computed = 2,

    /// <summary>The same, and it is right everywhere: nothing follows.</summary>
    ComputedExactly = 3,

    /// <summary>Not at all: each component is that of a neighbour, or any number.</summary>
    Names = 4,
}
