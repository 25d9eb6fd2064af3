using System.Globalization;
using Codecs.Formats.Weights;
using static TorchSharp.torch;

namespace Codecs.Training;

/// <summary>Training state on disk as safetensors: replaced atomically, so that a run may be killed at any moment.</summary>
internal static class Checkpoint
{
    /// <summary>Writes all tensors (float32) and numbers.</summary>
    internal static void Save(string path, IEnumerable<(string Name, Tensor Value)> state, IReadOnlyDictionary<string, double> numbers)
    {
        var tensors = new List<SafetensorsTensor>();
        foreach ((string name, Tensor value) in state)
        {
            using Tensor flat = value.detach().cpu().contiguous();
            tensors.Add(SafetensorsTensor.Create<float>(name, value.shape, flat.data<float>().ToArray()));
        }

        SafetensorsWriter.Write(path, tensors, numbers.ToDictionary(n => n.Key, n => n.Value.ToString("R", CultureInfo.InvariantCulture)));
    }

    /// <summary>Reads a checkpoint into live tensors of the same names and shapes.</summary>
    /// <returns>The numbers.</returns>
    /// <exception cref="InvalidBitstreamException">The file is damaged or belongs to another network.</exception>
    internal static Dictionary<string, double> Load(string path, IEnumerable<(string Name, Tensor Value)> state)
    {
        using var _ = no_grad();
        SafetensorsFile file = SafetensorsFile.Read(path);
        foreach ((string name, Tensor value) in state)
        {
            if (!file.TryGet(name, out SafetensorsTensor? stored) || !stored.Shape.SequenceEqual(value.shape))
            {
                throw new InvalidBitstreamException($"Checkpoint '{path}' has no '{name}' of shape [{string.Join(", ", value.shape)}]; it belongs to another network.");
            }

            using Tensor loaded = tensor(stored.ToFloats(), value.shape);
            value.copy_(loaded);
        }

        return file.Metadata.ToDictionary(m => m.Key, m => double.Parse(m.Value, CultureInfo.InvariantCulture));
    }
}
