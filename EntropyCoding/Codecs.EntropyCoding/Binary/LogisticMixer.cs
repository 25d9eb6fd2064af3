namespace Codecs.EntropyCoding;

/// <summary>Mixes the opinions of several contexts and other predictors into one that is better than each: weights learned in the logistic domain, then a refinement by experience.</summary>
/// <remarks>
/// <para>After M. Mahoney, "Adaptive weighing of context models for lossless data compression", Florida Tech CS-2005-16, 2005 (PAQ): all integer. With
/// input probabilities p_i and st_i = stretch(p_i) (Q8 logits), weights w_i (Q16) of the selected set; a predictor other than a context gives its st_i itself:</para>
/// <code>
/// x     = clamp(sum(w_i * st_i) >> 16, -2048, 2047)              p_mix = squash(x)
/// b, u  = (x + 2048) div 128, (x + 2048) mod 128                 p_ref = (a[b] * (128 - u) + a[b + 1] * u) >> 11      (a: 33 buckets, 16 bits)
/// p     = clamp((p_mix + p_ref + 1) >> 1, 16, 4080) of 4096 that the bit is 0
/// then    w_i += (st_i * ((bit == 0 ? 4095 : 0) - p_mix) * rate + 2^13) >> 14, kept in -2^22..2^22
///         the nearer of a[b], a[b + 1] (b if u &lt; 64):  a += ((bit == 0 ? 65535 : 0) - a) >> 6        and every selected context learns the bit
/// </code>
/// <para>Start: w_i = floor(65536 / inputs) unless the model ships others (<see cref="StartFrom"/>), a[j] = 16 * squash(min(128 j - 2048, 2047)). Shifts round
/// down. Sums and products stay below 2^40.
/// The tables: <see cref="LogisticTables"/>. Not thread-safe.</para>
/// </remarks>
public sealed class LogisticMixer
{
    /// <summary>Most inputs of a mixture.</summary>
    public const int MaxInputs = 32;

    private const int MaxSets = 1 << 16;
    private const int WeightBits = 16;
    private const int MaxWeight = 1 << 22;
    private const int LearningShift = 14;
    private const int Buckets = 33;
    private const int BucketBits = 7;
    private const int RefinementRate = 6;

    private readonly int[] _start;
    private readonly int[] _weights;
    private readonly ushort[] _refinements;
    private readonly short[] _stretched;
    private readonly int _rate;
    private readonly bool _refine;
    private int _firstWeight;
    private int _firstBucket;
    private int _nearBucket;
    private int _mixed;

    /// <summary>Creates a mixture that has learned nothing yet.</summary>
    /// <param name="inputs">Contexts and other predictors per bit, 1..32.</param>
    /// <param name="weightSets">Sets of weights to select from, 1..65536.</param>
    /// <param name="refinements">Refinement tables to select from, 1..65536.</param>
    /// <param name="rate">Learning rate of the weights, 1..16; 2 suits most data. Part of the syntax: both sides must use the same.</param>
    /// <param name="refine">False leaves the refinement out, p = clamp(p_mix, 16, 4080): better where good start weights meet too few bits to learn from.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public LogisticMixer(int inputs, int weightSets = 1, int refinements = 1, int rate = 2, bool refine = true)
    {
        CheckRange(inputs, MaxInputs, nameof(inputs));
        CheckRange(weightSets, MaxSets, nameof(weightSets));
        CheckRange(refinements, MaxSets, nameof(refinements));
        CheckRange(rate, 16, nameof(rate));
        _start = new int[inputs * weightSets];
        Array.Fill(_start, (1 << WeightBits) / inputs);
        _weights = new int[_start.Length];
        _refinements = new ushort[Buckets * refinements];
        _stretched = new short[inputs];
        _rate = rate;
        _refine = refine;
        Reset();
    }

    /// <summary>Contexts and other predictors per bit.</summary>
    public int Inputs => _stretched.Length;

    /// <summary>The weights as they are now, in 1/65536, set after set: what is worth keeping as the start of a later payload.</summary>
    public ReadOnlySpan<int> Weights => _weights;

    /// <summary>Sets the weights with which every payload begins, for example those shipped with a model, and resets the mixture.</summary>
    /// <param name="weights">As many as <see cref="Weights"/>; each is limited to -2^22..2^22. Part of the syntax: both sides must use the same.</param>
    /// <exception cref="ArgumentException">Their number is another.</exception>
    public void StartFrom(ReadOnlySpan<int> weights)
    {
        if (weights.Length != _start.Length)
        {
            throw new ArgumentException($"{weights.Length} weights; the mixer has {_start.Length}.", nameof(weights));
        }

        for (int i = 0; i < _start.Length; i++)
        {
            _start[i] = Math.Clamp(weights[i], -MaxWeight, MaxWeight);
        }

        Reset();
    }

