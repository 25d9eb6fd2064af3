namespace Codecs.Images;

/// <summary>A channel that loses and damages packets, for trying out what arrives. The same seed does the same to as many packets of the same lengths.</summary>
/// <remarks>
/// Losses are independent, or come in bursts after Gilbert (Bell System Technical Journal 39, 1960): a good state that delivers and a bad one that loses, with
/// 1 / <see cref="MeanBurst"/> the probability of leaving the bad one, and that of entering it such that <see cref="Loss"/> of all packets are lost.
/// </remarks>
public sealed record PacketChannel
{
    private readonly double _loss;
    private readonly double? _meanBurst;
    private readonly double _bitErrors;

    /// <summary>Share of the packets that is lost on average, 0 (the default) to 1.</summary>
    public double Loss
    {
        get => _loss;
        init => _loss = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A loss lies in 0..1.");
    }

    /// <summary>Mean number of packets that are lost in a row, 1 or more; null (the default) for losses that know nothing of each other.</summary>
    public double? MeanBurst
    {
        get => _meanBurst;
        init => _meanBurst = value is null or (>= 1 and <= 1e6)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Bursts have a mean length of 1 to 1000000 packets.");
    }

    /// <summary>Probability that a bit of a delivered packet is flipped, 0 (the default) to 0.5.</summary>
    public double BitErrors
    {
        get => _bitErrors;
        init => _bitErrors = value is >= 0 and <= 0.5 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A rate of bit errors lies in 0..0.5.");
    }

    /// <summary>Sends packets.</summary>
    /// <param name="packets">The packets in the order of sending.</param>
    /// <param name="seed">Chooses what is lost.</param>
    /// <returns>What arrives, in the same order; a packet with flipped bits is a copy.</returns>
    /// <exception cref="InvalidOperationException">Bursts so short cannot make a loss so high: at most burst / (burst + 1) is lost.</exception>
    public IReadOnlyList<ReadOnlyMemory<byte>> Send(IEnumerable<ReadOnlyMemory<byte>> packets, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(packets);
        if (MeanBurst is { } burst && Loss * (burst + 1) > burst)
        {
            throw new InvalidOperationException(FormattableString.Invariant($"Bursts of {burst} packets with at least one good packet between them lose at most {burst / (burst + 1):0.###} of all."));
        }

        var chance = new Chance(seed);
        var arrived = new List<ReadOnlyMemory<byte>>();
        bool lost = chance.Next() < Loss;
        foreach (ReadOnlyMemory<byte> packet in packets)
        {
            if (!lost)
            {
                arrived.Add(Damage(packet, chance));
            }

            lost = chance.Next() < (MeanBurst is not { } length ? Loss : lost ? 1 - (1 / length) : Loss / (length * (1 - Loss)));
        }

        return arrived;
    }

    private ReadOnlyMemory<byte> Damage(ReadOnlyMemory<byte> packet, Chance chance)
    {
        if (BitErrors == 0)
        {
            return packet;
        }

        byte[] copy = packet.ToArray();
        for (int bit = 0; bit < 8 * copy.Length; bit++)
        {
            if (chance.Next() < BitErrors)
            {
                copy[bit >> 3] ^= (byte)(1 << (bit & 7));
            }
        }

        return copy;
    }

    // SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): the numbers of System.Random may change between versions of .NET.
    private sealed class Chance(ulong seed)
    {
        private ulong _state = seed;

        /// <summary>Uniform in [0, 1).</summary>
        internal double Next()
        {
            _state += 0x9E3779B97F4A7C15;
            ulong z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1L << 53));
        }
    }
}
