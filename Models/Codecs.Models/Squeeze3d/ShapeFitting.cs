namespace Codecs.Models.Squeeze3d;

/// <summary>Where fitting begins.</summary>
/// <param name="Step">Index of the step.</param>
/// <param name="Code">z in steps, not rounded.</param>
/// <param name="Residual">Residual in steps, not rounded; null when none is wanted.</param>
internal sealed record ShapeStart(int Step, float[] Code, float[]? Residual);

/// <summary>How codes are fitted.</summary>
/// <param name="CodeScales">Scale of the Laplace distribution of each element of the code in steps.</param>
/// <param name="ResidualScales">The same of residuals.</param>
/// <param name="Price">What a bit may cost in the loss of <see cref="VolumeLoss"/>.</param>
internal sealed record ShapeFitting(float[] CodeScales, float[] ResidualScales, double Price)
{
    /// <summary>Adam's rate in steps.</summary>
    internal double Rate { get; init; } = 0.06;

    /// <summary>Share of the steps in which noise stands for rounding.</summary>
    internal double SoftShare { get; init; } = 0.6;
}
