namespace Codecs.Models.Nirvana;

/// <summary>The planes on a pyramid step's coarse grid that a network looks at.</summary>
internal enum FeatureSource
{
    /// <summary>Means, decoded.</summary>
    Mean,

    /// <summary>Half differences of this step that are decoded already (the first phase's).</summary>
    Half,

    /// <summary>What was decoded on top of the prediction in this step's first phase.</summary>
    Residual,

    /// <summary>The same of the step before, spread to this grid.</summary>
    Parent,

    /// <summary>The same of two steps before.</summary>
    Grandparent,

    /// <summary>Means of the motion-compensated prediction.</summary>
    ReferenceMean,

    /// <summary>Half differences of the motion-compensated prediction.</summary>
    ReferenceHalf,

    /// <summary>Means of half the difference of the two motion-compensated pictures: where it is large, neither is to be trusted.</summary>
    DoubtMean,

    /// <summary>Half differences of the same.</summary>
    DoubtHalf,

    /// <summary>Means of the decoded luma on the chroma grid.</summary>
    LumaMean,

    /// <summary>Half differences of the decoded luma.</summary>
    LumaHalf,

    /// <summary>Half differences of the decoded first chroma plane; zero while it is coded itself.</summary>
    ChromaHalf,

    /// <summary>Half differences of decoded luma less its motion-compensated prediction.</summary>
    LumaChange,

    /// <summary>The same of the first chroma plane.</summary>
    ChromaChange,

    /// <summary>How many there are.</summary>
    Count,
}
