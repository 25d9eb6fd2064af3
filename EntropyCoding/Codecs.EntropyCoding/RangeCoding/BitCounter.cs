namespace Codecs.EntropyCoding;

/// <summary>Counts what adaptive bits would cost in a <see cref="RangeEncoder"/>, without writing them: for rate control and statistics.</summary>
/// <remarks>Contexts and mixtures learn as in coding. An estimate for decisions of an encoder, not part of the syntax. Not thread-safe.</remarks>
public sealed class BitCounter
{
    private static readonly double[] s_costs = MakeCosts();

    /// <summary>Bits so far.</summary>
    public double Bits { get; private set; }

    /// <summary>Counts a bit with an adaptive probability, which learns from it.</summary>
    /// <param name="context">The statistics of bits in this situation.</param>
    /// <param name="bit">0 or 1.</param>
    public void PushBit(ref BinaryContext context, int bit)
    {
        Count(context.Probability, bit);
        context.Update(bit);
    }

    /// <summary>Counts a mixed bit; see <see cref="RangeEncoder.PushBit(LogisticMixer, Span{BinaryContext}, ReadOnlySpan{int}, ReadOnlySpan{short}, int)"/>.</summary>
    /// <param name="mixer">The mixture, with its weight set and refinement selected.</param>
    /// <param name="contexts">A pool of contexts.</param>
    /// <param name="selected">The context of each of the mixture's first inputs, as index into the pool; all different.</param>
    /// <param name="logits">The mixture's other inputs.</param>
    /// <param name="bit">0 or 1.</param>
    /// <exception cref="ArgumentException">The number of inputs is not the mixer's.</exception>
    /// <exception cref="IndexOutOfRangeException">The pool has no such context.</exception>
    public void PushBit(LogisticMixer mixer, Span<BinaryContext> contexts, ReadOnlySpan<int> selected, ReadOnlySpan<short> logits, int bit)
    {
        ArgumentNullException.ThrowIfNull(mixer);
        Count(mixer.Predict(contexts, selected, logits), bit);
        mixer.Update(contexts, selected, bit);
    }

    /// <summary>Counts bits that are evenly distributed.</summary>
    /// <param name="bits">How many.</param>
    public void PushRaw(int bits) => Bits += bits;

    private void Count(int probability, int bit) => Bits += s_costs[bit == 0 ? probability : s_costs.Length - probability];

    // Entry p: bits of something with probability p of as many as there are entries.
    private static double[] MakeCosts()
    {
        double[] costs = new double[1 << Rc32.BitPrecision];
        for (int p = 0; p < costs.Length; p++)
        {
            costs[p] = -Math.Log2(Math.Max(p, 0.5) / costs.Length);
        }

        return costs;
    }
}
