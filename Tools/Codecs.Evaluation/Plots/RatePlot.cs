using System.Text;
using ScottPlot;

namespace Codecs.Evaluation;

/// <summary>Draws rate-distortion curves.</summary>
public static class RatePlot
{
    private const int Width = 900, Height = 620, PngScale = 2;

    // Viewers do not know the embedded family; these have nearly its widths.
    private const string SvgFamilies = "DejaVu Sans, Verdana, Segoe UI, Helvetica, Arial, sans-serif";

    /// <summary>The plot as SVG, with text as text.</summary>
    /// <param name="result">The curves.</param>
    /// <param name="quality">The vertical axis.</param>
    /// <param name="baselines">Earlier curves to draw as well, or null.</param>
    public static byte[] ToSvg(EvaluationResult result, PlotQuality quality, IReadOnlyList<ContenderResult>? baselines = null) =>
        ToSvg(PlotSheet.Of(result, quality, baselines));

    /// <inheritdoc cref="ToSvg(EvaluationResult, PlotQuality, IReadOnlyList{ContenderResult}?)"/>
    public static byte[] ToSvg(AudioEvaluationResult result, AudioPlotQuality quality, IReadOnlyList<AudioContenderResult>? baselines = null) =>
        ToSvg(PlotSheet.Of(result, quality, baselines));

    /// <inheritdoc cref="ToSvg(EvaluationResult, PlotQuality, IReadOnlyList{ContenderResult}?)"/>
    public static byte[] ToSvg(VideoEvaluationResult result, VideoPlotQuality quality, IReadOnlyList<VideoContenderResult>? baselines = null) =>
        ToSvg(PlotSheet.Of(result, quality, baselines));

    /// <summary>The plot as PNG, 1800 x 1240 pixels.</summary>
    /// <param name="result">The curves.</param>
    /// <param name="quality">The vertical axis.</param>
    /// <param name="baselines">Earlier curves to draw as well, or null.</param>
    public static byte[] ToPng(EvaluationResult result, PlotQuality quality, IReadOnlyList<ContenderResult>? baselines = null) =>
        ToPng(PlotSheet.Of(result, quality, baselines));

    /// <inheritdoc cref="ToPng(EvaluationResult, PlotQuality, IReadOnlyList{ContenderResult}?)"/>
    public static byte[] ToPng(AudioEvaluationResult result, AudioPlotQuality quality, IReadOnlyList<AudioContenderResult>? baselines = null) =>
        ToPng(PlotSheet.Of(result, quality, baselines));

    /// <inheritdoc cref="ToPng(EvaluationResult, PlotQuality, IReadOnlyList{ContenderResult}?)"/>
    public static byte[] ToPng(VideoEvaluationResult result, VideoPlotQuality quality, IReadOnlyList<VideoContenderResult>? baselines = null) =>
        ToPng(PlotSheet.Of(result, quality, baselines));

    private static byte[] ToSvg(PlotSheet sheet)
    {
        using Plot plot = PlotDrawing.Draw(sheet);
        string xml = plot.GetSvgXml(Width, Height);
        return Encoding.UTF8.GetBytes(xml.Replace($"\"{PlotFont.Family}\"", $"\"{SvgFamilies}\"", StringComparison.Ordinal));
    }

    private static byte[] ToPng(PlotSheet sheet)
    {
        using Plot plot = PlotDrawing.Draw(sheet);
        plot.ScaleFactor = PngScale;
        return plot.GetImageBytes(Width * PngScale, Height * PngScale, ImageFormat.Png);
    }
}
