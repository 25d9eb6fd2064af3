using Codecs.Formats.Container;
using Codecs.Models;

namespace Codecs.Cli;

/// <summary>Codecs of one kind of media: each opened once, found by name or by what a file names.</summary>
/// <param name="open">Opens a codec; throws <see cref="ModelMismatchException"/> for weights of another kind.</param>
/// <param name="entropyOf">The fingerprint by which files name it.</param>
/// <param name="withoutWeights">Names of codecs that are in no zoo.</param>
internal sealed class Shelf<T>(Func<string, T> open, Func<T, Fingerprint> entropyOf, params IReadOnlyList<string> withoutWeights) : IDisposable
    where T : class, IDisposable
{
    private readonly Dictionary<string, T> _open = new(StringComparer.Ordinal);

    /// <summary>A model by zoo name or by the path of its weights.</summary>
    /// <exception cref="ModelMismatchException">It is not there, its weights are damaged or for other media.</exception>
    internal T Open(string model)
    {
        if (!_open.TryGetValue(model, out T? codec))
        {
            codec = open(model);
            _open.Add(model, codec);
        }

        return codec;
    }

    /// <summary>The model that a track was made with.</summary>
    /// <param name="reference">What the file names; null if nothing.</param>
    /// <param name="model">A model the user insists on, else null.</param>
    /// <exception cref="ModelMismatchException">It is not installed.</exception>
    internal T For(ModelReference? reference, string? model)
    {
        if (model is not null)
        {
            return Open(model);
        }

        if (reference is null)
        {
            throw new InvalidBitstreamException("The file names no model.");
        }

        return Find(reference) ?? throw new ModelMismatchException(
            $"The file was made with weights {reference.Describe()}; {Installed()}. Install the weights it names, or name their file with --codec.");
    }

    /// <summary>The installed model that a reference means, or null.</summary>
    internal T? Find(ModelReference reference)
    {
        // The name decides nothing, but it saves opening the others.
        foreach (string name in ModelZoo.Names.Concat(withoutWeights).OrderByDescending(n => n == reference.Name).ToArray())
        {
            if (TryOpen(name) is { } codec && reference.Entropy.Matches(entropyOf(codec)))
            {
                return codec;
            }
        }

        return null;
    }

    /// <summary>A model by zoo name or by the path of its weights; null if it is not there, damaged or for other media.</summary>
    internal T? TryOpen(string model)
    {
        try
        {
            return Open(model);
        }
        catch (ModelMismatchException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        foreach (T codec in _open.Values)
        {
            codec.Dispose();
        }
    }

    private string Installed() => _open.Count == 0
        ? $"none is installed in '{ModelZoo.Folder}'"
        : "installed: " + string.Join(", ", _open.Select(m => $"{m.Key} {entropyOf(m.Value).Prefix()}"));
}
