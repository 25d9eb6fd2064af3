namespace Codecs.Audio;

/// <summary>A stretch of one track's frames.</summary>
/// <param name="Values">[frames, values of a frame]: rounded latents or codes.</param>
/// <param name="Rate">Rate index.</param>
/// <param name="TotalSamples">In the last unit: samples per channel of the whole sound at its own rate.</param>
internal sealed record SoundUnit(short[] Values, byte Rate, long? TotalSamples);
