namespace Codecs.EntropyCoding.Interop;

/// <summary>A probability table of 24 bits over a range of integers, as constriction's default coders use it.</summary>
/// <remarks>
/// What is shipped or stored should be the integers (<see cref="FromCumulative"/>). The other two factories repeat constriction's rules from float64
/// probabilities; they are only as portable as those numbers, so run them once, at import, and keep the result (<see cref="Cumulative"/>).
/// </remarks>
public sealed class ConstrictionModel
{
    /// <summary>Bits of the probabilities: they sum to 2^24.</summary>
    public const int Precision = 24;

    internal const uint Total = 1u << Precision;

    private readonly int[] _cumulative;

    private ConstrictionModel(int minimum, int[] cumulative)
    {
        Minimum = minimum;
        _cumulative = cumulative;
    }

    /// <summary>The smallest symbol.</summary>
    public int Minimum { get; }

    /// <summary>The largest symbol.</summary>
    public int Maximum => Minimum + _cumulative.Length - 2;

    /// <summary>Where each symbol starts, in units of 2^-24, and 2^24 behind the last: one number more than there are symbols.</summary>
    public ReadOnlySpan<int> Cumulative => _cumulative;

    /// <summary>Takes a finished table.</summary>
    /// <param name="minimum">The smallest symbol.</param>
    /// <param name="cumulative">Strictly increasing numbers from 0 to 2^24, one more than there are symbols; at least two symbols.</param>
    /// <exception cref="ArgumentException">The numbers do not form a table, or the symbols leave the 32-bit integers.</exception>
    public static ConstrictionModel FromCumulative(int minimum, ReadOnlySpan<int> cumulative) => Checked(minimum, cumulative.ToArray());

    /// <summary>The table of a categorical distribution by constriction's "fast" rule: start(i) = floor(sum(p_0 .. p_(i-1)) * (2^24 - m) / sum(p)) + i.</summary>
    /// <param name="probabilities">m weights of the symbols 0..m - 1, each at least 0 and finite, in 2..2^24 - 1 of them; not all zero.</param>
    /// <remarks>Float-dependent: float64 sums in order, times (2^24 - m) / sum(p) computed first.</remarks>
    /// <exception cref="ArgumentException">The numbers are no distribution.</exception>
    public static ConstrictionModel FromProbabilities(ReadOnlySpan<double> probabilities)
    {
        CheckCount(probabilities.Length, nameof(probabilities));
        double sum = 0;
        foreach (double p in probabilities)
        {
            if (!(p >= 0 && p < double.PositiveInfinity))
            {
                throw new ArgumentException($"A probability is {p}; expected a finite number of at least 0.", nameof(probabilities));
            }

            sum += p;
        }

        if (!(sum > 0 && sum < double.PositiveInfinity))
        {
            throw new ArgumentException($"The probabilities sum to {sum}; expected a finite sum above 0.", nameof(probabilities));
        }

        double scale = (Total - (uint)probabilities.Length) / sum;
        int[] cumulative = new int[probabilities.Length + 1];
        double below = 0;
        for (int i = 1; i < probabilities.Length; i++)
        {
            below += probabilities[i - 1];
            cumulative[i] = (int)(below * scale) + i;
        }

        cumulative[^1] = (int)Total;
        return Checked(0, cumulative);
    }

    /// <summary>The table of a continuous distribution quantised to the integers lo..hi by constriction's rule:
    /// start(s) = floor((2^24 - 1 - (hi - lo)) * F(s - 1/2)) + (s - lo), and 0 for lo.</summary>
    /// <param name="minimum">lo.</param>
    /// <param name="maximum">hi, above lo and less than 2^24 - 2 from it.</param>
    /// <param name="distribution">F, the cumulative distribution function: not decreasing, in 0..1.</param>
    /// <remarks>Float-dependent: the last bit of F decides where floor is close. Identical bytes need the same F as the other side's.</remarks>
    /// <exception cref="ArgumentException">The range is empty or too large, or F is not a distribution function.</exception>
    public static ConstrictionModel FromDistribution(int minimum, int maximum, Func<double, double> distribution)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        long symbols = (long)maximum - minimum + 1;
        CheckCount(symbols, nameof(maximum));
        double free = Total - symbols;
        int[] cumulative = new int[symbols + 1];
        for (int i = 1; i < symbols; i++)
        {
            double f = distribution(minimum + i - 0.5);
            if (!(f >= 0 && f <= 1))
            {
                throw new ArgumentException($"F({minimum + i - 0.5}) is {f}; expected 0..1.", nameof(distribution));
            }

            cumulative[i] = (int)(free * f) + i;
        }

        cumulative[^1] = (int)Total;
        return Checked(minimum, cumulative);
    }

    /// <summary>Start and frequency of a symbol; false if the table does not have it.</summary>
    internal bool TryFind(int symbol, out uint start, out uint frequency)
    {
        long index = (long)symbol - Minimum;
        if (index < 0 || index >= _cumulative.Length - 1)
        {
            (start, frequency) = (0, 0);
            return false;
        }

        start = (uint)_cumulative[index];
        frequency = (uint)_cumulative[index + 1] - start;
        return true;
    }

    /// <summary>The symbol that owns a slot below 2^24.</summary>
    internal int Find(uint slot, out uint start, out uint frequency)
    {
        int found = _cumulative.AsSpan().BinarySearch((int)slot);
        int index = found >= 0 ? found : ~found - 1;
        start = (uint)_cumulative[index];
        frequency = (uint)_cumulative[index + 1] - start;
        return Minimum + index;
    }

    private static ConstrictionModel Checked(int minimum, int[] cumulative)
    {
        CheckCount(cumulative.Length - 1, nameof(cumulative));
        if (cumulative[0] != 0 || cumulative[^1] != (int)Total)
        {
            throw new ArgumentException($"The table runs from {cumulative[0]} to {cumulative[^1]}; expected 0 to {Total}.", nameof(cumulative));
        }

        for (int i = 1; i < cumulative.Length; i++)
        {
            if (cumulative[i] <= cumulative[i - 1])
            {
                throw new ArgumentException(
                    $"Symbol {i - 1} of the table has frequency {(long)cumulative[i] - cumulative[i - 1]}; expected at least 1.", nameof(cumulative));
            }
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)minimum + cumulative.Length - 2, int.MaxValue, nameof(minimum));
        return new ConstrictionModel(minimum, cumulative);
    }

    private static void CheckCount(long symbols, string name)
    {
        if (symbols is < 2 or >= Total)
        {
            throw new ArgumentException($"{Math.Max(symbols, 0)} symbols; expected 2..{Total - 1}.", name);
        }
    }
}
