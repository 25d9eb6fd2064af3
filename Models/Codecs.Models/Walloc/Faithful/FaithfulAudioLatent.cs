namespace Codecs.Models.Walloc.Faithful;

/// <summary>Stereo sound as WaLLoC transmits it. The published code drops gain and offset; without them the level is lost.</summary>
/// <param name="Samples">Samples per channel.</param>
/// <param name="Gain">What the normalised signal in ±0.5 is multiplied by to get samples.</param>
/// <param name="Offset">What is added then: the mean over both channels.</param>
/// <param name="Frames">Frames of the latent: padded samples over 2^J, plus 2.</param>
/// <param name="Values">Integers [latent channels, Frames].</param>
public sealed record FaithfulAudioLatent(int Samples, float Gain, float Offset, int Frames, ReadOnlyMemory<sbyte> Values);
