using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Codecs.Evaluation;

/// <summary>Puts a sheet on the canvas of the plotting library.</summary>
internal static class PlotDrawing
{
    private const int LeftSize = 65, LabelOffset = 8;

    public static Plot Draw(PlotSheet sheet)
    {
        PlotFont.Install();
        var plot = new Plot();
        plot.Title(sheet.Title, size: 17);
        plot.Axes.Title.Label.Bold = false;
        plot.XLabel(sheet.Rate, size: 14);
        plot.YLabel(sheet.Quality, size: 14);
        plot.Axes.Left.MinimumSize = LeftSize;
        plot.Axes.Left.Label.OffsetX = LabelOffset;
        plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;

        List<Coordinates[]> points = [.. sheet.Curves.Select(c => Points(c, logarithmic: sheet.UsualRateLimit is null))];
        for (int i = 0; i < points.Count; i++)
        {
            // Anchors and codecs under test are counted apart: the first of either is always drawn the same.
            int index = sheet.Curves.Take(i).Count(c => c.IsAnchor == sheet.Curves[i].IsAnchor && !c.IsBaseline);
            Add(plot, sheet.Curves[i].Name, CurveStyle.Of(sheet.Curves[i], index), points[i]);
        }

        if (points.Exists(p => p.Length > 0))
        {
            SetLimits(plot, points, sheet);
        }

        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(.12);
        plot.Legend.FontSize = 14;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.OutlineColor = Colors.Black.WithAlpha(.2);
        plot.ShowLegend(sheet.LowerIsBetter ? Alignment.UpperRight : Alignment.LowerRight);
        return plot;
    }

    private static Coordinates[] Points(PlotCurve curve, bool logarithmic) =>
        [.. curve.Points
            .Where(p => p.Quality is not null)
            .OrderBy(p => p.Rate)
            .Select(p => new Coordinates(logarithmic ? Math.Log2(p.Rate) : p.Rate, p.Quality!.Value))];

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

    private static void SetLimits(Plot plot, List<Coordinates[]> curves, PlotSheet sheet)
    {
        Coordinates[] all = [.. curves.SelectMany(c => c)];
        double left = 0;
        double highest = all.Max(p => p.X);
        double right = highest * 1.05;
        if (sheet.UsualRateLimit is not { } usual)
        {
            left = all.Min(p => p.X) - 0.15;
            right = highest + 0.15;
            plot.Axes.Bottom.TickGenerator = Octaves(left, right);
        }
        else if (curves.TrueForAll(c => c.Count(p => p.X <= usual) >= Math.Min(2, c.Length)))
        {
            // All rates only when a curve would be lost otherwise.
            right = Math.Min(usual, right);
        }

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
                double leaves = curve[next - 1].Y + (t * (curve[next].Y - curve[next - 1].Y));
                (bottom, top) = (Math.Min(bottom, leaves), Math.Max(top, leaves));
            }
        }

        double margin = Math.Max(sheet.LeastMargin, (top - bottom) * 0.04);
        plot.Axes.SetLimits(left, right, bottom - margin, top + margin);
    }

    /// <summary>Ticks at the powers of two and half-way between them: 8, 12, 16, 24, 32 and so on.</summary>
    private static NumericManual Octaves(double left, double right)
    {
        var ticks = new NumericManual();
        for (int exponent = (int)Math.Floor(left); exponent <= right; exponent++)
        {
            foreach (double rate in (double[])[Math.Pow(2, exponent), 1.5 * Math.Pow(2, exponent)])
            {
                if (Math.Log2(rate) >= left && Math.Log2(rate) <= right)
                {
                    ticks.AddMajor(Math.Log2(rate), rate.ToString("0.####", CultureInfo.InvariantCulture));
                }
            }
        }

        return ticks;
    }
}
