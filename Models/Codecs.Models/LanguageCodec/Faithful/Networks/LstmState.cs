using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec.Faithful.Networks;

/// <summary>What an LSTM remembers between two pieces of a signal: per layer its output and its cell, both [1, width], first zero.</summary>
internal sealed class LstmState : IDisposable
{
    private readonly (Tensor Output, Tensor Cell)[] _layers;

    internal LstmState(int layers, int width, Device device)
    {
        _layers = new (Tensor, Tensor)[layers];
        for (int layer = 0; layer < layers; layer++)
        {
            _layers[layer] = (zeros(1, width, device: device).DetachFromDisposeScope(), zeros(1, width, device: device).DetachFromDisposeScope());
        }
    }

    internal (Tensor Output, Tensor Cell) this[int layer] => _layers[layer];

    /// <summary>Takes two tensors over and frees those they replace.</summary>
    internal void Replace(int layer, Tensor output, Tensor cell)
    {
        _layers[layer].Output.Dispose();
        _layers[layer].Cell.Dispose();
        _layers[layer] = (output.DetachFromDisposeScope(), cell.DetachFromDisposeScope());
    }

    public void Dispose()
    {
        foreach ((Tensor output, Tensor cell) in _layers)
        {
            output.Dispose();
            cell.Dispose();
        }
    }
}
