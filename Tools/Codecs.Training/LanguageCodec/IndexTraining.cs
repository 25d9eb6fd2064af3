using System.Globalization;
using Codecs.Formats.Weights;
using Codecs.Models;
using Codecs.Models.Codebooks;
using Codecs.Models.LanguageCodec;
using Codecs.Models.LanguageCodec.Indices;
using Codecs.Models.Layers;
using static TorchSharp.torch;

namespace Codecs.Training.LanguageCodec;

/// <summary>Learns everything that the entropy coder of codebook indices ships: the predictor by gradient, the adaptive part by coding.</summary>
/// <remarks>Runs when the codebooks are final. Memory and time do not depend on how much material there is.</remarks>
internal static class IndexTraining
{
    private const double PeakRate = 4e-3, FinalShare = 0.02, VectorRate = 0.5;
    private const int Units = 8, UnitFrames = 256, FormatUnits = 16, LogEvery = 100;
    private const long BytesPerStep = 64 << 20;

    /// <summary>Makes the <c>entropy.*</c> tensors.</summary>
    /// <param name="codes">Indices of much speech in the order of <see cref="CodebookOrder"/>, [frames, 8].</param>
    /// <param name="codebooks">Code vectors in the same order, [8, 1024, 128].</param>
    /// <param name="options">How long.</param>
    /// <param name="log">Told the bits per index now and then.</param>
    internal static List<SafetensorsTensor> Run(short[] codes, float[] codebooks, Options options, Action<string> log)
    {
        random.manual_seed(options.Seed);
        using var scope = NewDisposeScope();
        var material = new Random(options.Seed);
        var policy = new ComputePolicy { Type = ScalarType.BFloat16 };
        using var network = new IndexNetwork(StartVectors(codebooks), policy);
        var optimizer = new Optimizer(network, name => name.StartsWith(nameof(network.embedding), StringComparison.Ordinal) ? VectorRate : 1) { LargestSurprise = double.PositiveInfinity };
        for (int step = 0; step < options.Steps; step++)
        {
            using var pause = CollectionPause.Start(BytesPerStep);
            using var inner = NewDisposeScope();
            double rate = PeakRate * Math.Max(FinalShare, 1 - (step / (double)options.Steps));
            Tensor bits = network.Bits(Draw(codes, Units, Math.Min(UnitFrames, codes.Length / SpeechShape.Codebooks), material));
            bits.sum().backward();
            optimizer.Step(rate);
            if (step == 0 || step % LogEvery == LogEvery - 1)
            {
                string each = string.Join(' ', bits.detach().data<float>().ToArray().Select(b => b.ToString("F2", CultureInfo.InvariantCulture)));
                log(string.Create(CultureInfo.InvariantCulture, $"index predictor, step {step + 1}: bits {each}"));
            }
        }

        optimizer.SwapAverages();
        policy.Type = float32;
        List<SafetensorsTensor> predictor;
        using (CollectionPause.Start(BytesPerStep))
        using (no_grad())
        {
            predictor = IndexTensors.Predictor(network, Draw(codes, FormatUnits, Math.Min(UnitFrames, codes.Length / SpeechShape.Codebooks), material));
        }

        (short[] start, int[] mixer) = IndexStart.Learn(predictor, codes, options.AdaptiveUnits, log);
        return [.. predictor, .. IndexTensors.Adaptive(start, mixer)];
    }

    // Random projections of the code vectors, at unit variance in the sum of all codebooks.
    private static Tensor StartVectors(float[] codebooks)
    {
        Tensor books = tensor(codebooks, [SpeechShape.Codebooks, SpeechShape.CodebookSize, SpeechShape.Latent]);
        Tensor vectors = books.matmul(randn(SpeechShape.Latent, IndexShape.Embedding));
        return vectors / vectors.square().mean([1L, 2]).sum().sqrt().clamp_min(1e-6);
    }

    // Units of consecutive frames, int64 [units, frames, 8].
    private static Tensor Draw(short[] codes, int units, int frames, Random random)
    {
        const int books = SpeechShape.Codebooks;
        short[] drawn = new short[units * frames * books];
        for (int u = 0; u < units; u++)
        {
            int first = random.Next((codes.Length / books) - frames + 1);
            codes.AsSpan(first * books, frames * books).CopyTo(drawn.AsSpan(u * frames * books));
        }

        return tensor(drawn, [units, frames, books]).to(int64);
    }

    /// <summary>How long to train.</summary>
    internal sealed record Options
    {
        /// <summary>Steps of the predictor, 2048 frames each: about 0.15 s on one core.</summary>
        internal int Steps { get; init; } = 4000;

        /// <summary>Units of 500 frames from which the adaptive part learns.</summary>
        internal int AdaptiveUnits { get; init; } = 1000;

        /// <summary>Seed of all random choices.</summary>
        internal int Seed { get; init; } = 1;
    }
}
