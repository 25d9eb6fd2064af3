using Codecs.EntropyCoding;

namespace Codecs.Models.Exact;

/// <summary>How quantised residuals are coded and put back: 80 tables by scale, 8 to a factor e.</summary>
/// <remarks>Table i is a Laplace distribution of scale 0.5 e^((i - 32) / 8) steps, integrated over the quantiser's cells. Tables and biases are integers of the
/// weight file, so that no machine computes an exponential.</remarks>
internal sealed class LaplaceTables
{
    /// <summary>Tables.</summary>
    internal const int Count = 80;

    /// <summary>The table of a scale output of 0.</summary>
    internal const int Middle = 32;

    /// <summary>Tables to a factor e, as a power of 2.</summary>
    internal const int PerNepBits = 3;

    private const int Precision = 14, LargestRegular = 240, CostSymbols = 256;
    private readonly float[] _costs;

    /// <param name="tables">The distributions.</param>
    /// <param name="biases">By how much a magnitude above 0 is less than the middle of its cell, in 1/128 of a step.</param>
    internal LaplaceTables(TableSet tables, byte[] biases)
    {
        (Tables, Biases) = (tables, biases);
        _costs = new float[Count * CostSymbols];
        for (int i = 0; i < _costs.Length; i++)
        {
            _costs[i] = tables.CostBits(i / CostSymbols, i % CostSymbols);
        }
    }

    /// <summary>The distributions.</summary>
    internal TableSet Tables { get; }

    /// <summary>By how much a magnitude above 0 is less than the middle of its cell, in 1/128 of a step.</summary>
    internal byte[] Biases { get; }

    /// <summary>Scale of a table's distribution in steps.</summary>
    internal static double Scale(double table) => 0.5 * Math.Exp((table - Middle) / (1 << PerNepBits));

    /// <summary>The tables of a weight file.</summary>
    /// <param name="weights">The file.</param>
    /// <param name="tables">Name of the tensor with the distributions.</param>
    /// <param name="biases">Name of the tensor with the biases.</param>
    /// <exception cref="ModelMismatchException">They are damaged or others.</exception>
    internal static LaplaceTables From(IntegerWeights weights, string tables, string biases)
    {
        TableSet set;
        try
        {
            set = TableSet.FromBytes(weights.Bytes(tables));
        }
        catch (CodecException e) when (e is not ModelMismatchException)
        {
            throw new ModelMismatchException($"The weights' tables are damaged: {e.Message}", e);
        }

        return set.Count == Count && set.Precision <= RangeEncoder.MaxPrecision
            ? new LaplaceTables(set, weights.Bytes(biases, Count))
            : throw new ModelMismatchException($"The weights have {set.Count} tables of {set.Precision} bits; expected {Count} of at most {RangeEncoder.MaxPrecision}.");
    }

    /// <summary>Computes the tables; for training, whose result is shipped.</summary>
    internal static LaplaceTables Create()
    {
        var builder = new TableSetBuilder(Precision);
        byte[] biases = new byte[Count];
        for (int i = 0; i < Count; i++)
        {
            double b = Scale(i);
            int most = Math.Clamp((int)Math.Ceiling(6 * b) + 1, 1, LargestRegular);
            ulong[] weights = new ulong[(2 * most) + 2];
            for (int q = -most; q <= most; q++)
            {
                weights[q + most] = (ulong)(Math.Pow(2, 40) * Probability(Math.Abs(q), b));
            }

            weights[^1] = (ulong)(Math.Pow(2, 40) * Math.Exp(-(most + 0.5) / b));
            builder.AddWeights(-most, weights);

            // Half of a Laplace cell's centroid shift: the encoder's dead zone takes the other half.
            biases[i] = (byte)Math.Round(64 * (0.5 - b + (1 / (Math.Exp(1 / b) - 1))));
        }

        return new LaplaceTables(builder.Build(), biases);
    }

    /// <summary>Bits of a magnitude, its sign included.</summary>
    internal float Cost(int table, int magnitude) =>
        magnitude < CostSymbols ? _costs[(table * CostSymbols) + magnitude] : Tables.CostBits(table, Math.Min(magnitude, short.MaxValue));

    private static double Probability(int magnitude, double b) => magnitude == 0
        ? 1 - Math.Exp(-0.5 / b)
        : 0.5 * Math.Exp(-(magnitude - 0.5) / b) * (1 - Math.Exp(-1 / b));
}
