namespace Codecs.Evaluation;

/// <summary>One codec's curve as it is drawn.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="IsAnchor">True for the codecs that the others are compared with.</param>
/// <param name="IsBaseline">True for the stored curve of a codec under test.</param>
/// <param name="Points">Rate and quality; points without a quality are left out.</param>
internal sealed record PlotCurve(string Name, bool IsAnchor, bool IsBaseline, IReadOnlyList<(double Rate, double? Quality)> Points);
