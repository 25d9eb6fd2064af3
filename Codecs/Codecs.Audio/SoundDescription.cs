using Codecs.Formats.Media;

namespace Codecs.Audio;

/// <summary>What an encoder must know before the first sample.</summary>
/// <param name="SampleRate">Samples per second and channel.</param>
/// <param name="Channels">Channels, 1..64, coded in pairs.</param>
/// <param name="SampleCount">Samples per channel if known; it is checked by nobody but shown by players.</param>
/// <param name="Peak">Largest magnitude of the sound, 1 when not known; quiet sounds keep more detail when it is.</param>
/// <param name="Metadata">Tags and cover art.</param>
public sealed record SoundDescription(int SampleRate, int Channels, long? SampleCount = null, double Peak = 1, AudioMetadata? Metadata = null);
