using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec.Faithful.Networks;

/// <summary>x + LSTM(x): two layers, forward in time only, with a state that goes from one piece of a signal to the next.</summary>
/// <remarks>Hochreiter and Schmidhuber 1997 in PyTorch's form: gates i, f, g, o. Names: <c>lstm.weight_ih_l0</c>, <c>lstm.weight_hh_l0</c> [4·width, width],
/// <c>lstm.bias_ih_l0</c>, <c>lstm.bias_hh_l0</c> [4·width], and the same of <c>l1</c>.</remarks>
internal sealed class RecurrentLayer
{
    private const int Depth = 2;
    private readonly int _width;
    private readonly (Tensor Input, Tensor Recurrent, Tensor Bias)[] _layers = new (Tensor, Tensor, Tensor)[Depth];

    internal RecurrentLayer(WeightScope weights, int width)
    {
        _width = width;
        WeightScope lstm = weights.At("lstm");
        for (int layer = 0; layer < Depth; layer++)
        {
            using Tensor input = lstm.Take($"bias_ih_l{layer}", 4 * width), recurrent = lstm.Take($"bias_hh_l{layer}", 4 * width);
            _layers[layer] = (
                lstm.Keep(lstm.Take($"weight_ih_l{layer}", 4 * width, width)),
                lstm.Keep(lstm.Take($"weight_hh_l{layer}", 4 * width, width)),
                lstm.Keep(input + recurrent));
        }
    }

    internal LstmState NewState(Device device) => new(Depth, _width, device);

    /// <param name="x">[1, width, T]: the frames after those that the state has seen.</param>
    /// <param name="state">Changed to include these.</param>
    /// <returns>[1, width, T].</returns>
    internal Tensor Forward(Tensor x, LstmState state)
    {
        using var scope = NewDisposeScope();
        Tensor frames = x.squeeze(0).t();
        Tensor output = frames;
        for (int layer = 0; layer < Depth; layer++)
        {
            output = Run(layer, output, state);
        }

        return (output + frames).t().contiguous().unsqueeze(0).MoveToOuterDisposeScope();
    }

    // [T, width] to [T, width]. What depends on the input alone is one product for all frames.
    private Tensor Run(int layer, Tensor frames, LstmState state)
    {
        (Tensor inputWeight, Tensor recurrentWeight, Tensor bias) = _layers[layer];
        using Tensor driven = nn.functional.linear(frames, inputWeight, bias), transposed = recurrentWeight.t();
        Tensor[] outputs = new Tensor[frames.shape[0]];
        for (int t = 0; t < outputs.Length; t++)
        {
            (Tensor output, Tensor cell) = state[layer];
            using Tensor drive = driven.narrow(0, t, 1), gates = addmm(drive, output, transposed, beta: 1, alpha: 1);
            using Tensor inAndForget = gates.narrow(1, 0, 2 * _width), candidate = gates.narrow(1, 2 * _width, _width), release = gates.narrow(1, 3 * _width, _width);
            inAndForget.sigmoid_();
            candidate.tanh_();
            release.sigmoid_();
            using Tensor admit = gates.narrow(1, 0, _width), keep = gates.narrow(1, _width, _width);
            Tensor next = (cell * keep).addcmul_(admit, candidate, 1);
            using Tensor bounded = next.tanh();
            outputs[t] = bounded * release;
            state.Replace(layer, outputs[t].alias(), next);
        }

        return cat(outputs, 0);
    }
}
