namespace Codecs.Formats.Media;

/// <summary>What is in a model's file.</summary>
/// <param name="Format">The format found in the bytes, whatever the file is called.</param>
/// <param name="FileBytes">Size of the file, without the files beside it.</param>
/// <param name="Contents">What is in it.</param>
/// <param name="Warnings">Sentences for the user about what is missing or was not taken over.</param>
public sealed record SceneInfo(SceneFormat Format, long FileBytes, SceneContents Contents, IReadOnlyList<string> Warnings);
