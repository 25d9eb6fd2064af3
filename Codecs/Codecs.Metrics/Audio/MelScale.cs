namespace Codecs.Metrics.Audio;

/// <summary>One resolution of a multi-scale mel distance.</summary>
/// <param name="Window">Analysis window in samples, a power of two 16..16384; the hop is a quarter of it.</param>
/// <param name="Bands">Mel bands from 0 Hz to half the sampling rate, at least 1.</param>
public readonly record struct MelScale(int Window, int Bands);
