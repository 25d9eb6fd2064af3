using Codecs.Formats.Weights;
using Codecs.Formats.Weights.Torch;

namespace Codecs.Models.Faithful;

/// <summary>A checkpoint file as its authors published it.</summary>
/// <param name="Path">Where it was read from.</param>
/// <param name="Content">Everything in a file of PyTorch; null for safetensors, which holds tensors alone.</param>
/// <param name="State">The tensors of its state dictionary.</param>
internal sealed record OfficialCheckpoint(string Path, TorchCheckpoint? Content, IReadOnlyDictionary<string, SafetensorsTensor> State)
{
    // How plain training scripts and PyTorch Lightning name it; else it is the root itself.
    private static readonly string[] s_stateKeys = ["model_state_dict", "state_dict"];

    /// <summary>Name of the file, without its folder.</summary>
    internal string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>Reads a file: safetensors by its extension, else of PyTorch.</summary>
    /// <exception cref="InvalidBitstreamException">Damaged, or without tensors.</exception>
    /// <exception cref="UnsupportedBitstreamException">It has a form, or element types, that are not read.</exception>
    /// <exception cref="LimitExceededException">It is too large.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static OfficialCheckpoint Read(string path)
    {
        if (path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
        {
            return new OfficialCheckpoint(path, Content: null, SafetensorsFile.Read(path).Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal));
        }

        TorchCheckpoint content = TorchCheckpoint.Read(path);
        string? key = s_stateKeys.FirstOrDefault(k => content.Find(k) is not null);
        return new OfficialCheckpoint(path, content, key is null ? content.StateDictionary() : content.StateDictionary(key));
    }
}
