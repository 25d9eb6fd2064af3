using Codecs.Formats.Weights;
using static TorchSharp.torch;

namespace Codecs.Models.Faithful;

/// <summary>A weight file as the source of a network; owns what the network keeps.</summary>
internal sealed class StateDictionary(SafetensorsFile file, Device device) : IWeightSource, IDisposable
{
    private readonly List<Tensor> _kept = [];
    private SafetensorsFile? _file = file;

    /// <summary>Lets go of the file: the network has what it needs.</summary>
    internal void Close() => _file = null;

    public void Dispose()
    {
        foreach (Tensor tensor in _kept)
        {
            tensor.Dispose();
        }
    }

    Tensor IWeightSource.Take(string name, long[] shape)
    {
        SafetensorsFile open = _file ?? throw new InvalidOperationException("The weights are closed.");
        if (!open.TryGet(name, out SafetensorsTensor? found) || !found.Shape.SequenceEqual(shape))
        {
            throw new ModelMismatchException($"The weights need '{name}' of shape [{string.Join(", ", shape)}]; the file has {found?.ToString() ?? "none"}.");
        }

        return tensor(found.ToFloats(), shape, device: device);
    }

    void IWeightSource.Keep(Tensor tensor)
    {
        tensor.DetachFromDisposeScope();
        _kept.Add(tensor);
    }
}
