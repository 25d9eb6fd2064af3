namespace Codecs.Geometry.Colour;

/// <summary>Quantised cosine coefficients of a colour volume.</summary>
/// <param name="Size">Nodes of an axis, <see cref="MinSize"/> to <see cref="MaxSize"/>.</param>
/// <param name="Step">Number of the step, 0 to <see cref="Steps"/> - 1, see <see cref="StepOf"/>.</param>
/// <param name="Planes">Luma, orange, green: size^3 integers each, [z, y, x].</param>
internal sealed record VolumeSymbols(int Size, int Step, int[][] Planes)
{
    /// <summary>Fewest and most nodes of an axis.</summary>
    internal const int MinSize = 4, MaxSize = 32;

    /// <summary>Planes of a volume.</summary>
    internal const int PlaneCount = 3;

    /// <summary>Steps to choose from.</summary>
    internal const int Steps = 256;

    // An error of 1 in Y, Co, Cg has the squared error 3, 1/2, 3/4 in red, green and blue together.
    private static readonly double[] s_planeScale = [1, Math.Sqrt(6), 2];

    /// <summary>Quantisation step of a plane's coefficients: sixteen steps double it.</summary>
    internal static float StepOf(int step, int plane) => (float)(Math.Pow(2, (step - 128) / 16.0) * s_planeScale[plane]);
}
