using System.Numerics;
using Codecs.Formats.Media;

namespace Codecs.Geometry.Colour;

/// <summary>Paints the sheet that a decoder samples best: each sample goes to the four pixels that it will be read from.</summary>
/// <remarks>Pixels that nothing is read from, those of hidden and of differently favoured parts too, are filled smoothly. Residuals are put back a few times (Landweber iteration), which
/// approaches the sheet of least squared error.</remarks>
internal sealed class SheetPainter
{
    private const int Refinements = 2;

    private readonly CubeViews _views;
    private readonly ColourSamples _samples;
    private readonly sbyte[] _viewOf;

    /// <summary>Decides which view each sample is read from.</summary>
    internal SheetPainter(CubeViews views, ColourSamples samples)
    {
        (_views, _samples) = (views, samples);
        _viewOf = new sbyte[samples.Points.Length];
        int hidden = 0;
        Vector3 sum = Vector3.Zero;
        for (int i = 0; i < _viewOf.Length; i++)
        {
            _viewOf[i] = (sbyte)views.Choose(samples.Points[i], samples.Normals[i]);
            if (_viewOf[i] < 0)
            {
                hidden++;
                sum += samples.Wanted[i];
            }
        }

        HiddenShare = (double)hidden / _viewOf.Length;
        HiddenMean = hidden > 0 ? sum / hidden : samples.Mean();
    }

    /// <summary>Share of the samples that no view sees.</summary>
    internal double HiddenShare { get; }

    /// <summary>Their mean colour; that of all without any.</summary>
    internal Vector3 HiddenMean { get; }

    /// <summary>Whether a sample is seen by no view.</summary>
    internal bool IsHidden(int sample) => _viewOf[sample] < 0;

    /// <summary>Paints a sheet.</summary>
    internal Image Paint(SheetLayout layout)
    {
        var sheet = new Vector3[layout.Width * layout.Height];
        for (int pass = 0; pass <= Refinements; pass++)
        {
            var sums = new Vector3[sheet.Length];
            float[] weights = new float[sheet.Length];
            for (int i = 0; i < _viewOf.Length; i++)
            {
                if (_viewOf[i] >= 0)
                {
                    SheetPlace place = SheetPlace.Find(layout, _viewOf[i], _views.Place(_viewOf[i], _samples.Points[i]));
                    place.Splat(_samples.Wanted[i] - place.Sample(sheet), sums, weights);
                }
            }

            for (int i = 0; i < sheet.Length; i++)
            {
                sheet[i] += weights[i] > 0 ? sums[i] / weights[i] : Vector3.Zero;
            }

            if (pass == 0)
            {
                PushPull.Fill(sheet, weights, layout.Width, layout.Height);
            }
        }

        return Picture(sheet, layout.Width, layout.Height);
    }

    /// <summary>A picture of colours, rounded.</summary>
    internal static Image Picture(Vector3[] colours, int width, int height)
    {
        byte[] pixels = new byte[colours.Length * 3];
        for (int i = 0; i < colours.Length; i++)
        {
            pixels[3 * i] = OneColour.Rounded(colours[i].X);
            pixels[(3 * i) + 1] = OneColour.Rounded(colours[i].Y);
            pixels[(3 * i) + 2] = OneColour.Rounded(colours[i].Z);
        }

        return new Image(width, height, ImageLayout.Rgb, pixels);
    }
}
