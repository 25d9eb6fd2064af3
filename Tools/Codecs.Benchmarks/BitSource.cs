namespace Codecs.Benchmarks;

/// <summary>A million bits, each with two hints of 64 values that add up in the logistic domain: one context per hint sees half of the truth.</summary>
internal sealed class BitSource
{
    internal const int Count = 1_000_000;
    internal const int Hints = 64;

    private BitSource(string name, double second)
    {
        Name = name;
        var random = new Random(1);
        for (int i = 0; i < Count; i++)
        {
            (First[i], Second[i]) = ((byte)random.Next(Hints), (byte)random.Next(Hints));
            double logit = (First[i] - 31.5) / 10 + second * (Second[i] - 31.5) / 10;
            double zero = 1 / (1 + Math.Exp(-logit));
            Bits[i] = (byte)(random.NextDouble() < zero ? 0 : 1);
            IdealBits -= zero * Math.Log2(zero) + (1 - zero) * Math.Log2(1 - zero);
        }
    }

    /// <summary>The first hint tells everything.</summary>
    internal static BitSource OneHint { get; } = new("bits, 64 contexts", 0);

    /// <summary>Both tell as much.</summary>
    internal static BitSource TwoHints { get; } = new("bits, two hints of 64", 1);

    internal string Name { get; }

    internal byte[] Bits { get; } = new byte[Count];

    internal byte[] First { get; } = new byte[Count];

    internal byte[] Second { get; } = new byte[Count];

    internal double IdealBits { get; }
}
