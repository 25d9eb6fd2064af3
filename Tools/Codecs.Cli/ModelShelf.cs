using Codecs.Formats.Container;
using Codecs.Images;
using Codecs.Models;

namespace Codecs.Cli;

/// <summary>Opens installed models, each once, and finds the one that a file needs. Opening needs no torch.</summary>
internal sealed class ModelShelf(ImageCodecOptions options) : IDisposable
{
    private readonly Dictionary<string, ImageCodec> _open = new(StringComparer.Ordinal);

    /// <summary>A model by zoo name or by the path of its weights.</summary>
    /// <exception cref="ModelMismatchException">It is not there or its weights are damaged.</exception>
    internal ImageCodec Open(string model)
    {
        if (!_open.TryGetValue(model, out ImageCodec? codec))
        {
            codec = ImageCodec.Open(model, options);
            _open.Add(model, codec);
        }

        return codec;
    }

    /// <summary>The model that a file was made with.</summary>
    /// <param name="file">The parsed file.</param>
    /// <param name="model">A model the user insists on, else null.</param>
    /// <exception cref="ModelMismatchException">It is not installed.</exception>
    internal ImageCodec For(NcfFile file, string? model)
    {
        if (model is not null)
        {
            return Open(model);
        }

        ModelReference reference = file.ModelOf(file.ColourTrack)
            ?? throw new InvalidBitstreamException("The file names no model for its picture.");
        return Find(reference) ?? throw new ModelMismatchException(
            $"The file was made with weights {reference.Describe()}; {Installed()}. Install the weights it names, or name their file with --codec.");
    }

    /// <summary>The installed model that a reference means, or null.</summary>
    internal ImageCodec? Find(ModelReference reference)
    {
        // The name decides nothing, but it saves opening the others.
        foreach (string name in ModelZoo.Names.OrderByDescending(n => n == reference.Name).ToArray())
        {
            try
            {
                ImageCodec codec = Open(name);
                if (reference.Entropy.Matches(codec.EntropyFingerprint))
                {
                    return codec;
                }
            }
            catch (ModelMismatchException)
            {
                // A network of another kind, or damaged weights: not the one that is wanted.
            }
        }

        return null;
    }

    public void Dispose()
    {
        foreach (ImageCodec codec in _open.Values)
        {
            codec.Dispose();
        }
    }

    private string Installed() => _open.Count == 0
        ? $"none is installed in '{ModelZoo.Folder}'"
        : "installed: " + string.Join(", ", _open.Select(m => $"{m.Key} {m.Value.EntropyFingerprint.Prefix()}"));
}
