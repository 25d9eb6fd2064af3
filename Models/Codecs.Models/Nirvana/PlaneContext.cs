using Codecs.EntropyCoding;

namespace Codecs.Models.Nirvana;

/// <summary>What a plane is coded with: its place among pictures and planes, and what is known before its first symbol.</summary>
internal sealed class PlaneContext
{
    private readonly Grid[]? _reference;
    private readonly Grid[]? _doubt;
    private readonly Grid[]? _luma;
    private readonly Grid[]? _chroma;
    private readonly Grid[]? _lumaChange;
    private readonly Grid[]? _chromaChange;
    private readonly PatchGrid _patches;
    private readonly bool[]? _skipped;

    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="kind">How the picture is predicted.</param>
    /// <param name="plane">0..2.</param>
    /// <param name="rateIndex">Rate index of the plane.</param>
    /// <param name="references">What other pictures say of it; null in key pictures.</param>
    /// <param name="guides">For chroma planes: decoded planes of this picture at this plane's size.</param>
    /// <param name="patches">The patches of the plane.</param>
    /// <param name="skipped">Which of them take the prediction as it is; null for none.</param>
    /// <param name="roots">Statistics of the coarsest plane.</param>
    internal PlaneContext(
        int width, int height, PictureKind kind, int plane, int rateIndex, PlaneReferences? references, PlaneGuides? guides, PatchGrid patches,
        bool[]? skipped, SignedIntegerModel roots)
    {
        (Kind, Plane, RateIndex, _patches, _skipped, Roots) = (kind, plane, rateIndex, patches, skipped, roots);
        Steps = Split.Plan(width, height);
        RootSize = Steps.Length > 0 ? (Steps[^1].CoarseWidth, Steps[^1].CoarseHeight) : (width, height);
        Scalars = references is null
            ? [QuantizerSteps.Feature(rateIndex)]
            : [QuantizerSteps.Feature(rateIndex), references.Value.RateFeature(rateIndex), references.Value.DistanceFeature];
        if (references is { } r)
        {
            (_reference, _doubt) = (PyramidCoder.Pyramid(Steps, r.Mean), PyramidCoder.Pyramid(Steps, r.Doubt));
        }

        if (guides is { } g)
        {
            _luma = PyramidCoder.Pyramid(Steps, g.Luma);
            _chroma = g.Chroma is null ? null : PyramidCoder.Pyramid(Steps, g.Chroma);
            _lumaChange = g.LumaChange is null ? null : PyramidCoder.Pyramid(Steps, g.LumaChange);
            _chromaChange = g.ChromaChange is null ? null : PyramidCoder.Pyramid(Steps, g.ChromaChange);
        }
    }

    /// <summary>How the picture is predicted.</summary>
    internal PictureKind Kind { get; }

    /// <summary>Statistics of the coarsest plane.</summary>
    internal SignedIntegerModel Roots { get; }

    /// <summary>0..2.</summary>
    internal int Plane { get; }

    /// <summary>Rate index.</summary>
    internal int RateIndex { get; }

    /// <summary>Inputs of the networks that are the same everywhere.</summary>
    internal short[] Scalars { get; }

    /// <summary>The steps of the pyramid, the finest first.</summary>
    internal Split[] Steps { get; }

    /// <summary>Size of the coarsest plane.</summary>
    internal (int Width, int Height) RootSize { get; }

    /// <summary>Prediction of the coarsest plane.</summary>
    internal Grid? RootReference => _reference?[^1];

    /// <summary>The planes that a step's networks look at; those of the step itself are still to be filled in.</summary>
    internal Grid?[] Sources(int k)
    {
        var sources = new Grid?[(int)FeatureSource.Count];
        if (_reference is not null)
        {
            sources[(int)FeatureSource.ReferenceMean] = _reference[k + 1];
            sources[(int)FeatureSource.ReferenceHalf] = Halves(_reference, k);
            sources[(int)FeatureSource.DoubtMean] = _doubt![k + 1];
            sources[(int)FeatureSource.DoubtHalf] = Halves(_doubt, k);
        }

        if (_luma is not null)
        {
            sources[(int)FeatureSource.LumaMean] = _luma[k + 1];
            sources[(int)FeatureSource.LumaHalf] = Halves(_luma, k);
            sources[(int)FeatureSource.ChromaHalf] = Halves(_chroma, k);
            sources[(int)FeatureSource.LumaChange] = Halves(_lumaChange, k);
            sources[(int)FeatureSource.ChromaChange] = Halves(_chromaChange, k);
        }

        return sources;
    }

    /// <summary>A plane of zeros on a step's coarse grid.</summary>
    internal Grid Zeros(int k) => Grid.Create(Steps[k].CoarseWidth, Steps[k].CoarseHeight);

    /// <summary>Positions of a step that belong to skipped patches, [rows, columns] of its coarse grid; null for none.</summary>
    internal bool[]? Skipped(int k) => _skipped is null ? null : _patches.Spread(_skipped, Steps, k);

    /// <summary>The patch of a position of a step; the number of patches for positions above patches.</summary>
    internal int PatchOf(int k, int x, int y) => _patches.Of(k, x, y);

    private Grid Halves(Grid[]? pyramid, int k)
    {
        if (pyramid is null)
        {
            return Zeros(k);
        }

        Grid halves = Steps[k].Halves(pyramid[k]);
        halves.Extend();
        return halves;
    }
}

/// <summary>What other pictures say of a plane.</summary>
/// <param name="Mean">The mean of the moved pictures.</param>
/// <param name="Doubt">Half their difference; zero where there is only one.</param>
/// <param name="RateIndex">Mean rate index of the pictures.</param>
/// <param name="Distance">Pictures from the first of them to the other, or to this one where there is no other.</param>
internal readonly record struct PlaneReferences(Grid Mean, Grid Doubt, int RateIndex, int Distance)
{
    /// <summary>How much coarser the pictures were coded, as networks see it.</summary>
    internal short RateFeature(int rateIndex) => (short)((RateIndex - rateIndex) * 16);

    /// <summary>The distance as networks see it: 1/2 for an octave.</summary>
    internal short DistanceFeature => (short)(System.Numerics.BitOperations.Log2((uint)Distance) * 64);
}

/// <summary>Decoded planes of a picture that say something about the next, all of the size of the plane that they guide.</summary>
/// <param name="Luma">Decoded luma.</param>
/// <param name="Chroma">Decoded first chroma plane; null while it is coded itself.</param>
/// <param name="LumaChange">Decoded luma less its prediction; null in key pictures.</param>
/// <param name="ChromaChange">The same of the first chroma plane.</param>
internal readonly record struct PlaneGuides(Grid Luma, Grid? Chroma, Grid? LumaChange, Grid? ChromaChange);

/// <summary>How a picture is predicted.</summary>
internal enum PictureKind
{
    /// <summary>From nothing.</summary>
    Key,

    /// <summary>From the anchor before.</summary>
    Anchor,

    /// <summary>From a picture before and one after it.</summary>
    Between,

    /// <summary>From nothing, and it stays alone: a still whose planes all have one size.</summary>
    Still,
}
