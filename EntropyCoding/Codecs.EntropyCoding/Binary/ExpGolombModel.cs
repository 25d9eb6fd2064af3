using System.Numerics;

namespace Codecs.EntropyCoding;

/// <summary>Codes numbers 0, 1, 2, ... that are mostly small: Exp-Golomb of order k with an adaptive prefix and a raw suffix.</summary>
/// <remarks>
/// <para>Value v: u = v + 2^k has L + 1 significant bits. The prefix is L - k adaptive bits 1 and a 0, each position with a context of its own; the 0 is
/// left out where L is the largest that the limit allows. Then the L bits of u below its leading 1 as raw bits. A value above the limit can
/// still be written that way; the decoder ends it with <see cref="CodingStatus.LimitExceeded"/>.</para>
/// <para>J. Teuhola, "A compression method for clustered bit-vectors", 1978. Encoder and decoder each need a model of their own with equal parameters.</para>
/// </remarks>
public sealed class ExpGolombModel
{
    /// <summary>Largest order.</summary>
    public const int MaxOrder = 24;

    private readonly BinaryContext _fresh;
    private readonly BinaryContext[] _prefix;
    private readonly int _order;
    private readonly int _longest;
    private readonly int _contexts;

    /// <summary>Creates a model that has learned nothing yet.</summary>
    /// <param name="order">k, 0..24: values below 2^k take the shortest prefix.</param>
    /// <param name="maxValue">Largest value, 0 or more.</param>
    /// <param name="contexts">Number of context classes with statistics of their own, 1..65536.</param>
    /// <param name="fast">Rate of the quick estimate, see <see cref="BinaryContext"/>.</param>
    /// <param name="slow">Rate of the slow estimate.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public ExpGolombModel(int order, int maxValue = int.MaxValue, int contexts = 1, int fast = 4, int slow = 7)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, MaxOrder);
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        ContextClasses.CheckCount(contexts);
        _fresh = new BinaryContext(fast, slow);
        _order = order;
        MaxValue = maxValue;
        _longest = BitOperations.Log2((uint)maxValue + (1u << order)) - order;
        _contexts = contexts;
        _prefix = new BinaryContext[contexts * _longest];
        Reset();
    }

    /// <summary>Largest value.</summary>
    public int MaxValue { get; }

    /// <summary>Encodes a value.</summary>
    /// <param name="encoder">Where it goes.</param>
    /// <param name="value">0..<see cref="MaxValue"/>.</param>
    /// <param name="context">Context class.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value or the class is out of range.</exception>
    public void Encode(RangeEncoder encoder, int value, int context = 0)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxValue);
        Span<BinaryContext> prefix = Prefix(context);
        uint shifted = (uint)value + (1u << _order);
        int suffix = BitOperations.Log2(shifted);
        int ones = suffix - _order;
        for (int i = 0; i < ones; i++)
        {
            encoder.PushBit(ref prefix[i], 1);
        }

        if (ones < prefix.Length)
        {
            encoder.PushBit(ref prefix[ones], 0);
        }

        if (suffix > 0)
        {
            encoder.PushRaw(shifted - (1u << suffix), suffix);
        }
    }

    /// <summary>Decodes a value.</summary>
    /// <param name="decoder">Where it comes from; one above the limit ends it with <see cref="CodingStatus.LimitExceeded"/>.</param>
    /// <param name="context">Context class.</param>
    /// <returns>0..<see cref="MaxValue"/>; 0 after a fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public int Decode(RangeDecoder decoder, int context = 0)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        Span<BinaryContext> prefix = Prefix(context);
        int ones = 0;
        while (ones < prefix.Length && decoder.Bit(ref prefix[ones]) != 0)
        {
            ones++;
        }

        // At most 31 bits: MaxValue + 2^24 is below 2^32.
        int suffix = _order + ones;
        uint value = (1u << suffix) - (1u << _order) + (suffix > 0 ? decoder.Raw(suffix) : 0);
        if (value > (uint)MaxValue)
        {
            decoder.Fail(CodingStatus.LimitExceeded);
        }

        return decoder.Status == CodingStatus.Ok ? (int)value : 0;
    }

    /// <summary>Forgets everything learned. For the start of a chunk.</summary>
    public void Reset() => Array.Fill(_prefix, _fresh);

    private Span<BinaryContext> Prefix(int context)
    {
        ContextClasses.Check(context, _contexts);
        return _prefix.AsSpan(context * _longest, _longest);
    }
}
