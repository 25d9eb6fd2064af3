namespace Codecs.Metrics.Audio;

/// <summary>Reference and degraded sound of one shape, checked: [channels, samples], one channel after the other.</summary>
internal readonly ref struct PlanarPair
{
    /// <summary>Lowest and highest sampling rate the metrics take, Hz.</summary>
    public const int MinRateHz = 8_000;

    /// <inheritdoc cref="MinRateHz"/>
    public const int MaxRateHz = 384_000;

    private readonly ReadOnlySpan<float> _reference;
    private readonly ReadOnlySpan<float> _degraded;

    public PlanarPair(ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded, int channels, int minSamples = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (reference.Length != degraded.Length || reference.Length % channels != 0)
        {
            throw new ArgumentException(
                $"Two sounds of the same length are needed, channel after channel; found {reference.Length} and {degraded.Length} samples for {channels} channels.");
        }

        if (reference.Length / channels < minSamples)
        {
            throw new ArgumentException($"At least {minSamples} samples per channel are needed, found {reference.Length / channels}.");
        }

        _reference = reference;
        _degraded = degraded;
        Channels = channels;
        Samples = reference.Length / channels;
    }

    public int Channels { get; }

    /// <summary>Samples per channel.</summary>
    public int Samples { get; }

    public static void CheckRate(int sampleRateHz)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRateHz, MinRateHz);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRateHz, MaxRateHz);
    }

    public ReadOnlySpan<float> Reference(int channel) => _reference.Slice(channel * Samples, Samples);

    public ReadOnlySpan<float> Degraded(int channel) => _degraded.Slice(channel * Samples, Samples);
}
