using System.Globalization;
using System.Runtime.InteropServices;
using Codecs.Formats.Weights;
using Codecs.Models;
using Codecs.Models.IndexMaps;
using Codecs.Models.Vqgan;
using Codecs.Training.Data;
using static TorchSharp.torch;

namespace Codecs.Training.Vqgan;

/// <summary>Finds the rates that a model offers: of all pairs of bits and lambda those that no other beats in size and loss on some pictures.</summary>
internal static class RateLadder
{
    /// <summary>Lambdas as shares of a depth's mean squared distance; the slope of D(R) is about a tenth of D per bit.</summary>
    internal const double LargestShare = 0.24;

    private const int LargestSide = 320;
    private const double ShareStep = 0.03;
    private const long BytesPerPicture = 64 << 20;

    /// <summary>Makes the tensors of <see cref="VqxRates"/>.</summary>
    /// <param name="network">Encoder, codebook and decoder.</param>
    /// <param name="codebook">The codebook as shipped.</param>
    /// <param name="model">The model of index maps.</param>
    /// <param name="distortion">Mean squared distance at a depth.</param>
    /// <param name="cache">Pictures.</param>
    /// <param name="pictures">How many of them to try everything on.</param>
    /// <param name="log">Told the ladder.</param>
    internal static List<SafetensorsTensor> Create(
        VqxNetwork network, VqxCodebook codebook, ExactMapModel model, Func<int, double> distortion, PhotoCache cache, int pictures, Action<string> log)
    {
        using var _ = no_grad();
        network.Policy.Type = ScalarType.BFloat16;
        PhotoCache.Entry[] all = [.. cache.Training];
        int count = Math.Min(pictures, all.Length);
        Sample[] samples = [.. Enumerable.Range(0, count).Select(i => SampleOf(network, cache, all[((2 * i) + 1) * all.Length / (2 * count)]))];
        var tried = new List<(double Bits, double Loss, int Depth, float Lambda)>();
        for (int depth = VqxShape.FewestBits; depth <= VqxShape.Depth; depth++)
        {
            for (double share = 0; share < LargestShare + (ShareStep / 2); share += ShareStep)
            {
                float lambda = (float)(share * distortion(depth));
                tried.Add(Try(network, codebook, model, samples, depth, lambda));
            }
        }

        var ladder = new List<(double Bits, double Loss, int Depth, float Lambda)>();
        foreach ((double Bits, double Loss, int Depth, float Lambda) candidate in tried.OrderBy(t => t.Bits))
        {
            if (ladder.Count == 0 || candidate.Loss < ladder[^1].Loss)
            {
                ladder.Add(candidate);
            }
        }

        foreach ((double bits, double loss, int depth, float lambda) in ladder)
        {
            log(string.Create(CultureInfo.InvariantCulture, $"rate: {bits:F2} bits per site, loss {loss:F4}: {depth} bits, lambda {lambda / distortion(depth):F2} of the distortion"));
        }

        return
        [
            SafetensorsTensor.Create<byte>(ModelWeights.EntropyPrefix + VqxRates.BitsTensor, [ladder.Count], [.. ladder.Select(l => (byte)l.Depth)]),
            SafetensorsTensor.Create<float>(VqxRates.LambdaTensor, [ladder.Count], [.. ladder.Select(l => l.Lambda)]),
        ];
    }

    // The middle of a picture.
    private static Sample SampleOf(VqxNetwork network, PhotoCache cache, PhotoCache.Entry picture)
    {
        using var pause = CollectionPause.Start(BytesPerPicture);
        using var scope = NewDisposeScope();
        int side = Math.Min(LargestSide, Math.Min(picture.Width, picture.Height)) / VqxShape.Stride * VqxShape.Stride;
        byte[] pixels = new byte[side * side * 3];
        cache.Read(picture, (picture.Width - side) / 2, (picture.Height - side) / 2, side, side, pixels);
        Tensor x = (tensor(pixels, [1, side, side, 3]).to(ScalarType.Float32) / 255) - 0.5;
        Tensor z = network.encoder.forward(x).to(ScalarType.Float32).contiguous();
        return new Sample(side / VqxShape.Stride, x.MoveToOuterDisposeScope(), MemoryMarshal.Cast<byte, float>(z.bytes).ToArray());
    }

    private static (double Bits, double Loss, int Depth, float Lambda) Try(
        VqxNetwork network, VqxCodebook codebook, ExactMapModel model, Sample[] samples, int depth, float lambda)
    {
        var quantizer = new VqxQuantizer(codebook, model);
        MapCoder coder = model.CreateCoder();
        double bits = 0, loss = 0;
        foreach ((int sites, Tensor pixels, float[] vectors) in samples)
        {
            using var pause = CollectionPause.Start(BytesPerPicture);
            using var scope = NewDisposeScope();
            IndexMap map = quantizer.Quantize(vectors, sites, sites, depth, lambda);
            Tensor nodes = tensor(Array.ConvertAll(map.Values.ToArray(), v => (1L << depth) + v), [1, sites, sites]);
            Tensor decoded = network.decoder.Forward(network.Vectors(nodes), tensor(new long[] { depth })).clamp(-0.5, 0.5);
            bits += coder.Cost(map) / (sites * sites * samples.Length);
            loss += PictureLoss.Of(decoded, pixels).Loss.item<float>() / samples.Length;
        }

        return (bits, loss, depth, lambda);
    }

    // A square of sites a side, its pixels [1, 16 sites, 16 sites, 3] in ±0.5, its vectors.
    private sealed record Sample(int Sites, Tensor Pixels, float[] Vectors);
}
