using Codecs.EntropyCoding;
using Codecs.Formats.Weights;
using Codecs.Models.Exact;
using Codecs.Models.Layers;
using static TorchSharp.torch;

namespace Codecs.Models.Mlicv2;

/// <summary>Turns a trained network into the tensors of a weight file: integers for the entropy path, half floats for the transforms.</summary>
internal sealed class L20Exporter(L20Network network, ActivationRanges ranges)
{
    private const int Channels = L20Config.LatentChannels, Quarter = Channels / L20Config.Steps;
    private readonly List<SafetensorsTensor> _tensors = [];

    /// <summary>All tensors of the weight file.</summary>
    internal IReadOnlyList<SafetensorsTensor> Export()
    {
        Transforms();
        Rates();
        Hyper(StateBits());
        Context(StateBits());
        byte[] tables = GaussianTables.Standard.ToBytes();
        _tensors.Add(SafetensorsTensor.Create<byte>(L20Weights.EntropyPrefix + "tables", [tables.Length], tables));
        return _tensors;
    }

    private void Transforms()
    {
        foreach ((string part, nn.Module module) in new (string, nn.Module)[] { ("g_a", network.g_a), ("h_a", network.h_a), ("g_s", network.g_s) })
        {
            foreach ((string name, TorchSharp.Modules.Parameter value) in module.named_parameters())
            {
                float[] values = Values(value);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] += 0f; // -0 becomes +0: fingerprints want one bit pattern per value
                    values[i] = (Half)values[i] == Half.Zero ? 0f : values[i];
                }

                _tensors.Add(SafetensorsTensor.CreateHalf($"{part}.{name}", value.shape, values));
            }
        }
    }

    private void Rates()
    {
        void Add(string name, Tensor value)
        {
            float[] values = Values(value);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] += 0f;
            }

            _tensors.Add(SafetensorsTensor.Create<float>("rate." + name, value.shape, values));
        }

        Add("log_gain", network.log_gain);
        Add("log_inverse_gain", network.log_inverse_gain);
        Add("analysis_gain", network.analysis_gain);
        Add("synthesis_gain", network.synthesis_gain);
        Add("z_mean", network.z_mean);
    }

    // One format for the state through all steps: it is one residual stream.
    private int StateBits()
    {
        List<nn.Module> stream = [network.h_s.output, .. network.context.state, .. network.context.update];
        return ranges.FractionBits(1, [.. stream]);
    }

    private void Hyper(int stateBits)
    {
        HyperSynthesis h = network.h_s;
        int streamBits = ranges.FractionBits(1, h.up1, h.block);
        int secondBits = ranges.FractionBits(1, h.up2);

        // Symbols come without their mean; the first layer's bias takes it in: W (s + m) + b = W s + (W m + b).
        using Tensor bias = h.up1.bias! + h.up1.weight.matmul(network.z_mean);
        Layer("h_s.up1", Values(h.up1.weight), Values(bias), 0, streamBits);
        Block("h_s.block", h.block, streamBits);
        Layer("h_s.up2", Values(h.up2.weight), Values(h.up2.bias!), streamBits, secondBits);
        Layer("h_s.output", Values(h.output.weight), Values(h.output.bias!), secondBits, stateBits);
        Shorts("embedding", network.embedding, Math.ScaleB(1, stateBits));
        Shorts("z_scale_index", network.z_scale_index.clamp(0, L20Config.Scales - 1), ExactEntropyModel.ScaleUnit);
    }

    private void Context(int stateBits)
    {
        ContextModel context = network.context;
        for (int s = 0; s < L20Config.Steps; s++)
        {
            Block($"context.state.{s}", context.state[s], stateBits);
            Head(s, context.head[s], stateBits);
            if (s < L20Config.Steps - 1)
            {
                using Tensor weight = context.update[s].weight * ContextModel.UpdateScale;
                Layer($"context.update.{s}", Values(weight), Values(context.update[s].bias!), ExactEntropyModel.MeanBits, stateBits);
            }
        }
    }

    // Rows regrouped by channel quarter: the quarter's 48 means (in 1/64), then its 48 scale indices (in 1/16).
    private void Head(int step, Pointwise head, int stateBits)
    {
        float[] weights = Values(head.weight), bias = Values(head.bias!);
        float[] rows = new float[weights.Length], offsets = new float[bias.Length];
        int[] bits = new int[bias.Length];
        for (int to = 0; to < bias.Length; to++)
        {
            int quarter = to / (2 * Quarter), within = to % (2 * Quarter);
            bool isMean = within < Quarter;
            int from = (quarter * Quarter) + (isMean ? within : Channels + within - Quarter);
            float gain = isMean ? L20Config.MeanGain : L20Config.ScaleIndexGain;
            for (int i = 0; i < Channels; i++)
            {
                rows[(to * Channels) + i] = weights[(from * Channels) + i] * gain;
            }

            offsets[to] = (bias[from] * gain) + (isMean ? 0 : L20Config.ScaleIndexCentre);
            bits[to] = isMean ? ExactEntropyModel.MeanBits : ExactEntropyModel.ScaleBits;
        }

        Add($"context.head.{step}", LayerQuantizer.Quantize(rows, offsets, stateBits, bits), Channels);
    }

    private void Block(string name, TokenMixBlock block, int streamBits)
    {
        int aBits = ranges.FractionBits(1, block.a), dwBits = ranges.FractionBits(1, block.dw);
        int cBits = ranges.FractionBits(2, block.c); // two halves are added
        Layer(name + ".a", Values(block.a.weight), Values(block.a.bias!), streamBits, aBits);
        Layer(name + ".dw", Values(block.dw.weight), Values(block.dw.bias), aBits, dwBits);
        Layer(name + ".b", Values(block.b.weight), Values(block.b.bias!), dwBits, streamBits);
        Layer(name + ".c", Values(block.c.weight), Values(block.c.bias!), streamBits, cBits);
        Layer(name + ".e", Values(block.e.weight), Values(block.e.bias!), cBits, streamBits);
    }

    private void Layer(string name, float[] weights, float[] bias, int inputBits, int outputBits)
    {
        int[] bits = new int[bias.Length];
        Array.Fill(bits, outputBits);
        Add(name, LayerQuantizer.Quantize(weights, bias, inputBits, bits), weights.Length / bias.Length);
    }

    private void Add(string name, LayerQuantizer.Layer layer, int fanIn)
    {
        string full = L20Weights.EntropyPrefix + name;
        int outputs = layer.Bias.Length;
        _tensors.Add(SafetensorsTensor.Create<short>(full + ".weight", [outputs, fanIn], layer.Weights));
        _tensors.Add(SafetensorsTensor.Create<int>(full + ".bias", [outputs], layer.Bias));
        _tensors.Add(SafetensorsTensor.Create<byte>(full + ".shift", [outputs], layer.Shift));
    }

    private void Shorts(string name, Tensor value, double unit)
    {
        short[] values = Array.ConvertAll(Values(value), v => Requantizer.Saturate((int)Math.Round(v * unit)));
        _tensors.Add(SafetensorsTensor.Create<short>(L20Weights.EntropyPrefix + name, value.shape, values));
    }

    private static float[] Values(Tensor tensor)
    {
        using Tensor plain = tensor.detach().cpu().to(ScalarType.Float32).contiguous();
        return plain.data<float>().ToArray();
    }
}
