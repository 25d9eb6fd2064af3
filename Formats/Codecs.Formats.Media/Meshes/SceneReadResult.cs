namespace Codecs.Formats.Media;

/// <summary>A model that was read, and all that happened to it on the way.</summary>
/// <param name="Scene">The model.</param>
/// <param name="Format">The format found in the bytes, whatever the file is called.</param>
/// <param name="Warnings">Sentences for the user about what is missing or was not taken over; empty when nothing was.</param>
public sealed record SceneReadResult(Scene Scene, SceneFormat Format, IReadOnlyList<string> Warnings);
