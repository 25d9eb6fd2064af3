using System.Globalization;
using System.Text;
using Codecs.Metrics.Audio;
using Codecs.Models.LanguageCodec;
using Codecs.Training.Data;
using static TorchSharp.torch;

namespace Codecs.Training.LanguageCodec;

/// <summary>Trains <c>language-codec</c>: one model for 3 to 8 codebooks.</summary>
/// <remarks>
/// First without codebooks, to give the latents a shape; then k-means and everything together, half of the crops with all codebooks, the others with 3 to 7;
/// in the last part of the time encoder and codebooks stand still and the decoder learns from final codes.
/// </remarks>
internal sealed class SpeechRecipe(TrainingOptions options, Action<string> log)
{
    internal const string Model = "language-codec";
    private const double PeakRate = 8e-4, CommitWeight = 1, AllShare = 0.5, FrozenFrom = 0.5, SettledFrom = 0.62;
    private const double QuickDecay = 0.95, Decay = 0.99, SettlingDecay = 0.995;
    private const int Count = 16, Frames = 75, WarmUpSteps = 400, QuickSteps = 1500, StartBatches = 10;
    private static readonly int[] s_evaluated = [3, 4, 6, 8];
    private readonly Random _random = new(options.Seed);
    private SpeechLoss _loss = null!;
    private long _calls;

    /// <summary>Runs until the time is used up or the token says stop.</summary>
    internal void Run(CancellationToken cancellation)
    {
        TrainingLoop.Prepare(options);
        using SpeechCache cache = SpeechCache.Open(options, log);
        _loss = new SpeechLoss();
        using var network = new SpeechNetwork();
        var optimizer = CreateOptimizer(network);
        var loop = new TrainingLoop(options, Model, log);
        bool resumed = loop.Resume(optimizer);
        var sampler = new SpeechSampler(cache, resumed ? options.Seed + (int)optimizer.Steps : options.Seed);
        if (!resumed)
        {
            double share = SpeechStart.Apply(network, sampler.Next(Count * StartBatches, Frames * SpeechShape.Hop));
            log(string.Create(CultureInfo.InvariantCulture, $"energy in the first components: {share:P1}"));
            optimizer = CreateOptimizer(network);
        }

        loop.Run(
            optimizer, PeakRate, decayed => Next(network, optimizer, sampler, decayed), () => Evaluate(network, optimizer, cache), cancellation);
    }

    internal static Optimizer CreateOptimizer(SpeechNetwork network) => new(network);

    private TrainingStep Next(SpeechNetwork network, Optimizer optimizer, SpeechSampler sampler, double decayed)
    {
        network.Policy.Type = ScalarType.BFloat16;
        if (optimizer.Steps == WarmUpSteps)
        {
            using var _ = no_grad();
            network.codebooks.Start(cat([.. Enumerable.Range(0, StartBatches)
                .Select(_ => Latents(network, sampler.Next(Count, Frames * SpeechShape.Hop)).reshape(-1, SpeechShape.Latent))]));
        }

        Tensor sound = sampler.Next(Count, Frames * SpeechShape.Hop);
        long[] books = [.. Enumerable.Range(0, Count).Select(_ => _random.NextDouble() < AllShare
            ? SpeechShape.Codebooks
            : (long)_random.Next(SpeechShape.FewestCodebooks, SpeechShape.Codebooks))];
        if (optimizer.Steps < WarmUpSteps)
        {
            Tensor z = Latents(network, sound);
            TrainingStep step = Loss(network, z, books, sound);
            return step with { Loss = step.Loss + (z.square().mean() * 0.01) };
        }

        bool frozen = decayed > FrozenFrom;
        if (frozen)
        {
            optimizer.Freeze(name => name.StartsWith("encoder.", StringComparison.Ordinal));
        }

        double? decay = decayed > SettledFrom ? null : frozen ? SettlingDecay : optimizer.Steps < QuickSteps ? QuickDecay : Decay;
        return Coded(network, sound, books, decay, frozen);
    }

    private TrainingStep Coded(SpeechNetwork network, Tensor sound, long[] books, double? decay, bool frozen)
    {
        Tensor z = frozen ? Frozen(network, sound) : Latents(network, sound);
        (_, Tensor[] sums) = network.codebooks.Quantize(z.detach().reshape(-1, SpeechShape.Latent), decay);
        Tensor[] all = [.. sums.Select(s => s.reshape(z.shape))];
        Tensor chosen = stack([.. books.Select((b, i) => all[b - SpeechShape.FewestCodebooks][i])]);
        if (frozen)
        {
            return Loss(network, chosen, books, sound);
        }

        // One straight-through estimate around the sum of all code vectors; near all of its prefixes the latent should stay.
        Tensor commit = all.Select(s => (z - s).square().mean()).Aggregate((a, b) => a + b) / all.Length;
        Tensor spread = z.detach().var(dim: 0L, unbiased: false).mean();
        TrainingStep step = Loss(network, z + (chosen - z).detach(), books, sound);
        double lost = ((z - all[^1]).square().mean() / z.var()).item<float>();
        return new TrainingStep(step.Loss + (commit * CommitWeight), [.. step.Numbers, ("lost", lost), ("spread", spread.item<float>())]);
    }

    private TrainingStep Loss(SpeechNetwork network, Tensor latent, long[] books, Tensor sound) =>
        _loss.Forward(network.Samples(network.decoder.Forward(latent, tensor(books))), sound, _calls++);

    private static Tensor Latents(SpeechNetwork network, Tensor sound)
    {
        Tensor features;
        using (no_grad())
        {
            features = network.Features(sound);
        }

        return network.encoder.Forward(features);
    }

    private static Tensor Frozen(SpeechNetwork network, Tensor sound)
    {
        using var _ = no_grad();
        return Latents(network, sound);
    }

    // Held-out pieces, five seconds from the middle.
    private void Evaluate(SpeechNetwork network, Optimizer optimizer, SpeechCache cache)
    {
        const int samples = 5 * SpeechShape.SampleRate;
        if (optimizer.Steps < WarmUpSteps)
        {
            return;
        }

        network.Policy.Type = ScalarType.Float32;
        SpeechCache.Piece[] pieces = [.. cache.HeldOut.Take(16)];
        var line = new StringBuilder("held-out mel / STOI / SI-SDR:");
        foreach (int books in s_evaluated)
        {
            double mel = 0, stoi = 0, sdr = 0;
            foreach (SpeechCache.Piece piece in pieces)
            {
                using var scope = NewDisposeScope();
                short[] values = new short[samples];
                cache.Read(piece, (piece.Samples - samples) / 2, values);
                float[] reference = Array.ConvertAll(values, v => v / 32768f);
                Tensor sound = tensor(reference, [1, samples]), z = Latents(network, sound);
                (_, Tensor[] sums) = network.codebooks.Quantize(z.reshape(-1, SpeechShape.Latent));
                Tensor decoded = network.Samples(network.decoder.Forward(sums[books - SpeechShape.FewestCodebooks].reshape(z.shape), tensor(new long[] { books })));
                mel += _loss.Mel(decoded, sound);
                float[] result = [.. decoded.data<float>()];
                stoi += Stoi.Compute(reference, result, SpeechShape.SampleRate);
                sdr += SiSdr.Compute(reference, result);
            }

            int n = pieces.Length;
            line.Append(CultureInfo.InvariantCulture, $"  {books}: {mel / n:F4} / {stoi / n:F4} / {sdr / n:F2}");
        }

        log(line.ToString());
    }
}
