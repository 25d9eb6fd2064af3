using System.Globalization;
using Codecs.Formats.Weights;
using Codecs.Models;
using Codecs.Models.Codebooks;
using Codecs.Models.LanguageCodec;
using Codecs.Training.Data;
using static TorchSharp.torch;

namespace Codecs.Training.LanguageCodec;

/// <summary>Makes the zoo entry of <c>language-codec</c> out of a checkpoint: sorts the codebooks, codes much of the speech, trains the index coder on it.</summary>
internal static class SpeechRelease
{
    private const int PiecesPerMap = 3, StepsPerMap = 16, UnitsPerMap = 4; // for 240 maps: 4 hours of speech, 3840 steps, 960 units

    /// <summary>Exports the newest checkpoint of a work folder.</summary>
    /// <param name="options">Where the checkpoint and the data are.</param>
    /// <param name="zooFolder">Folder of the model in the zoo, for example Models/Zoo/language-codec.</param>
    /// <param name="log">Receives what happens.</param>
    internal static void Export(TrainingOptions options, string zooFolder, Action<string> log)
    {
        NativeBackend.EnsureLoaded();
        using var network = new SpeechNetwork();
        Optimizer optimizer = SpeechRecipe.CreateOptimizer(network);
        Dictionary<string, double> numbers = Checkpoint.Load(TrainingLoop.CheckpointPath(options, SpeechRecipe.Model), optimizer.State());
        optimizer.SwapAverages();
        using SpeechCache cache = SpeechCache.Open(options, log);
        SafetensorsTensor[] networks = [.. Networks(network)];
        float[] codebooks = Array.Find(networks, t => t.Name == SpeechCodebooks.Tensor)!.ToFloats();
        short[] codes = Codes(networks, cache, options, log);
        var training = new IndexTraining.Options
        {
            Steps = options.ContextMaps * StepsPerMap, AdaptiveUnits = options.ContextMaps * UnitsPerMap, Seed = options.Seed,
        };
        List<SafetensorsTensor> entropy = IndexTraining.Run(codes, codebooks, training, log);
        ModelCard.WriteWeights(zooFolder, SafetensorsWriter.ToArray([.. networks, .. entropy], ModelWeights.MetadataOf(SpeechWeights.Architecture)));
        ModelCard.Write(zooFolder, new Dictionary<string, object>
        {
            ["name"] = SpeechRecipe.Model,
            ["architecture"] = "LC-S: spectral encoder of six ConvNeXt blocks, MCRVQ of 8 x 1024, Fourier decoder of eight ConvNeXt blocks, all 256 wide; 24 kHz mono, 75 "
                + "frames a second; integer index predictor mixed with adaptive contexts; one model for 3 to 8 codebooks",
            ["parameters"] = network.parameters().Sum(p => p.numel()) + codebooks.Length + entropy.Sum(t => t.Count),
            ["recipe"] = $"codecs train {SpeechRecipe.Model}",
            ["data"] = SpeechCache.Source,
            ["trainingHours"] = Math.Round(cache.Training.Sum(p => (double)p.Samples) / SpeechShape.SampleRate / 3600, 2),
            ["steps"] = numbers["steps"],
            ["hours"] = Math.Round(numbers["minutes"] / 60, 2),
            ["licence"] = "MIT",
        });
        log(string.Create(CultureInfo.InvariantCulture, $"exported step {numbers["steps"]:F0} to '{zooFolder}'"));
    }

    // Encoder, decoder, and codebooks whose indices are the leaves of a balanced tree.
    private static IEnumerable<SafetensorsTensor> Networks(SpeechNetwork network)
    {
        using var _ = no_grad();
        float[] vectors = [.. network.codebooks.embed.contiguous().data<float>()];
        const int size = SpeechShape.CodebookSize * SpeechShape.Latent;
        return [.. SpeechTensors.Export(
            network, [.. Enumerable.Range(0, SpeechShape.Codebooks).Select(q => CodebookOrder.Of(vectors.AsSpan(q * size, size), SpeechShape.Latent))])];
    }

    // The codes of training pieces as the shipped encoder makes them, [frames, 8].
    private static short[] Codes(SafetensorsTensor[] networks, SpeechCache cache, TrainingOptions options, Action<string> log)
    {
        SafetensorsFile file = SafetensorsFile.Read((ReadOnlyMemory<byte>)SafetensorsWriter.ToArray(networks, ModelWeights.MetadataOf(SpeechWeights.Architecture)));
        var codebooks = new SpeechCodebooks(file);
        var analysis = new SpeechAnalysis(file);
        var quantizer = new SpeechQuantizer(codebooks);
        SpeechCache.Piece[] pieces = [.. cache.Training];
        new Random(options.Seed).Shuffle(pieces);
        pieces = pieces[..Math.Min(pieces.Length, options.ContextMaps * PiecesPerMap)];
        log(string.Create(CultureInfo.InvariantCulture, $"coding {pieces.Length} pieces of speech for the index coder"));
        short[][] codes = new short[pieces.Length][];
        Parallel.For(0, pieces.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Threads ?? Environment.ProcessorCount }, i =>
        {
            short[] samples = new short[pieces[i].Samples];
            cache.Read(pieces[i], 0, samples);
            float scale = 0.5f / Math.Max(1, samples.Max(s => Math.Abs((int)s)));
            float[] window = new float[samples.Length + (2 * SpeechShape.Lead)];
            for (int t = 0; t < samples.Length; t++)
            {
                window[SpeechShape.Lead + t] = samples[t] * scale;
            }

            codes[i] = quantizer.Quantize(analysis.Transform(window).ToFrames(0, samples.Length / SpeechShape.Hop), SpeechShape.Codebooks);
        });
        return [.. codes.SelectMany(c => c)];
    }
}
