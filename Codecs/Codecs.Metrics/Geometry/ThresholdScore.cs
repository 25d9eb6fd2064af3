namespace Codecs.Metrics.Geometry;

/// <summary>Shares of two surfaces that lie near each other.</summary>
/// <param name="Percent">How near: percent of the reference's bounding-box diagonal.</param>
/// <param name="Precision">Share of b that is so near to a, the reference, 0..1.</param>
/// <param name="Recall">Share of a that is so near to b, 0..1.</param>
public readonly record struct ThresholdScore(double Percent, double Precision, double Recall)
{
    /// <summary>F-score, 0..1: harmonic mean of the two.</summary>
    /// <remarks>A. Knapitsch, J. Park, Q. Zhou, V. Koltun, "Tanks and Temples", ACM TOG 36 (4), 2017.</remarks>
    public double FScore => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
}
