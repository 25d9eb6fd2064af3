using System.Globalization;
using Codecs.Formats.Weights;
using static TorchSharp.torch;

namespace Codecs.Training;

/// <summary>Training state on disk as safetensors: replaced atomically, so that a run may be killed at any moment.</summary>
internal static class Checkpoint
{
    /// <summary>Writes all tensors (float32) and numbers.</summary>
    internal static void Save(string path, IEnumerable<(string Name, Tensor Value)> state, IReadOnlyDictionary<string, double> numbers) =>
        Save(path, [.. state.Select(s => ToStored(s.Name, s.Value))], numbers);

    /// <summary>Writes tensors and numbers.</summary>
    internal static void Save(string path, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, double> numbers) =>
        SafetensorsWriter.Write(path, tensors, numbers.ToDictionary(n => n.Key, n => n.Value.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>Reads a checkpoint into live tensors of the same names and shapes.</summary>
    /// <returns>The numbers.</returns>
    /// <exception cref="InvalidBitstreamException">The file is damaged or belongs to another network.</exception>
    internal static Dictionary<string, double> Load(string path, IEnumerable<(string Name, Tensor Value)> state)
    {
        using var _ = no_grad();
        SafetensorsFile file = SafetensorsFile.Read(path);
        foreach ((string name, Tensor value) in state)
        {
            using Tensor loaded = tensor(Find(file, path, name, value.shape), value.shape);
            value.copy_(loaded);
        }

        return Numbers(file);
    }

    /// <summary>The values of one tensor.</summary>
    /// <exception cref="InvalidBitstreamException">The file has none of this name and shape.</exception>
    internal static float[] Find(SafetensorsFile file, string path, string name, params long[] shape) =>
        file.TryGet(name, out SafetensorsTensor? stored) && stored.Shape.SequenceEqual(shape)
            ? stored.ToFloats()
            : throw new InvalidBitstreamException($"Checkpoint '{path}' has no '{name}' of shape [{string.Join(", ", shape)}]; it belongs to another network.");

    /// <summary>The numbers of a checkpoint.</summary>
    internal static Dictionary<string, double> Numbers(SafetensorsFile file) =>
        file.Metadata.ToDictionary(m => m.Key, m => double.Parse(m.Value, CultureInfo.InvariantCulture));

    private static SafetensorsTensor ToStored(string name, Tensor value)
    {
        using Tensor flat = value.detach().cpu().contiguous();
        return SafetensorsTensor.Create<float>(name, value.shape, flat.data<float>().ToArray());
    }
}
