namespace Codecs.Metrics.Geometry;

/// <summary>Distances between two shapes both ways.</summary>
/// <param name="AToB">From points of a, the reference, to b.</param>
/// <param name="BToA">From points of b to a.</param>
/// <param name="Diagonal">Diagonal of the reference's bounding box, scene units.</param>
public record ShapeDistance(DirectedDistance AToB, DirectedDistance BToA, double Diagonal)
{
    /// <summary><see cref="AToB"/> in percent of <see cref="Diagonal"/>.</summary>
    public DirectedDistance AToBPercent => AToB.PercentOf(Diagonal);

    /// <summary><see cref="BToA"/> in percent of <see cref="Diagonal"/>.</summary>
    public DirectedDistance BToAPercent => BToA.PercentOf(Diagonal);

    /// <summary>Chamfer-L1: mean of the two mean distances, scene units.</summary>
    public double ChamferL1 => (AToB.Mean + BToA.Mean) / 2;

    /// <summary><see cref="ChamferL1"/> in percent of <see cref="Diagonal"/>: the figure to quote.</summary>
    public double ChamferL1Percent => 100 * ChamferL1 / Diagonal;

    /// <summary>Chamfer-L2: sum of the two mean squared distances, squared scene units.</summary>
    public double ChamferL2 => (AToB.Rms * AToB.Rms) + (BToA.Rms * BToA.Rms);

    /// <summary>The larger of the two maxima, scene units: an estimate, from below, of the Hausdorff distance.</summary>
    public double Hausdorff => Math.Max(AToB.Max, BToA.Max);

    /// <summary>D1-PSNR in dB: 10 log10(3 diagonal^2 / MSE) with the worse direction's mean squared distance; positive infinity for 0.</summary>
    /// <remarks>As MPEG's pc_error computes it, with the diagonal as peak; between surfaces when surfaces were measured, where MPEG knows points only.</remarks>
    public double D1Psnr
    {
        get
        {
            double rms = Math.Max(AToB.Rms, BToA.Rms);
            return rms == 0 ? double.PositiveInfinity : 10 * Math.Log10(3 * Diagonal * Diagonal / (rms * rms));
        }
    }
}
