using Codecs.EntropyCoding;
using Codecs.Models.Exact;
using Codecs.Models.Nirvana.Motion;

namespace Codecs.Models.Nirvana;

/// <summary>The pictures of a payload, one after the other: rate, motion, skipped patches, residuals. Writer and reader run the same code.</summary>
internal sealed class PictureSyntax
{
    private const int MaxRateChange = QuantizerSteps.MaxIndex;
    private readonly PictureShape _shape;
    private readonly PictureCoder _pictures;
    private readonly SignedIntegerModel _rates = new(MaxRateChange, SplitNetworks.Kinds);
    private readonly SignedIntegerModel _roots = new(1 << 14, 2);
    private readonly MotionCoder _motion = new();
    private readonly BinaryContext[] _skips = new BinaryContext[3 * SplitNetworks.Kinds];

    /// <param name="shape">The planes.</param>
    /// <param name="planes">What codes them.</param>
    internal PictureSyntax(PictureShape shape, PyramidCoder planes) => (_shape, _pictures) = (shape, new PictureCoder(planes));

    /// <summary>Forgets all statistics: for the start of a payload.</summary>
    internal void Reset()
    {
        _rates.Reset();
        _roots.Reset();
        _motion.Reset();
        Array.Clear(_skips);
    }

    /// <summary>Codes a picture.</summary>
    /// <param name="kind">How it is predicted.</param>
    /// <param name="baseRate">The rate index to expect.</param>
    /// <param name="sources">The decoded pictures that it is predicted from.</param>
    /// <param name="draft">What to write; null for a reader.</param>
    /// <param name="port">Writer, reader or counter.</param>
    internal DecodedPicture Run<TPort>(PictureKind kind, int baseRate, PictureSources sources, PictureDraft? draft, ref TPort port)
        where TPort : struct, ISymbolPort
    {
        int rate = Math.Clamp(baseRate + port.Signed(_rates, (draft?.RateIndex ?? 0) - baseRate, (int)kind), 0, QuantizerSteps.MaxIndex);
        MotionField[] fields = new MotionField[sources.Count];
        for (int f = 0; f < fields.Length; f++)
        {
            fields[f] = draft?.Motion[f] ?? new MotionField(_shape.Width, _shape.Height);
            _motion.Run(fields[f], f, ref port);
        }

        PlaneReferences[]? references = sources.Count == 0 ? null : draft?.References ?? Predict(_shape, fields, sources);
        bool[]? skipped = sources.Count == 0 ? null : Skips(kind, draft?.Skipped, ref port);
        Grid[] planes = _pictures.Run(new PictureContext(_shape, kind, rate, _roots, references, skipped), draft?.Source, ref port);
        return new DecodedPicture(planes, rate, fields);
    }

    /// <summary>What moved pictures say of each plane.</summary>
    internal static PlaneReferences[] Predict(PictureShape shape, MotionField[] fields, PictureSources sources)
    {
        var references = new PlaneReferences[shape.Planes];
        for (int p = 0; p < references.Length; p++)
        {
            bool halfColumns = p > 0 && shape.HalfColumns, halfRows = p > 0 && shape.HalfRows;
            Grid mean = MotionCompensation.Predict(sources.Before!.Planes[p], fields[0], halfColumns, halfRows, p == 0), doubt;
            (mean, doubt) = sources.After is { } after
                ? MotionCompensation.Combine(mean, MotionCompensation.Predict(after.Planes[p], fields[1], halfColumns, halfRows, p == 0))
                : (mean, Grid.Create(mean.Width, mean.Height));
            references[p] = new PlaneReferences(mean, doubt, sources.RateIndex, sources.Distance);
        }

        return references;
    }

    private bool[] Skips<TPort>(PictureKind kind, bool[]? given, ref TPort port)
        where TPort : struct, ISymbolPort
    {
        int columns = _shape.PatchColumns;
        bool[] skipped = new bool[columns * _shape.PatchRows];
        for (int i = 0; i < skipped.Length; i++)
        {
            int neighbours = (i % columns > 0 && skipped[i - 1] ? 1 : 0) + (i >= columns && skipped[i - columns] ? 1 : 0);
            skipped[i] = port.Bit(ref _skips[((int)kind * 3) + neighbours], given is not null && given[i] ? 1 : 0) != 0;
        }

        return skipped;
    }
}

/// <summary>What an encoder has decided about a picture.</summary>
/// <param name="Source">Planes to code, margins extended.</param>
/// <param name="RateIndex">Rate index.</param>
/// <param name="Motion">A field for each picture it is predicted from.</param>
/// <param name="References">What the pictures moved by these fields say.</param>
/// <param name="Skipped">Patches that take the prediction as it is; null for none.</param>
internal sealed record PictureDraft(Grid[] Source, int RateIndex, MotionField[] Motion, PlaneReferences[]? References, bool[]? Skipped = null);

/// <summary>A decoded picture.</summary>
/// <param name="Planes">Its planes, margins extended.</param>
/// <param name="RateIndex">Rate index.</param>
/// <param name="Motion">Its motion.</param>
internal sealed record DecodedPicture(Grid[] Planes, int RateIndex, MotionField[] Motion);

/// <summary>The pictures that one is predicted from.</summary>
/// <param name="Before">The one before it; null for key pictures.</param>
/// <param name="After">The one after it; null for anchors.</param>
/// <param name="Distance">Pictures from the first of them to the other, or to this one where there is no other.</param>
internal readonly record struct PictureSources(DecodedPicture? Before, DecodedPicture? After = null, int Distance = 1)
{
    /// <summary>0, 1 or 2.</summary>
    internal int Count => Before is null ? 0 : After is null ? 1 : 2;

    /// <summary>Their mean rate index.</summary>
    internal int RateIndex => After is null ? Before!.RateIndex : (Before!.RateIndex + After.RateIndex) >> 1;
}
