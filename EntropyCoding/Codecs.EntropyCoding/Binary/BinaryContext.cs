using System.Numerics;
using System.Runtime.CompilerServices;

namespace Codecs.EntropyCoding;

/// <summary>What is known about one kind of bit: its probability of being 0, estimated at two speeds from the bits seen so far. 6 bytes; pass by reference.</summary>
/// <remarks>
/// <para>Two 16-bit estimates q of P(0), both 32768 at the start. The coder uses p = clamp((q_fast + q_slow) >> 5, 16, 4080) of 4096. After a bit,
/// q += ((bit == 0 ? 65535 : 0) - q) >> s for each (arithmetic shift, rounding down), with s = min(floor(log2(n + 1)) + 1, rate) and n the bits seen before,
/// counted up to 255: the first bits weigh about 1/n, so that a context learns quickly and then settles at its rates. Two-speed estimates are those of
/// VVC (ITU-T H.266, 9.3.4.3).</para>
/// <para><c>default</c> is a fresh context with rates (4, 7), for statistics that drift, so a new array is ready for use. (5, 8) costs less where they are
/// constant. The rates belong to the syntax: both sides must use the same. Start with fresh contexts in every chunk that must be decodable alone.</para>
/// </remarks>
public struct BinaryContext
{
    /// <summary>Smallest p and, mirrored, 4096 minus the largest.</summary>
    internal const int MinProbability = 16;

    /// <summary>Largest p.</summary>
    internal const int MaxProbability = (1 << Rc32.BitPrecision) - MinProbability;

    private const int MaxRate = 10;
    private const int Half = 1 << 15;
    private const int DefaultRates = 4 << 4 | 7;

    // Stored with their start values flipped out, so that default(BinaryContext) is a fresh context.
    private ushort _fast;
    private ushort _slow;
    private readonly byte _rates;
    private byte _seen;

    /// <summary>Creates a fresh context.</summary>
    /// <param name="fast">Rate of the quick estimate, 1..10: a bit weighs 2^-fast.</param>
    /// <param name="slow">Rate of the slow estimate, 1..10.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is out of range.</exception>
    public BinaryContext(int fast, int slow)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fast, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fast, MaxRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(slow, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slow, MaxRate);
        _rates = (byte)((fast << 4 | slow) ^ DefaultRates);
    }

    /// <summary>A context that starts from what is known already, for example statistics shipped with a model.</summary>
    /// <param name="estimate">P(0) times 65536, 0..65535; both estimates start there.</param>
    /// <param name="seen">How many bits' worth that knowledge is, 0..255: the larger, the smaller the first steps.</param>
    /// <param name="fast">Rate of the quick estimate, 1..10.</param>
    /// <param name="slow">Rate of the slow estimate, 1..10.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static BinaryContext Primed(int estimate, int seen, int fast = 4, int slow = 7)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(estimate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(estimate, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfNegative(seen);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seen, byte.MaxValue);
        return new BinaryContext(fast, slow) { _fast = (ushort)(estimate ^ Half), _slow = (ushort)(estimate ^ Half), _seen = (byte)seen };
    }

    /// <summary>True while no bit was seen and nothing was known.</summary>
    public readonly bool IsFresh => _seen == 0;

    /// <summary>The slow estimate of P(0), 0..65535 of 65536: what is worth keeping as the start of a later payload.</summary>
    public readonly int SlowEstimate => _slow ^ Half;

    /// <summary>The probability that the next bit is 0, times 4096: 16..4080.</summary>
    public readonly int Probability
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Clamp(((_fast ^ Half) + (_slow ^ Half)) >> 5);
    }

    /// <summary>Limits a probability to what a binary step can code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Clamp(int probability) => Math.Min(Math.Max(probability, MinProbability), MaxProbability);

    /// <summary>Learns a bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Update(int bit)
    {
        int rates = _rates ^ DefaultRates;
        int start = BitOperations.Log2((uint)_seen + 1) + 1;
        int target = (bit - 1) & ushort.MaxValue;
        int fast = _fast ^ Half;
        int slow = _slow ^ Half;
        fast += (target - fast) >> Math.Min(start, rates >> 4);
        slow += (target - slow) >> Math.Min(start, rates & 15);
        _fast = (ushort)(fast ^ Half);
        _slow = (ushort)(slow ^ Half);
        if (_seen < byte.MaxValue)
        {
            _seen++;
        }
    }
}
