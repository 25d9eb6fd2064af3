namespace Codecs.Models.Squeeze3d;

/// <summary>A shape as integers: all that is stored of it besides its place.</summary>
/// <param name="Step">Index of the quantiser's step, 0 to <see cref="MaxStep"/>.</param>
/// <param name="Code">z in steps, <see cref="ShapeCode.Length"/> elements.</param>
/// <param name="Residual">What is added to F_D's output, in steps, <see cref="ShapeCode.LatentLength"/> elements; null for none.</param>
internal sealed record ShapeSymbols(int Step, int[] Code, int[]? Residual)
{
    /// <summary>Largest index of a step.</summary>
    internal const int MaxStep = 63;

    /// <summary>Largest magnitude of an element.</summary>
    internal const int MaxMagnitude = 2000;

    private const int UnitStep = 20;

    /// <summary>The quantiser's step: eight indices are a factor e.</summary>
    internal static float SizeOf(int step) => MathF.Exp((step - UnitStep) / (float)(1 << Exact.LaplaceTables.PerNepBits));
}
