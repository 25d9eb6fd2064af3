using Codecs.Models.Exact;

namespace Codecs.Models.Squeeze3d;

/// <summary>The integers that choose a table for each symbol of a shape.</summary>
/// <param name="Tables">Laplace distributions by scale.</param>
/// <param name="Expected">Mean magnitude under each table in 1/32.</param>
/// <param name="CodeScales">For each element of the code the table that fits at step 0.</param>
/// <param name="CodeOffsets">By how many tables more, by class of what came before.</param>
/// <param name="ResidualScales">For each frequency the table that fits its residual at step 0, lowest frequencies first on each axis.</param>
/// <param name="ResidualOffsets">By how many tables more, by class of the neighbours.</param>
internal sealed record ShapeStatistics(LaplaceTables Tables, short[] Expected, byte[] CodeScales, short[] CodeOffsets, byte[] ResidualScales, short[] ResidualOffsets)
{
    /// <summary>Classes of elements of the code by how large those before were, compared with what was expected.</summary>
    internal const int CodeClasses = 5;

    /// <summary>Classes of residuals by their neighbours.</summary>
    internal const int ResidualClasses = 6;

    /// <summary>One half in <see cref="Expected"/>.</summary>
    internal const int ExpectedUnit = 32;

    /// <summary>Table of an element of the code.</summary>
    internal int CodeTable(int element, int step, int context) => Clamp(CodeScales[element] - step + CodeOffsets[context]);

    /// <summary>Table of a residual.</summary>
    internal int ResidualTable(int frequency, int step, int context) => Clamp(ResidualScales[frequency] - step + ResidualOffsets[context]);

    private static int Clamp(int table) => Math.Clamp(table, 0, LaplaceTables.Count - 1);
}
