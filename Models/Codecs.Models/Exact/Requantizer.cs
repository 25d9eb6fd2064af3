namespace Codecs.Models.Exact;

/// <summary>How a layer turns a 32-bit sum into a 16-bit activation, channel by channel.</summary>
/// <remarks>
/// y = clamp((act(sum + bias) + 2^(s-1)) >> s, ±32767) with an arithmetic shift s of 1..30 per channel: power-of-two scales need
/// no wider multiplier and no rounding rule beyond "half up". Activation before the shift: leaky ReLU with slope 1/8 is
/// max(v, v >> 3), exact and free. The exporter proves |sum| + |bias| + 2^(s-1) &lt; 2^31 for every input (exact-arithmetic C3).
/// </remarks>
internal sealed class Requantizer
{
    internal const int Limit = short.MaxValue;
    internal const int SlopeShift = 3;

    internal Requantizer(int[] bias, byte[] shift, bool leaky)
    {
        if (bias.Length != shift.Length)
        {
            throw new ArgumentException($"{bias.Length} biases but {shift.Length} shifts.", nameof(shift));
        }

        foreach (byte s in shift)
        {
            if (s is < 1 or > 30)
            {
                throw new ModelMismatchException($"Integer layer with a shift of {s}; expected 1 to 30. The model file is damaged.");
            }
        }

        Bias = bias;
        Leaky = leaky;
        Shift = Array.ConvertAll(shift, s => (int)s);
        Half = Array.ConvertAll(shift, s => 1 << (s - 1));
    }

    internal int Channels => Bias.Length;

    internal bool Leaky { get; }

    internal int[] Bias { get; }

    internal int[] Shift { get; }

    /// <summary>2^(s-1), what rounding adds.</summary>
    internal int[] Half { get; }

    /// <summary>The same for <paramref name="count"/> channels from <paramref name="first"/> on.</summary>
    internal Requantizer Slice(int first, int count) => new(
        Bias[first..(first + count)], Array.ConvertAll(Shift[first..(first + count)], s => (byte)s), Leaky);

    /// <summary>The definition, one channel at a time; vector code must agree with it.</summary>
    internal int Apply(int sum, int channel)
    {
        int v = sum + Bias[channel];
        if (Leaky)
        {
            v = Math.Max(v, v >> SlopeShift);
        }

        return (v + Half[channel]) >> Shift[channel];
    }

    internal static short Saturate(int value) => (short)Math.Clamp(value, -Limit, Limit);

    /// <summary>Throws unless every sum that 16-bit inputs can produce stays inside 32 bits.</summary>
    /// <param name="absoluteWeights">Σ|w| per channel.</param>
    internal void Prove(ReadOnlySpan<long> absoluteWeights)
    {
        for (int c = 0; c < Channels; c++)
        {
            long bound = (absoluteWeights[c] * Limit) + Math.Abs((long)Bias[c]) + Half[c];
            if (bound > int.MaxValue)
            {
                throw new ModelMismatchException(
                    $"Integer layer channel {c} can overflow (bound {bound}); the model file is damaged or was exported wrongly.");
            }
        }
    }
}