    /// <summary>Chooses what the following bits are mixed with: small contexts of their own, such as a bit position. Stays until the next call.</summary>
    /// <param name="weightSet">Index of the weight set.</param>
    /// <param name="refinement">Index of the refinement table.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such set or table.</exception>
    public void Select(int weightSet, int refinement)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weightSet);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(weightSet, _weights.Length / Inputs);
        ArgumentOutOfRangeException.ThrowIfNegative(refinement);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(refinement, _refinements.Length / Buckets);
        _firstWeight = weightSet * Inputs;
        _firstBucket = refinement * Buckets;
    }

    /// <summary>Forgets everything learned and selects the first set and table. For the start of a chunk.</summary>
    public void Reset()
    {
        _start.CopyTo(_weights, 0);
        for (int i = 0; i < _refinements.Length; i++)
        {
            int index = Math.Min(i % Buckets << BucketBits, LogisticTables.Size - 1);
            _refinements[i] = (ushort)(LogisticTables.Squash[index] << 4);
        }

        (_firstWeight, _firstBucket) = (0, 0);
    }

    /// <summary>The probability of 0, times 4096, 16..4080. <see cref="Update"/> must follow.</summary>
    /// <param name="contexts">A pool of contexts.</param>
    /// <param name="selected">The first inputs: contexts, as indices into the pool.</param>
    /// <param name="logits">The other inputs: Q8 logits of 0, limited to -2048..2047.</param>
    internal int Predict(ReadOnlySpan<BinaryContext> contexts, ReadOnlySpan<int> selected, ReadOnlySpan<short> logits)
    {
        Span<short> stretched = _stretched;
        if (selected.Length + logits.Length != stretched.Length)
        {
            throw new ArgumentException(
                $"{selected.Length} contexts are selected and {logits.Length} logits given; the mixer has {stretched.Length} inputs.", nameof(selected));
        }

        ReadOnlySpan<int> weights = _weights.AsSpan(_firstWeight, stretched.Length);
        ReadOnlySpan<short> stretch = LogisticTables.Stretch;
        for (int i = 0; i < selected.Length; i++)
        {
            stretched[i] = stretch[contexts[selected[i]].Probability];
        }

        for (int i = 0; i < logits.Length; i++)
        {
            stretched[selected.Length + i] = Math.Clamp(logits[i], (short)(-LogisticTables.MaxLogit - 1), (short)LogisticTables.MaxLogit);
        }

        long sum = 0;
        for (int i = 0; i < stretched.Length; i++)
        {
            sum += (long)weights[i] * stretched[i];
        }

        int index = (int)Math.Clamp(sum >> WeightBits, -LogisticTables.MaxLogit - 1, LogisticTables.MaxLogit) + LogisticTables.MaxLogit + 1;
        _mixed = LogisticTables.Squash[index];
        if (!_refine)
        {
            return BinaryContext.Clamp(_mixed);
        }

        int bucket = _firstBucket + (index >> BucketBits);
        int part = index & ((1 << BucketBits) - 1);
        int refined = (_refinements[bucket] * ((1 << BucketBits) - part) + _refinements[bucket + 1] * part) >> (BucketBits + 4);
        _nearBucket = bucket + (part >> (BucketBits - 1));
        return BinaryContext.Clamp((_mixed + refined + 1) >> 1);
    }

    /// <summary>Learns the bit that <see cref="Predict"/> was about; so do the contexts.</summary>
    internal void Update(Span<BinaryContext> contexts, ReadOnlySpan<int> selected, int bit)
    {
        int error = (((bit - 1) & (LogisticTables.Size - 1)) - _mixed) * _rate;
        Span<int> weights = _weights.AsSpan(_firstWeight, Inputs);
        ReadOnlySpan<short> stretched = _stretched;
        for (int i = 0; i < weights.Length && i < stretched.Length; i++)
        {
            int step = (stretched[i] * error + (1 << (LearningShift - 1))) >> LearningShift;
            weights[i] = Math.Clamp(weights[i] + step, -MaxWeight, MaxWeight);
        }

        foreach (int context in selected)
        {
            contexts[context].Update(bit);
        }

        if (!_refine)
        {
            return;
        }

        ref ushort near = ref _refinements[_nearBucket];
        near = (ushort)(near + ((((bit - 1) & ushort.MaxValue) - near) >> RefinementRate));
    }

    private static void CheckRange(int value, int largest, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, largest, name);
    }
}
