namespace Codecs.EntropyCoding;

/// <summary>Codes signed integers around 0 (residuals, quantised coefficients) with adaptive bits.</summary>
/// <remarks>
/// Value v: an adaptive bit "is not 0"; if so, one raw bit "is negative"; then |v| - 1 as up to 14 adaptive bits 1, each position with a context of
/// its own, and a 0 behind fewer than 14; behind 14 of them |v| - 15 follows as <see cref="ExpGolombModel"/> of order 0. Where the limit is 14 or less,
/// the largest magnitude has no 0 behind it and nothing follows. Encoder and decoder each need a model of their own with equal parameters.
/// </remarks>
public sealed class SignedIntegerModel
{
    private const int UnaryBits = 14;

    private readonly BinaryContext _fresh;
    private readonly BinaryContext[] _bits;
    private readonly ExpGolombModel? _rest;
    private readonly int _contexts;
    private readonly int _unary;

    /// <summary>Creates a model that has learned nothing yet.</summary>
    /// <param name="maxMagnitude">Largest |value|, 1 or more; 2^20 by default.</param>
    /// <param name="contexts">Number of context classes with statistics of their own, 1..65536.</param>
    /// <param name="fast">Rate of the quick estimate, see <see cref="BinaryContext"/>.</param>
    /// <param name="slow">Rate of the slow estimate.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public SignedIntegerModel(int maxMagnitude = 1 << 20, int contexts = 1, int fast = 4, int slow = 7)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMagnitude, 1);
        ContextClasses.CheckCount(contexts);
        _fresh = new BinaryContext(fast, slow);
        _unary = Math.Min(UnaryBits, maxMagnitude - 1);
        _contexts = contexts;
        _bits = new BinaryContext[contexts * (1 + _unary)];
        _rest = maxMagnitude > UnaryBits ? new ExpGolombModel(0, maxMagnitude - UnaryBits - 1, contexts, fast, slow) : null;
        MaxMagnitude = maxMagnitude;
        Reset();
    }

    /// <summary>Largest |value|.</summary>
    public int MaxMagnitude { get; }

    /// <summary>Encodes a value.</summary>
    /// <param name="encoder">Where it goes.</param>
    /// <param name="value">-<see cref="MaxMagnitude"/>..<see cref="MaxMagnitude"/>.</param>
    /// <param name="context">Context class.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value or the class is out of range.</exception>
    public void Encode(RangeEncoder encoder, int value, int context = 0)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentOutOfRangeException.ThrowIfLessThan(value, -MaxMagnitude);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxMagnitude);
        Span<BinaryContext> bits = Bits(context);
        encoder.PushBit(ref bits[0], value == 0 ? 0 : 1);
        if (value == 0)
        {
            return;
        }

        encoder.PushRaw(value < 0 ? 1u : 0u, 1);
        int above = Math.Abs(value) - 1;
        int ones = Math.Min(above, _unary);
        for (int i = 1; i <= ones; i++)
        {
            encoder.PushBit(ref bits[i], 1);
        }

        if (ones < _unary)
        {
            encoder.PushBit(ref bits[ones + 1], 0);
        }
        else
        {
            _rest?.Encode(encoder, above - ones, context);
        }
    }

    /// <summary>Decodes a value.</summary>
    /// <param name="decoder">Where it comes from; a value above the limit ends it with <see cref="CodingStatus.LimitExceeded"/>.</param>
    /// <param name="context">Context class.</param>
    /// <returns>-<see cref="MaxMagnitude"/>..<see cref="MaxMagnitude"/>; 0 after a fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The class is out of range.</exception>
    public int Decode(RangeDecoder decoder, int context = 0)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        Span<BinaryContext> bits = Bits(context);
        if (decoder.Bit(ref bits[0]) == 0)
        {
            return 0;
        }

        bool negative = decoder.Raw(1) != 0;
        int ones = 0;
        while (ones < _unary && decoder.Bit(ref bits[ones + 1]) != 0)
        {
            ones++;
        }

        int magnitude = 1 + ones;
        if (ones == _unary && _rest is not null)
        {
            magnitude += _rest.Decode(decoder, context);
        }

        if (decoder.Status != CodingStatus.Ok)
        {
            return 0;
        }

        return negative ? -magnitude : magnitude;
    }

    /// <summary>Forgets everything learned. For the start of a chunk.</summary>
    public void Reset()
    {
        Array.Fill(_bits, _fresh);
        _rest?.Reset();
    }

    private Span<BinaryContext> Bits(int context)
    {
        ContextClasses.Check(context, _contexts);
        return _bits.AsSpan(context * (1 + _unary), 1 + _unary);
    }
}
