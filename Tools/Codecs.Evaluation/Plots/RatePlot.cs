using System.Text;
using ScottPlot;

namespace Codecs.Evaluation;

/// <summary>Draws rate-distortion curves.</summary>
public static class RatePlot
{
    private const int Width = 900, Height = 620, PngScale = 2, LeftSize = 65, LabelOffset = 8;
    private const double UsualRateLimit = 2;

    // Viewers do not know the embedded family; these have nearly its widths.
    private const string SvgFamilies = "DejaVu Sans, Verdana, Segoe UI, Helvetica, Arial, sans-serif";

    /// <summary>The plot as SVG, with text as text.</summary>
    /// <param name="result">The curves.</param>
    /// <param name="quality">The vertical axis.</param>
    /// <param name="baselines">Earlier curves to draw as well, or null.</param>
    public static byte[] ToSvg(EvaluationResult result, PlotQuality quality, IReadOnlyList<ContenderResult>? baselines = null)
    {
        using Plot plot = Draw(result, quality, baselines ?? []);
        string xml = plot.GetSvgXml(Width, Height);
        return Encoding.UTF8.GetBytes(xml.Replace($"\"{PlotFont.Family}\"", $"\"{SvgFamilies}\"", StringComparison.Ordinal));
    }

    /// <summary>The plot as PNG, 1800 x 1240 pixels.</summary>
    /// <param name="result">The curves.</param>
    /// <param name="quality">The vertical axis.</param>
    /// <param name="baselines">Earlier curves to draw as well, or null.</param>
    public static byte[] ToPng(EvaluationResult result, PlotQuality quality, IReadOnlyList<ContenderResult>? baselines = null)
    {
        using Plot plot = Draw(result, quality, baselines ?? []);
        plot.ScaleFactor = PngScale;
        return plot.GetImageBytes(Width * PngScale, Height * PngScale, ImageFormat.Png);
    }

    private static Plot Draw(EvaluationResult result, PlotQuality quality, IReadOnlyList<ContenderResult> baselines)
    {
        ArgumentNullException.ThrowIfNull(result);
        PlotFont.Install();
        var plot = new Plot();
        string measure = quality == PlotQuality.Psnr ? "PSNR" : "MS-SSIM";
        string pictures = result.Pictures.Count == 1 ? "1 picture" : $"mean over {result.Pictures.Count} pictures";
        plot.Title($"{result.DataSet}: {measure}, {pictures}", size: 17);
        plot.Axes.Title.Label.Bold = false;
        plot.XLabel("bits per pixel (file size)", size: 14);
        plot.YLabel(quality == PlotQuality.Psnr ? "PSNR over RGB, dB" : "MS-SSIM, dB: -10 log10(1 - MS-SSIM)", size: 14);
        plot.Axes.Left.MinimumSize = LeftSize;
        plot.Axes.Left.Label.OffsetX = LabelOffset;
        plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;

        // Anchors first, so that the codec under test lies on top.
        int index = 0;
        List<(ContenderResult Codec, CurveStyle Style)> curves =
            [.. result.Codecs.Where(c => c.IsAnchor).Select(c => (c, CurveStyle.Of(c, isBaseline: false, index++)))];
        curves.AddRange(baselines.Select(c => (c, CurveStyle.Of(c, isBaseline: true, 0))));
        index = 0;
        curves.AddRange(result.Codecs.Where(c => !c.IsAnchor).Select(c => (c, CurveStyle.Of(c, isBaseline: false, index++))));
        List<Coordinates[]> points = [.. curves.Select(c => Points(c.Codec, quality))];
        for (int i = 0; i < curves.Count; i++)
        {
            Add(plot, curves[i].Codec.Name, curves[i].Style, points[i]);
        }

        SetLimits(plot, points);
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(.12);
        plot.Legend.FontSize = 14;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.OutlineColor = Colors.Black.WithAlpha(.2);
        plot.ShowLegend(Alignment.LowerRight);
        return plot;
    }

    private static Coordinates[] Points(ContenderResult codec, PlotQuality quality) =>
        [.. codec.Points
            .Select(p => (p.BitsPerPixel, Quality: quality == PlotQuality.Psnr ? p.PsnrDb : p.MsSsimDb))
            .Where(p => p.Quality is not null)
            .OrderBy(p => p.BitsPerPixel)
            .Select(p => new Coordinates(p.BitsPerPixel, p.Quality!.Value))];

    private static void Add(Plot plot, string name, CurveStyle style, Coordinates[] points)
    {
        if (points.Length == 0)
        {
            return;
        }

        ScottPlot.Plottables.Scatter scatter = plot.Add.Scatter(points);
        scatter.LegendText = name;
        scatter.Color = style.Color;
        scatter.LineWidth = style.LineWidth;
        scatter.MarkerShape = style.Marker;
        scatter.MarkerSize = style.LineWidth + 5;
    }

    /// <summary>0 to 2 bits per pixel, where pictures are usually compressed; all rates when a curve would be lost that way.</summary>
    private static void SetLimits(Plot plot, List<Coordinates[]> curves)
    {
        Coordinates[] all = [.. curves.SelectMany(c => c)];
        if (all.Length == 0)
        {
            return;
        }

        double highest = all.Max(p => p.X);
        double right = curves.TrueForAll(c => c.Count(p => p.X <= UsualRateLimit) >= Math.Min(2, c.Length)) ? Math.Min(UsualRateLimit, highest * 1.05) : highest * 1.05;
        Coordinates[] seen = [.. all.Where(p => p.X <= right)];
        double bottom = seen.Min(p => p.Y);
        double top = seen.Max(p => p.Y);

        // Lines that leave on the right show where they go.
        foreach (Coordinates[] curve in curves)
        {
            int next = Array.FindIndex(curve, p => p.X > right);
            if (next > 0)
            {
                double t = (right - curve[next - 1].X) / (curve[next].X - curve[next - 1].X);
                top = Math.Max(top, curve[next - 1].Y + (t * (curve[next].Y - curve[next - 1].Y)));
            }
        }

        double margin = Math.Max(0.5, (top - bottom) * 0.04);
        plot.Axes.SetLimits(0, right, bottom - margin, top + margin);
    }
}
