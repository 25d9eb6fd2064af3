using System.Globalization;
using Codecs.Formats.Weights;
using Codecs.Models;
using Codecs.Models.Exact;
using Codecs.Models.Mlicv2;
using Codecs.Training.Data;
using static TorchSharp.torch;

namespace Codecs.Training.Mlicv2;

/// <summary>Makes a zoo entry out of a checkpoint: averaged weights, entropy path in integers, a card that says where they come from.</summary>
internal static class Mlicv2Release
{
    private const int CalibrationBatches = 16;
    private const long BytesPerBatch = 64 << 20;

    /// <summary>Exports the newest checkpoint of a work folder.</summary>
    /// <param name="options">Where the checkpoint and the data are.</param>
    /// <param name="zooFolder">Folder of the model in the zoo, for example Models/Zoo/mlicv2.</param>
    /// <param name="log">Receives what happens.</param>
    internal static void Export(TrainingOptions options, string zooFolder, Action<string> log)
    {
        NativeBackend.EnsureLoaded();
        using var network = new L20Network();
        var optimizer = Mlicv2Recipe.CreateOptimizer(network);
        Dictionary<string, double> numbers = Checkpoint.Load(TrainingLoop.CheckpointPath(options, Mlicv2Recipe.Model), optimizer.State());
        optimizer.SwapAverages();
        using PhotoCache cache = PhotoCache.Open(options, log);
        ActivationRanges ranges = Calibrate(network, cache, options.Seed);
        byte[] weights = SafetensorsWriter.ToArray(new L20Exporter(network, ranges).Export(), ModelWeights.MetadataOf(L20Weights.Architecture));
        double cost = IntegerCost.Measure(network, L20Weights.FromFile(SafetensorsFile.Read(weights)), cache);
        log(string.Create(CultureInfo.InvariantCulture, $"integer entropy path against float on held-out pictures: {cost:+0.00;-0.00} % bits"));
        ModelCard.WriteWeights(zooFolder, weights);
        WriteCard(zooFolder, numbers, cache, cost);
        log(string.Create(CultureInfo.InvariantCulture, $"exported step {numbers["steps"]:F0} to '{zooFolder}'"));
    }

    // Ranges over all rates, from crops as large as training's largest.
    private static ActivationRanges Calibrate(L20Network network, PhotoCache cache, int seed)
    {
        var ranges = new ActivationRanges();
        var sampler = new CropSampler(cache, seed + 1);
        using var _ = no_grad();
        using IDisposable observing = ranges.Observe(network.Policy, network.ExactPolicy);
        for (int i = 0; i < CalibrationBatches; i++)
        {
            using var pause = CollectionPause.Start(BytesPerBatch);
            using var scope = NewDisposeScope();
            Tensor rates = linspace(0, L20Config.MaxRate, 4);
            network.Forward(sampler.Next(4, 256), rates, noise: false);
        }

        return ranges;
    }

    private static void WriteCard(string zooFolder, Dictionary<string, double> numbers, PhotoCache cache, double integerCost)
    {
        ModelCard.Write(zooFolder, new Dictionary<string, object>
        {
            ["name"] = "mlicv2",
            ["architecture"] = "L20: 16x16 KLT shortcut, depthwise blocks at 1/8 and 1/16, hyperprior, four-step context; one model for all rates",
            ["parameters"] = 3_350_992,
            ["recipe"] = "codecs train mlicv2",
            ["data"] = PhotoCache.Source,
            ["trainingPictures"] = cache.Training.Count(),
            ["steps"] = numbers["steps"],
            ["hours"] = Math.Round(numbers["minutes"] / 60, 2),
            ["integerPathCostPercent"] = Math.Round(integerCost, 2),
            ["licence"] = "MIT",
        });
    }
}
