namespace Codecs.Formats.Media;

/// <summary>A sound file that was read completely.</summary>
/// <param name="Waveform">The sound.</param>
/// <param name="Info">What the header said; the waveform itself knows its true length.</param>
/// <param name="Metadata">Tags and cover.</param>
/// <param name="Warnings">Sentences for the user about damage that was skipped and metadata that was left out; empty when all was well.</param>
public sealed record AudioReadResult(Waveform Waveform, AudioInfo Info, AudioMetadata Metadata, IReadOnlyList<string> Warnings);
