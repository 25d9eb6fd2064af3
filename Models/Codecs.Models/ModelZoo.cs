namespace Codecs.Models;

/// <summary>Where shipped weights lie: one folder per model with <c>model.safetensors</c> and its card.</summary>
/// <remarks>Looked for in this order: the folder in the environment variable CODECS_ZOO, then <c>Zoo</c> beside the program.</remarks>
public static class ModelZoo
{
    /// <summary>Environment variable that names another zoo folder.</summary>
    public const string FolderVariable = "CODECS_ZOO";

    /// <summary>Name of a model's weight file inside its folder.</summary>
    public const string WeightFile = "model.safetensors";

    /// <summary>Name of a model's card inside its folder.</summary>
    public const string CardFile = "card.json";

    /// <summary>The zoo folder in force; it need not exist.</summary>
    public static string Folder =>
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } chosen ? chosen : Path.Combine(AppContext.BaseDirectory, "Zoo");

    /// <summary>Names of the installed models, sorted.</summary>
    public static IReadOnlyList<string> Names => !Directory.Exists(Folder) ? [] :
        [.. Directory.EnumerateDirectories(Folder)
            .Where(d => File.Exists(Path.Combine(d, WeightFile)))
            .Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    /// <summary>The weight file of a model.</summary>
    /// <param name="nameOrPath">A zoo name such as <c>mlicv2</c>, or the path of a weight file.</param>
    /// <exception cref="ModelMismatchException">No such model is installed and no such file exists.</exception>
    public static string Find(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        string inZoo = Path.Combine(Folder, nameOrPath, WeightFile);
        if (File.Exists(inZoo))
        {
            return inZoo;
        }

        if (File.Exists(nameOrPath))
        {
            return nameOrPath;
        }

        string installed = Names.Count > 0 ? $"installed: {string.Join(", ", Names)}" : $"none is installed in '{Folder}'";
        throw new ModelMismatchException($"There is no model '{nameOrPath}' ({installed}); {FolderVariable} names another folder.");
    }
}
