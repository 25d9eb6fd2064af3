using Codecs.Formats.Media;

namespace Codecs.Cli.Files;

/// <summary>What tokens become.</summary>
/// <param name="Extension">Extension of the output, in lower case with its dot.</param>
/// <param name="Sound">Set for sound files.</param>
internal sealed record TokenTarget(string Extension, AudioFormat? Sound)
{
    internal const string Npy = ".npy", Json = ".json";

    internal static TokenTarget Array { get; } = new(Npy, null);

    internal static TokenTarget Coded { get; } = new(OutputPlan.CodedExtension, null);

    /// <summary>True for a file of indices, false for one that plays.</summary>
    internal bool HoldsTokens => Extension is Npy or Json;

    /// <summary>Its name for people and reports.</summary>
    internal string Name => Extension[1..];

    /// <summary>The target that a bare name such as "npy" or the extension of a path means; null when it is none.</summary>
    internal static TokenTarget? Of(string text)
    {
        string path = Path.HasExtension(text) ? text : "." + text, extension = Path.GetExtension(path).ToLowerInvariant();
        return extension is Npy or Json or OutputPlan.CodedExtension ? new TokenTarget(extension, null)
            : AudioFormats.TryFromPath(path, out AudioFormat sound) ? new TokenTarget(extension, sound)
            : null;
    }

    /// <summary>The target of an input when none is asked for, by its name.</summary>
    internal static TokenTarget For(InputFile input) => Of(input.Path) is { HoldsTokens: true } ? Coded : Array;
}
