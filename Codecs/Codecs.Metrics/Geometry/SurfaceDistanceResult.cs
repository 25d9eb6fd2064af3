namespace Codecs.Metrics.Geometry;

/// <summary>How far two surfaces are from each other; see <see cref="SurfaceDistance"/>.</summary>
/// <param name="AToB">From points of a, the reference, to the surface b.</param>
/// <param name="BToA">From points of b to the surface a.</param>
/// <param name="Diagonal">Diagonal of the reference's bounding box, scene units.</param>
/// <param name="NormalConsistency">Mean |n n'| of the faces' normals at a point and at its nearest point, both ways averaged, 0..1.</param>
/// <param name="SignedNormalConsistency">The same of n n', -1..1: low where faces were turned round.</param>
/// <param name="HalfPercent">Shares within 0.5 % of the diagonal.</param>
/// <param name="OnePercent">Shares within 1 % of the diagonal.</param>
/// <param name="TwoPercent">Shares within 2 % of the diagonal.</param>
public sealed record SurfaceDistanceResult(
    DirectedDistance AToB,
    DirectedDistance BToA,
    double Diagonal,
    double NormalConsistency,
    double SignedNormalConsistency,
    ThresholdScore HalfPercent,
    ThresholdScore OnePercent,
    ThresholdScore TwoPercent)
    : ShapeDistance(AToB, BToA, Diagonal);
