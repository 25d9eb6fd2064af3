using Codecs.Models.Exact;
using Codecs.Models.Nirvana.Motion;
using Codecs.Models.Nirvana;

namespace Codecs.Video.Nirvana;

/// <summary>Decides motion and skipped patches of a picture.</summary>
internal sealed class PictureEncoder(PictureShape shape, PyramidCoder planes, LaplaceTables tables)
{
    // Absolute error that a bit of motion is worth, in steps.
    private const float MotionBitPrice = 0.7f;

    // A skipped patch also saves what its error would cost those who lean on it: measured to be worth twice its own bits.
    private const double SkipGain = 2;

    /// <summary>Drafts a picture.</summary>
    /// <param name="kind">How it is predicted.</param>
    /// <param name="source">Planes to code.</param>
    /// <param name="rateIndex">Rate index.</param>
    /// <param name="sources">The decoded pictures that it is predicted from.</param>
    /// <param name="hints">Fields that may be near.</param>
    internal PictureDraft Draft(PictureKind kind, Grid[] source, int rateIndex, PictureSources sources, MotionField?[]? hints = null)
    {
        if (sources.Before is not { } before)
        {
            return new PictureDraft(source, rateIndex, [], null);
        }

        float price = MotionBitPrice * QuantizerSteps.Of(rateIndex, 0);
        var first = new MotionSearch(source[0], before.Planes[0], price);
        MotionField[] fields = [first.Run(hints?[0])];
        if (sources.After is { } after)
        {
            var second = new MotionSearch(source[0], after.Planes[0], price);
            fields = [fields[0], second.Run(hints?[1])];
            second.Refine(fields[1], MotionCompensation.Predict(before.Planes[0], fields[0], false, false, true));
            first.Refine(fields[0], MotionCompensation.Predict(after.Planes[0], fields[1], false, false, true));
        }

        PlaneReferences[] references = PictureSyntax.Predict(shape, fields, sources);
        var draft = new PictureDraft(source, rateIndex, fields, references);
        return draft with { Skipped = Skips(kind, draft) };
    }

    /// <summary>Patches whose residuals are not worth their bits.</summary>
    private bool[] Skips(PictureKind kind, PictureDraft draft)
    {
        int patches = shape.PatchColumns * shape.PatchRows;
        planes.PatchBits = new float[patches + 1];
        ISampleSink? samples = planes.Samples;
        planes.Samples = null;
        var tally = new BitTally();
        var port = new SymbolCounter(tables, tally);
        var context = new PictureContext(shape, kind, draft.RateIndex, new EntropyCoding.SignedIntegerModel(1 << 14, 2), draft.References);
        Grid[] decoded = new PictureCoder(planes).Run(context, draft.Source, ref port);
        double[] coded = Errors(draft.Source, decoded), copied = Errors(draft.Source, [.. draft.References!.Select(r => r.Mean)]);
        double step = QuantizerSteps.Of(draft.RateIndex, 0), price = SkipGain * 2 * planes.BitPrice * step * step;
        bool[] skipped = [.. Enumerable.Range(0, patches).Select(i => copied[i] <= coded[i] + (price * planes.PatchBits[i]))];
        planes.PatchBits = null;
        planes.Samples = samples;
        return skipped;
    }

    /// <summary>Squared error of each patch over all planes.</summary>
    private double[] Errors(Grid[] source, Grid[] decoded)
    {
        double[] errors = new double[shape.PatchColumns * shape.PatchRows];
        for (int p = 0; p < source.Length; p++)
        {
            int width = p > 0 && shape.HalfColumns ? PatchGrid.Bits - 1 : PatchGrid.Bits, height = p > 0 && shape.HalfRows ? PatchGrid.Bits - 1 : PatchGrid.Bits;
            for (int y = 0; y < source[p].Height; y++)
            {
                ReadOnlySpan<short> a = source[p].Row(y), b = decoded[p].Row(y);
                Span<double> row = errors.AsSpan((y >> height) * shape.PatchColumns, shape.PatchColumns);
                for (int x = 0; x < a.Length; x++)
                {
                    int difference = a[x] - b[x];
                    row[x >> width] += (double)difference * difference;
                }
            }
        }

        return errors;
    }
}
