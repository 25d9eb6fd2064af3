using Codecs.Formats.Weights;
using Codecs.Models.Exact;
using Codecs.Models.Walloc;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.Walloc;

/// <summary>Small context models and quantisers with random weights, as files.</summary>
internal static class RandomWalloc
{
    internal const int Channels = 12;
    internal const string Entropy = ModelWeights.EntropyPrefix;

    /// <summary>A context network of 12 channels and its integer counterpart.</summary>
    internal static (LatentContext Float, ExactLatentModel Exact) Context(int seed)
    {
        random.manual_seed(seed);
        var context = new LatentContext(Channels, ImageWalloc.Neighbours);
        using (no_grad())
        {
            context.mean.uniform_(-0.3, 0.3);
            context.mean_same.uniform_(-0.3, 0.3);
            context.spread_root.uniform_(-0.4, 0.4);
            context.spread_same_root.uniform_(-0.4, 0.4);
            context.log_spread.uniform_(-2, 3);
        }

        return (context, Exact(WallocTensors.Entropy(context, new short[ResidualModel.Contexts])));
    }

    internal static ExactLatentModel Exact(IEnumerable<SafetensorsTensor> tensors) =>
        new(new IntegerWeights(File(tensors), Entropy), Channels, ImageWalloc.Neighbours);

    /// <summary>Integer tensors of a context model of 12 channels: all zero but for the base spread, in 1/1024.</summary>
    internal static (short[] Mean, short[] Spread, short[] Base, short[] Start) Zeros(int spread)
    {
        int weights = Channels * (ImageWalloc.Neighbours.Length + 1) * Channels;
        short[] bases = new short[(WallocRates.MaxRate + 1) * Channels];
        Array.Fill(bases, (short)(ushort)spread);
        return (new short[weights], new short[weights], bases, new short[ResidualModel.Contexts]);
    }

    internal static ExactLatentModel Exact((short[] Mean, short[] Spread, short[] Base, short[] Start) weights) => Exact(
    [
        SafetensorsTensor.Create<short>(Entropy + "mean", [weights.Mean.Length], weights.Mean),
        SafetensorsTensor.Create<short>(Entropy + "spread", [weights.Spread.Length], weights.Spread),
        SafetensorsTensor.Create<short>(Entropy + "base", [weights.Base.Length], weights.Base),
        SafetensorsTensor.Create<short>(Entropy + "start", [weights.Start.Length], weights.Start),
    ]);

    internal static SafetensorsFile File(IEnumerable<SafetensorsTensor> tensors) => SafetensorsFile.Read(SafetensorsWriter.ToArray(tensors));

    /// <summary>Latents of all magnitudes: mostly zeros, some small, a few up to the largest there are.</summary>
    internal static short[] Latents(int count, int seed)
    {
        var random = new Random(seed);
        short[] values = new short[count];
        for (int i = 0; i < count; i++)
        {
            int bits = random.Next(4) == 0 ? random.Next(17) : 0;
            values[i] = (short)Math.Clamp(random.Next(1 << bits) * (random.Next(2) == 0 ? 1 : -1), -ExactLatentModel.MaxLatent, ExactLatentModel.MaxLatent);
        }

        return values;
    }
}
