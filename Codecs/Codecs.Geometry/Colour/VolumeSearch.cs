using Codecs.Geometry.Fields;
using Codecs.Metrics.Geometry;

namespace Codecs.Geometry.Colour;

/// <summary>Looks for the size and step of a colour volume that are best within a number of bytes.</summary>
internal sealed class VolumeSearch(ColourSamples fit, ColourSamples check, FieldFrame frame, CancellationToken cancellation)
{
    /// <summary>Bytes before the coefficients: kind, size, step.</summary>
    internal const int HeaderBytes = 3;

    // Larger ones do not help where a size does worse than a smaller one by this much.
    private const double WorseDb = 0.2;

    private static readonly int[] s_sizes = [8, 12, 16, 24, 32];

    /// <summary>The best volume; null when none fits.</summary>
    internal ColourCarrier? Best(long bytes)
    {
        ColourCarrier? best = null;
        foreach (int size in s_sizes)
        {
            if (FinestStep(new VolumeFitter(fit, frame, size), bytes - HeaderBytes, cancellation) is not { } found)
            {
                continue;
            }

            SurfaceColorPsnr psnr = check.Measure(new VolumeColour(found.Symbols, frame));
            if (psnr.Worse < best?.Psnr.Worse - WorseDb)
            {
                break;
            }

            if (best is null || psnr.Worse > best.Psnr.Worse)
            {
                byte[] payload = [(byte)ColourCarrierKind.Volume, (byte)size, (byte)found.Symbols.Step, .. found.Coded];
                best = new ColourCarrier(ColourCarrierKind.Volume, payload, psnr, $"{size} nodes, step {found.Symbols.Step}");
            }
        }

        return best;
    }

    /// <summary>The volume of the finest step whose coefficients fit; null when not even the coarsest does.</summary>
    internal static (VolumeSymbols Symbols, byte[] Coded)? FinestStep(VolumeFitter fitter, long bytes, CancellationToken cancellation)
    {
        (VolumeSymbols, byte[])? best = null;
        for (int low = 0, high = VolumeSymbols.Steps; low < high;)
        {
            cancellation.ThrowIfCancellationRequested();
            int middle = (low + high) / 2;
            VolumeSymbols symbols = fitter.Fit(middle);
            byte[] coded = VolumeCoder.Encode(symbols);
            if (coded.Length <= bytes)
            {
                (best, high) = ((symbols, coded), middle);
            }
            else
            {
                low = middle + 1;
            }
        }

        return best;
    }
}
