using System.Numerics;
using Codecs.Formats.Media;
using Codecs.Geometry.Fields;
using Codecs.Images;
using Codecs.Metrics.Geometry;

namespace Codecs.Geometry.Colour;

/// <summary>Codes the colours of a surface for another surface that a decoder will have: tries carriers and keeps the one with the best surface PSNR in its worse direction.</summary>
internal static class ColourEncoder
{
    /// <summary>Bytes of the smallest carrier, one colour.</summary>
    internal const int SmallestCarrier = 1 + OneColour.Bytes;

    // A difference that nobody sees; fewer bytes count more.
    private const double SameDb = 0.05;

    /// <summary>Codes the colours of a surface.</summary>
    /// <param name="original">The surface.</param>
    /// <param name="decoded">What a decoder will have, exactly.</param>
    /// <param name="frame">The field that the decoder knows.</param>
    /// <param name="options">Bytes; null for the defaults.</param>
    /// <param name="pictures">Codes sheets of views; null leaves them out.</param>
    /// <param name="cancellation">Stops between attempts.</param>
    /// <exception cref="TargetUnreachableException">The budget is below <see cref="SmallestCarrier"/>.</exception>
    /// <exception cref="ArgumentException">A surface has no area.</exception>
    internal static ColourCarrier Encode(
        Surface original, TriangleTree decoded, FieldFrame frame, ColourEncoderOptions? options, ImageCodec? pictures, CancellationToken cancellation = default)
    {
        var positions = new Vector3[original.VertexCount];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = new(original.Positions[3 * i], original.Positions[(3 * i) + 1], original.Positions[(3 * i) + 2]);
        }

        return Encode(TriangleTree.Build(positions, original.Triangles), new SurfaceColour(original), decoded, frame, options, pictures, cancellation);
    }

    /// <summary>Codes the colours of a surface that come from elsewhere.</summary>
    /// <param name="original">The surface.</param>
    /// <param name="colours">Its colours.</param>
    /// <param name="decoded">What a decoder will have, exactly.</param>
    /// <param name="frame">The field that the decoder knows.</param>
    /// <param name="options">Bytes; null for the defaults.</param>
    /// <param name="pictures">Codes sheets of views; null leaves them out.</param>
    /// <param name="cancellation">Stops between attempts.</param>
    /// <exception cref="TargetUnreachableException">The budget is below <see cref="SmallestCarrier"/>.</exception>
    /// <exception cref="ArgumentException">A surface has no area.</exception>
    internal static ColourCarrier Encode(
        TriangleTree original, ISurfaceColor colours, TriangleTree decoded, FieldFrame frame, ColourEncoderOptions? options, ImageCodec? pictures, CancellationToken cancellation = default)
    {
        options ??= new ColourEncoderOptions();
        if (options.ByteBudget < SmallestCarrier)
        {
            throw new TargetUnreachableException($"Colour takes {SmallestCarrier} bytes at least; {options.ByteBudget} were asked for.");
        }

        List<ColourCarrier> tried = TryAll(original, colours, decoded, frame, options, pictures, cancellation);
        ColourCarrier best = tried[0];
        foreach (ColourCarrier carrier in tried)
        {
            double gain = carrier.Psnr.Worse - best.Psnr.Worse;
            best = gain > SameDb || (gain > -SameDb && carrier.Payload.Length < best.Payload.Length) ? carrier : best;
        }

        return best;
    }

    /// <summary>The best of each kind that fits into the budget; one colour comes first.</summary>
    internal static List<ColourCarrier> TryAll(
        TriangleTree original, ISurfaceColor colours, TriangleTree decoded, FieldFrame frame, ColourEncoderOptions options, ImageCodec? pictures, CancellationToken cancellation)
    {
        ColourSamples fit = ColourSamples.Take(original, colours, decoded, options.Samples, seed: 0, options.Workers);
        ColourSamples check = ColourSamples.Take(original, colours, decoded, Math.Max(1, options.Samples / 2), seed: 1, options.Workers);
        var one = new OneColour(fit.Mean());
        List<ColourCarrier> tried = [new ColourCarrier(ColourCarrierKind.None, [(byte)ColourCarrierKind.None, .. one.Rgb], check.Measure(one), "one colour")];
        var volumes = new VolumeSearch(fit, check, frame, cancellation);
        if (options.Tries(ColourCarrierKind.Volume) && volumes.Best(options.ByteBudget) is { } volume)
        {
            tried.Add(volume);
        }

        if (pictures is not null && (options.Tries(ColourCarrierKind.SixViews) || options.Tries(ColourCarrierKind.SixViewsAndVolume)))
        {
            var sheets = new SheetSearch(fit, check, decoded, frame, pictures, options.Workers, cancellation);
            if (sheets.Best(options.ByteBudget) is { } sheet)
            {
                if (options.Tries(ColourCarrierKind.SixViews))
                {
                    tried.Add(sheet);
                }

                if (options.Tries(ColourCarrierKind.SixViewsAndVolume) && sheets.WithVolume(options.ByteBudget) is { } both)
                {
                    tried.Add(both);
                }
            }
        }

        return tried;
    }
}
