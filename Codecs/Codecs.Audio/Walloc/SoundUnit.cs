namespace Codecs.Audio.Walloc;

/// <summary>A stretch of one pair's latents.</summary>
/// <param name="Values">[frames, 96], rounded.</param>
/// <param name="Rate">Rate index.</param>
/// <param name="TotalSamples">In the last unit: samples per channel of the whole sound at its own rate.</param>
internal sealed record SoundUnit(short[] Values, byte Rate, long? TotalSamples);
