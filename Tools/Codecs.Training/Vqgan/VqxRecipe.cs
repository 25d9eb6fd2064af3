using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Codecs.Models.Vqgan;
using Codecs.Training.Data;
using static TorchSharp.torch;

namespace Codecs.Training.Vqgan;

/// <summary>Trains <c>vqgan-extreme</c>: encoder and decoder by gradient, the tree of codes by hierarchical k-means on what the encoder makes.</summary>
/// <remarks>
/// The codebook is made anew every <see cref="RebuildEvery"/> steps from the latest vectors, so no code is ever dead. Each picture of a batch draws its number of bits.
/// When the learning rate begins to fall the encoder stays at its averages; the last codebooks are made for it, and only the decoder goes on.
/// </remarks>
internal sealed class VqxRecipe(TrainingOptions options, Action<string> log)
{
    internal const string Model = "vqgan-extreme";
    private const double PeakRate = 1e-3, Commitment = 10;
    private const int Crop = 192, Batch = 6, SitesOfBatch = Batch * (Crop / VqxShape.Stride) * (Crop / VqxShape.Stride);
    private const int RebuildEvery = 250, MostStored = 200_000 / SitesOfBatch;
    private static readonly int[] s_evaluatedBits = [4, 6, 8, 10, 12];
    private readonly Queue<float[]> _recent = new();
    private readonly Random _random = new(options.Seed);
    private readonly int _stored = Math.Min(MostStored, options.ContextMaps); // batches whose vectors make a codebook
    private bool _frozen;

    /// <summary>Runs until the time is used up or the token says stop.</summary>
    internal void Run(CancellationToken cancellation)
    {
        TrainingLoop.Prepare(options);
        using PhotoCache cache = PhotoCache.Open(options, log);
        using var network = new VqxNetwork();
        var sampler = new CropSampler(cache, options.Seed);
        var optimizer = new Optimizer(network);
        var loop = new TrainingLoop(options, Model, log);
        if (loop.Resume(optimizer))
        {
            sampler = new CropSampler(cache, options.Seed + (int)optimizer.Steps);
        }
        else
        {
            VqxStart.Apply(network, sampler);
            optimizer = new Optimizer(network);
            Collect(network, sampler, _stored);
            Rebuild(network);
            using (no_grad())
            {
                Evaluate(network, cache);
            }
        }

        loop.Run(optimizer, PeakRate, decayed => Next(network, optimizer, sampler, decayed > 0), () => Evaluate(network, cache), cancellation);
    }

    private TrainingStep Next(VqxNetwork network, Optimizer optimizer, CropSampler sampler, bool freeze)
    {
        network.Policy.Type = ScalarType.BFloat16;
        if (freeze && !_frozen)
        {
            Freeze(network, optimizer, sampler);
        }
        else if (!_frozen && optimizer.Steps % RebuildEvery == 0 && _recent.Count == _stored)
        {
            Rebuild(network);
        }

        Tensor pictures = sampler.Next(Batch, Crop) - 0.5;
        Tensor z = network.encoder.forward(pictures);
        Remember(z);
        int[] bits = [.. Enumerable.Range(0, Batch).Select(_ => DrawBits())];
        Tensor vectors = stack([.. bits.Select((b, i) => network.Vectors(network.Nearest(z[i], b)))]);
        Tensor decoded = network.decoder.Forward(z + (vectors - z).detach(), tensor(Array.ConvertAll(bits, b => (long)b)));
        (Tensor loss, Tensor mse, Tensor structure, Tensor haar) = PictureLoss.Of(decoded, pictures);
        Tensor commitment = (z - vectors).square().sum(-1).mean() / VqxShape.Patch;
        return new TrainingStep(
            loss.mean() + (commitment * Commitment),
            ("psnr", -10 * Math.Log10(mse.mean().item<float>())), ("structure", structure.mean().item<float>()), ("haarpsi", haar.mean().item<float>()),
            ("commitment", commitment.item<float>()));
    }

    // A resumed training whose encoder stood still already has its codebook: the decoder knows it, and so may a coder of its maps.
    private void Freeze(VqxNetwork network, Optimizer optimizer, CropSampler sampler)
    {
        bool isResumed = optimizer.AreAtAverages(IsEncoder);
        optimizer.Freeze(IsEncoder);
        _frozen = true;
        if (!isResumed)
        {
            Collect(network, sampler, _stored);
            Rebuild(network);
            log("the encoder stays as it is from here on");
        }

        static bool IsEncoder(string name) => name.StartsWith("encoder.", StringComparison.Ordinal);
    }

    // Deep more often than shallow: 3 to 12 bits, the mean at 8.5.
    private int DrawBits() => VqxShape.FewestBits + (int)(Math.Pow(_random.NextDouble(), 0.7) * (VqxShape.Depth - VqxShape.FewestBits + 1));

    private void Collect(VqxNetwork network, CropSampler sampler, int batches)
    {
        using var _ = no_grad();
        for (int i = 0; i < batches; i++)
        {
            using var scope = NewDisposeScope();
            Remember(network.encoder.forward(sampler.Next(Batch, Crop) - 0.5));
        }
    }

    private void Remember(Tensor z)
    {
        using Tensor flat = z.detach().to(float32).contiguous();
        _recent.Enqueue(MemoryMarshal.Cast<byte, float>(flat.bytes).ToArray());
        if (_recent.Count > _stored)
        {
            _recent.Dequeue();
        }
    }

    private void Rebuild(VqxNetwork network)
    {
        using var _ = no_grad();
        float[] vectors = [.. _recent.SelectMany(v => v)];
        using Tensor tree = tensor(TreeCodebook.Build(vectors, VqxShape.Dimensions, VqxShape.Depth, _random), network.nodes.shape);
        network.nodes.copy_(tree);
    }

    // Held-out pictures, middle 384x384.
    private void Evaluate(VqxNetwork network, PhotoCache cache)
    {
        const int side = 384;
        network.Policy.Type = ScalarType.BFloat16;
        PhotoCache.Entry[] pictures = [.. cache.HeldOut.Where(e => Math.Min(e.Width, e.Height) >= side).Take(16)];
        if (pictures.Length == 0)
        {
            log("no held-out pictures: too few photographs");
            return;
        }

        var line = new StringBuilder("held-out bits: PSNR / structure / HaarPSI");
        foreach (int bits in s_evaluatedBits)
        {
            double mseSum = 0, structureSum = 0, haarSum = 0;
            foreach (PhotoCache.Entry e in pictures)
            {
                using var scope = NewDisposeScope();
                byte[] pixels = new byte[side * side * 3];
                cache.Read(e, (e.Width - side) / 2, (e.Height - side) / 2, side, side, pixels);
                Tensor x = (tensor(pixels, [1, side, side, 3]).to(ScalarType.Float32) / 255) - 0.5;
                Tensor decoded = network.decoder.Forward(network.Vectors(network.Nearest(network.encoder.forward(x), bits)), tensor(new long[] { bits }));
                (Tensor _, Tensor mse, Tensor structure, Tensor haar) = PictureLoss.Of(decoded.clamp(-0.5, 0.5), x);
                (mseSum, structureSum, haarSum) = (mseSum - (10 * Math.Log10(mse.item<float>())), structureSum + structure.item<float>(), haarSum + haar.item<float>());
            }

            line.Append(CultureInfo.InvariantCulture, $"  {bits}: {mseSum / pictures.Length:F2} / {structureSum / pictures.Length:F3} / {haarSum / pictures.Length:F3}");
        }

        log(line.ToString());
    }
}
