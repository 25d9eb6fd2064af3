using System.Runtime.InteropServices;
using Codecs.Formats.Weights;
using static TorchSharp.torch;

namespace Codecs.Models.Walloc;

/// <summary>A trained WaLLoC network as the tensors of a weight file: integers for the context model, half floats for the decoder, floats for the rest.</summary>
internal static class WallocTensors
{
    private const int LargestWeight = short.MaxValue;

    /// <summary>True for the tensors that the synthesis needs.</summary>
    internal static bool IsSynthesis(string name) =>
        name.StartsWith("decoder.", StringComparison.Ordinal) || name is "quantizer.log_inverse_gain" or "quantizer.log_limit";

    /// <summary>All tensors of a weight file.</summary>
    /// <param name="network">The network; its parameters but those of the context model are stored under their names.</param>
    /// <param name="quantizer">Its quantiser.</param>
    /// <param name="context">Its context model.</param>
    /// <param name="start">Start states of the residual contexts, from <see cref="ResidualStart.Write"/>.</param>
    internal static List<SafetensorsTensor> Export(nn.Module network, LatentQuantizer quantizer, LatentContext context, short[] start)
    {
        var tensors = new List<SafetensorsTensor>(Entropy(context, start));
        using Tensor inverse = quantizer.LogInverseGain().detach();
        foreach ((string name, Tensor value) in network.named_parameters().Select(p => (p.name, (Tensor)p.parameter)).Append(("quantizer.log_inverse_gain", inverse)))
        {
            if (name.StartsWith("context.", StringComparison.Ordinal) || name == "quantizer.log_correction")
            {
                continue;
            }

            float[] values = Values(value);
            bool half = name.StartsWith("decoder.", StringComparison.Ordinal) && value.dim() > 1 && value.shape[0] != WallocRates.Levels;
            for (int i = 0; i < values.Length; i++)
            {
                // -0 becomes +0: fingerprints want one bit pattern per value.
                values[i] = half && (Half)values[i] == Half.Zero ? 0f : values[i] + 0f;
            }

            tensors.Add(half ? SafetensorsTensor.CreateHalf(name, value.shape, values) : SafetensorsTensor.Create<float>(name, value.shape, values));
        }

        return tensors;
    }

    /// <summary>The integer tensors of a context model.</summary>
    internal static IEnumerable<SafetensorsTensor> Entropy(LatentContext context, short[] start)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        long channels = context.mean_same.shape[0], inputs = context.mean.shape[1] + channels;
        Tensor below = ones(channels, channels).tril(-1);
        Tensor mean = cat([context.mean, context.mean_same * below], 1);
        Tensor spread = cat([context.spread_root.square(), context.spread_same_root.square() * below], 1);
        Tensor rates = arange(0, WallocRates.MaxRate + 1).to(ScalarType.Float32);
        Tensor bases = WallocRates.Mix(context.log_spread, rates).exp().reshape(-1, channels) * ResidualModel.One;
        return
        [
            Shorts("mean", [channels, inputs], mean * ResidualModel.One),
            Shorts("spread", [channels, inputs], spread * ResidualModel.One),

            // Bit patterns of unsigned 16-bit values: a base spread of 64 has all 16 bits.
            SafetensorsTensor.Create<short>(
                ModelWeights.EntropyPrefix + "base", bases.shape, Array.ConvertAll(Values(bases), v => (short)(ushort)Math.Clamp(MathF.Round(v), 0, ushort.MaxValue))),
            SafetensorsTensor.Create<short>(ModelWeights.EntropyPrefix + "start", [start.Length], start),
        ];
    }

    private static SafetensorsTensor Shorts(string name, long[] shape, Tensor value) => SafetensorsTensor.Create<short>(
        ModelWeights.EntropyPrefix + name, shape, Array.ConvertAll(Values(value), v => (short)Math.Clamp(MathF.Round(v), -LargestWeight, LargestWeight)));

    private static float[] Values(Tensor value)
    {
        using Tensor flat = value.detach().to(ScalarType.Float32).contiguous();
        return MemoryMarshal.Cast<byte, float>(flat.bytes).ToArray();
    }
}
