using System.Globalization;
using System.Text;
using Codecs.Models.Walloc;
using Codecs.Training.Data;
using static TorchSharp.torch;

namespace Codecs.Training.Walloc;

/// <summary>Trains <c>walloc-audio</c>: one model for all rates, from a KLT of wavelet packets.</summary>
/// <remarks>
/// Loss per stretch: (bits + lambda · squared error) / latents · (lambda / 600)^-0.35, rate drawn uniformly, errors weighted by what a packet costs in
/// samples. Every fourth step the mel distance of the decoded sound, with noise for what is lost, is added: it fits the size of that noise.
/// </remarks>
internal sealed class WallocAudioRecipe(TrainingOptions options, Action<string> log)
{
    internal const string Model = "walloc-audio";
    private const double PeakRate = 6e-4, MelWeight = 1;
    private const int Count = 12, LateCount = 8, Frames = 256, LateFrames = 384, MelEvery = 4, MelCount = 6;
    private static readonly int[] s_evaluatedLevels = [1, 3, 5, 7, 9, 11, 13];
    private PacketSynthesis _synthesis = null!;
    private MelLoss _mel = null!;
    private long _calls;

    /// <summary>Runs until the time is used up or the token says stop.</summary>
    internal void Run(CancellationToken cancellation)
    {
        TrainingLoop.Prepare(options);
        using MusicCache cache = MusicCache.Open(options, log);
        (_synthesis, _mel) = (new PacketSynthesis(), new MelLoss(MusicCache.SampleRate));
        using var network = new AudioWalloc();
        var sampler = new MusicSampler(cache, options.Seed);
        var optimizer = CreateOptimizer(network);
        var loop = new TrainingLoop(options, Model, log);
        if (loop.Resume(optimizer))
        {
            sampler = new MusicSampler(cache, options.Seed + (int)optimizer.Steps);
        }
        else
        {
            double lost = WallocStart.Apply(
                network.encoder, network.decoder.shortcut, network.quantizer, network.context,
                () => sampler.Next(16, Frames).reshape(-1, AudioWalloc.Coefficients), 60, level => AudioWalloc.Step(level * WallocRates.SubLevels));
            using (no_grad())
            {
                network.decoder.output.weight.mul_(0.05);
                network.decoder.output.bias.zero_();
                network.decoder.lost.weight.mul_(0.1);
                network.decoder.lost.bias!.fill_(-2);
            }

            log(string.Create(CultureInfo.InvariantCulture, $"energy outside the latents: {lost:P3}"));
            optimizer = CreateOptimizer(network);
            using (no_grad())
            {
                Evaluate(network, cache);
            }
        }

        loop.Run(
            optimizer, PeakRate, decayed => Next(network, decayed > 0 ? sampler.Next(LateCount, LateFrames) : sampler.Next(Count, Frames)),
            () => Evaluate(network, cache), cancellation);
    }

    // The size of the noise starts far off and learns from every fourth batch only.
    internal static Optimizer CreateOptimizer(AudioWalloc network) => new(
        network, name => name.Contains(".lost.", StringComparison.Ordinal) ? 10 : WallocStart.RateFactor(name));

    private TrainingStep Next(AudioWalloc network, Tensor packets)
    {
        network.Policy.Type = ScalarType.BFloat16;
        long count = packets.shape[0], frames = packets.shape[2];
        Tensor rates = rand(count) * WallocRates.MaxRate;
        Tensor steps = AudioWalloc.Step(0) * (rates * (Math.Log(AudioWalloc.Step(1) / AudioWalloc.Step(0)))).exp();
        Tensor lambda = steps.pow(-2) * (6 / Math.Log(2));
        (Tensor bits, Tensor decoded, Tensor lost) = network.Forward(packets, rates, noise: true);
        Tensor error = SquaredError(decoded, packets);
        Tensor rate = bits.sum([1L, 2, 3]) / frames;
        Tensor loss = (((rate + (lambda * error)) / AudioWalloc.Latents) * (lambda / 600).pow(-0.35)).mean();
        (string, double)[] numbers =
        [
            ("kbps", rate.mean().item<float>() * MusicCache.SampleRate / AudioWalloc.Stride / 1000),
            ("psnr", -10 * Math.Log10(error.mean().item<float>() / AudioWalloc.Coefficients)),
        ];
        if (_calls++ % MelEvery == 0)
        {
            Tensor mel = Mel(decoded.narrow(0, 0, MelCount), lost.narrow(0, 0, MelCount), packets.narrow(0, 0, MelCount));
            loss = loss + (mel * MelWeight);
            numbers = [.. numbers, ("mel", mel.item<float>())];
        }

        return new TrainingStep(loss, numbers);
    }

    private Tensor Mel(Tensor decoded, Tensor lost, Tensor packets)
    {
        Tensor sound = _synthesis.Stereo(decoded + (lost * randn_like(lost)));
        return _mel.Forward(sound.flatten(0, 1), _synthesis.Stereo(packets).flatten(0, 1));
    }

    // Squared error per frame in samples, [N]: packets weighted by the energy of their waveforms.
    private Tensor SquaredError(Tensor decoded, Tensor packets) =>
        ((decoded - packets).square() * _synthesis.Energy.repeat(2)).sum([1L, 3]).mean([1L]);

    // Held-out tracks, ten seconds from the middle; PSNR of packets, mel distance with and without noise.
    private void Evaluate(AudioWalloc network, MusicCache cache)
    {
        const int frames = 1720;
        network.Policy.Type = ScalarType.Float32;
        MusicCache.Track[] tracks = [.. cache.HeldOut.Where(t => t.Frames >= frames).Take(12)];
        if (tracks.Length == 0)
        {
            log("no held-out tracks: too little music");
            return;
        }

        var line = new StringBuilder("held-out kbps / PSNR / mel / mel without noise:");
        foreach (int level in s_evaluatedLevels)
        {
            double kbps = 0, psnr = 0, mel = 0, plain = 0;
            foreach (MusicCache.Track track in tracks)
            {
                using var scope = NewDisposeScope();
                Half[] values = new Half[frames * AudioWalloc.Coefficients];
                cache.Read(track, (track.Frames - frames) / 2, values);
                Tensor x = tensor(values, [1, 1, frames, AudioWalloc.Coefficients]).to(ScalarType.Float32);
                (Tensor bits, Tensor decoded, Tensor lost) = network.Forward(x, tensor(new float[] { level * WallocRates.SubLevels }), noise: false);
                kbps += bits.sum().item<float>() / frames * MusicCache.SampleRate / AudioWalloc.Stride / 1000;
                psnr += -10 * Math.Log10(Math.Max(1e-10, SquaredError(decoded, x).item<float>() / AudioWalloc.Coefficients));
                mel += Mel(decoded, lost, x).item<float>();
                plain += Mel(decoded, zeros_like(lost), x).item<float>();
            }

            int n = tracks.Length;
            line.Append(CultureInfo.InvariantCulture, $"  q{level} {kbps / n:F1} / {psnr / n:F2} / {mel / n:F3} / {plain / n:F3}");
        }

        log(line.ToString());
    }
}
