namespace Codecs.Cli.Output;

/// <summary>A sound that was encoded, decoded or looked at.</summary>
/// <param name="SampleRate">In Hz.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Samples">Samples per channel; absent when a file does not say.</param>
/// <param name="Duration">In seconds.</param>
/// <param name="KilobitsPerSecond">Of the whole .ncf file.</param>
internal sealed record SoundReport(int SampleRate, int Channels, long? Samples, double? Duration, double? KilobitsPerSecond);
