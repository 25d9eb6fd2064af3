using System.Numerics;
using Codecs.Formats.Media;
using Codecs.Geometry.Fields;
using Codecs.Images;
using Codecs.Metrics.Geometry;

namespace Codecs.Geometry.Colour;

/// <summary>Looks for the resolution and quality of a sheet of views that are best within a number of bytes.</summary>
internal sealed class SheetSearch
{
    /// <summary>Bytes before the picture: kind, margin, pixels along z, the colour of what is hidden.</summary>
    internal const int HeaderBytes = 3 + OneColour.Bytes;

    /// <summary>The same with a volume instead of that colour: kind, margin, pixels along z, length of the volume, its size and step.</summary>
    internal const int HeaderBytesWithVolume = 7;

    private const int SmallestVolume = 24, VolumeNodes = 12;

    // Bits a pixel at which sheets do well: large pictures at low rates beat small ones at high rates (measured).
    private const double UsualBits = 0.06, LeastHidden = 0.01;

    private static readonly int[] s_sides = [16, 24, 32, 48, 64, 96, 128, 192, 256];

    private readonly ColourSamples _fit, _check;
    private readonly FieldFrame _frame;
    private readonly ImageCodec _pictures;
    private readonly CancellationToken _cancellation;
    private readonly CubeViews _views;
    private readonly SheetPainter _painter;
    private readonly Vector3 _half;
    private readonly byte _margin;
    private int _bestSide;

    internal SheetSearch(ColourSamples fit, ColourSamples check, TriangleTree decoded, FieldFrame frame, ImageCodec pictures, int workers, CancellationToken cancellation)
    {
        (_fit, _check, _frame, _pictures, _cancellation) = (fit, check, frame, pictures, cancellation);
        (_margin, Vector3 half) = SheetFrame.Around(decoded, frame);
        float side = SheetFrame.SideOf(frame, _margin);
        _half = half / side;
        _views = new CubeViews(decoded, frame.Center, side, workers);
        _painter = new SheetPainter(_views, fit);
    }

    /// <summary>The best sheet; null when none fits. Resolutions are climbed from a usual one as long as it pays.</summary>
    internal ColourCarrier? Best(long bytes)
    {
        var hidden = new OneColour(_painter.HiddenMean);
        int start = 0;
        while (start + 1 < s_sides.Length && SheetLayout.For(_half, s_sides[start + 1]) is var larger && larger.Width * larger.Height * UsualBits <= bytes * 8)
        {
            start++;
        }

        ColourCarrier? best = null;
        for (int way = -1; way <= 1; way += 2)
        {
            for (int i = way < 0 ? start : start + 1; i >= 0 && i < s_sides.Length; i += way)
            {
                ColourCarrier? tried = Try(s_sides[i], bytes - HeaderBytes, hidden, ColourCarrierKind.SixViews, hidden.Rgb);
                if (tried is not null && (best is null || tried.Psnr.Worse > best.Psnr.Worse))
                {
                    (best, _bestSide) = (tried, s_sides[i]);
                }
                else if (best is not null)
                {
                    break;
                }
            }
        }

        return best;
    }

    /// <summary>The best sheet with a volume for what it does not see, at the resolution that was best without or the next that fits; null when that is nothing or does not fit.</summary>
    internal ColourCarrier? WithVolume(long bytes)
    {
        if (_painter.HiddenShare < LeastHidden)
        {
            return null;
        }

        ColourCarrier? best = null;
        var fitter = new VolumeFitter(_fit, _frame, VolumeNodes, _painter.IsHidden);
        foreach (double share in (ReadOnlySpan<double>)[0.5, 1, 2])
        {
            long most = Math.Min((long)(bytes * Math.Min(0.5, _painter.HiddenShare * share)), 16_000);
            if (most < SmallestVolume || VolumeSearch.FinestStep(fitter, most, _cancellation) is not { } volume)
            {
                continue;
            }

            byte[] head = [(byte)volume.Symbols.Size, (byte)volume.Symbols.Step, (byte)(volume.Coded.Length & 255), (byte)(volume.Coded.Length >> 8), .. volume.Coded];
            long left = bytes - HeaderBytesWithVolume - volume.Coded.Length;
            ColourCarrier? tried = null;
            for (int i = Array.IndexOf(s_sides, _bestSide); i >= 0 && tried is null; i--)
            {
                tried = Try(s_sides[i], left, new VolumeColour(volume.Symbols, _frame), ColourCarrierKind.SixViewsAndVolume, head);
            }

            best = tried is not null && (best is null || tried.Psnr.Worse > best.Psnr.Worse) ? tried : best;
        }

        return best;
    }

    private ColourCarrier? Try(int side, long bytes, ISpaceColour hidden, ColourCarrierKind kind, byte[] head)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (bytes <= 0)
        {
            return null;
        }

        SheetLayout layout = SheetLayout.For(_half, side);
        Image sheet = _painter.Paint(layout);
        byte[] file;
        try
        {
            file = _pictures.Encode(sheet, new ImageEncoderOptions { TargetBytes = bytes, KeepMetadata = false }, cancellation: _cancellation);
        }
        catch (TargetUnreachableException)
        {
            return null;
        }

        var colour = new SheetColour(_views, layout, _pictures.Decode(file, cancellation: _cancellation), hidden);
        byte[] payload = [(byte)kind, _margin, (byte)(layout.Z / SheetLayout.Unit), .. head, .. file];
        return new ColourCarrier(kind, payload, _check.Measure(colour), $"{side} pixels, {_painter.HiddenShare:P0} hidden");
    }
}
