using System.Diagnostics.CodeAnalysis;

namespace Codecs.Formats.Media;

/// <summary>What each <see cref="SceneFormat"/> is called, and how it is recognised.</summary>
public static class SceneFormats
{
    private static readonly (string Name, string Extension)[] s_traits =
        [("GLB", ".glb"), ("glTF", ".gltf"), ("OBJ", ".obj"), ("PLY", ".ply"), ("STL", ".stl")];

    /// <summary>Every format, in the order of <see cref="SceneFormat"/>.</summary>
    public static IReadOnlyList<SceneFormat> All { get; } = Enum.GetValues<SceneFormat>();

    /// <summary>The format's usual name, such as "glTF".</summary>
    /// <param name="format">The format.</param>
    public static string Name(SceneFormat format) => Traits(format).Name;

    /// <summary>The file name extension in lower case with its dot.</summary>
    /// <param name="format">The format.</param>
    public static string Extension(SceneFormat format) => Traits(format).Extension;

    /// <summary>The format of a whole file by its bytes; its name only helps where OBJ, a text without a beginning of its own, is in doubt.</summary>
    /// <param name="data">The whole file.</param>
    /// <param name="path">The file's name, or null.</param>
    /// <returns>The format, or null when the bytes are no model's of ours.</returns>
    public static SceneFormat? Detect(ReadOnlySpan<byte> data, string? path = null) => SceneSignature.Detect(data, path);

    /// <summary>The format that a file name asks for.</summary>
    /// <param name="path">A file name or path; only its extension counts.</param>
    /// <exception cref="MediaException">The extension is missing or belongs to no known format; the message lists those that do.</exception>
    public static SceneFormat FromPath(string path) => TryFromPath(path, out SceneFormat format)
        ? format
        : throw new MediaException($"'{path}' has no extension of a 3D format; known are {string.Join(' ', All.Select(Extension))}.");

    /// <summary>The format that a file name asks for, if it is a known one.</summary>
    /// <param name="path">A file name or path; only its extension counts.</param>
    /// <param name="format">The format when true is returned.</param>
    public static bool TryFromPath([NotNullWhen(true)] string? path, out SceneFormat format)
    {
        string extension = Path.GetExtension(path ?? string.Empty);
        foreach (SceneFormat candidate in All)
        {
            if (Extension(candidate).Equals(extension, StringComparison.OrdinalIgnoreCase))
            {
                format = candidate;
                return true;
            }
        }

        format = default;
        return false;
    }

    private static (string Name, string Extension) Traits(SceneFormat format) => (uint)format < (uint)s_traits.Length
        ? s_traits[(int)format]
        : throw new ArgumentOutOfRangeException(nameof(format), format, "Not a 3D format.");
}
