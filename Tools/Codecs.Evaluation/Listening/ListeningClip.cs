namespace Codecs.Evaluation;

/// <summary>A sound for listening: the original and what codecs made of it.</summary>
/// <param name="Name">File name of the sound without its folder.</param>
/// <param name="Original">The original's sample, relative to the page, with slashes.</param>
/// <param name="Samples">What codecs made of it, codec after codec.</param>
public sealed record ListeningClip(string Name, string Original, IReadOnlyList<ListeningSample> Samples);
