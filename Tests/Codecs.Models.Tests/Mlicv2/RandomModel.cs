using Codecs.Formats.Weights;
using Codecs.Models.Exact;
using Codecs.Models.Mlicv2;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.Mlicv2;

/// <summary>A network with random weights, exported the way trained ones are.</summary>
internal static class RandomModel
{
    private const int Rows = 8, Columns = 12;

    internal static (L20Network Network, L20Weights Weights) Create(int seed)
    {
        random.manual_seed(seed);
        var network = new L20Network();
        using (no_grad())
        {
            network.embedding.normal_();
            network.z_mean.normal_();
        }

        var ranges = new ActivationRanges();
        using (NewDisposeScope())
        using (no_grad())
        using (ranges.Observe(network.Policy, network.ExactPolicy))
        {
            for (int i = 0; i < 4; i++)
            {
                (float[] latent, short[] hyper) = Latents(Rows, Columns, seed: 100 + i);
                Tensor z = tensor(Array.ConvertAll(hyper, s => (float)s), [1, Rows / 4, Columns / 4, L20Config.HyperChannels]) + network.z_mean;
                network.context.Forward(
                    tensor(latent, [1, Rows, Columns, L20Config.LatentChannels]),
                    network.h_s.forward(z) + network.Vectors(tensor(new[] { 101f })).Embedding);
            }
        }

        byte[] file = SafetensorsWriter.ToArray(new L20Exporter(network, ranges).Export(), ModelWeights.MetadataOf(L20Weights.Architecture));
        return (network, L20Weights.FromFile(SafetensorsFile.Read(file)));
    }

    internal static (float[] Latent, short[] Hyper) Latents(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        float[] latent = [.. Enumerable.Range(0, rows * columns * L20Config.LatentChannels).Select(_ => (float)((random.NextDouble() - 0.5) * random.Next(1, 30)))];
        short[] hyper = [.. Enumerable.Range(0, rows * columns / 16 * L20Config.HyperChannels).Select(_ => (short)random.Next(-6, 7))];
        return (latent, hyper);
    }
}
