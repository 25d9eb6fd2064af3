using System.Globalization;
using Codecs.Formats.Container;
using Codecs.Formats.Weights;
using Codecs.Models;
using Codecs.Models.IndexMaps;
using Codecs.Models.Vqgan;
using Codecs.Training.Data;

namespace Codecs.Training.Vqgan;

/// <summary>Makes the zoo entry of <c>vqgan-extreme</c> out of a checkpoint: trains the coder of its maps and the network that guesses lost indices, then finds the rates.</summary>
/// <remarks>Coder and concealer depend on encoder and codebook only, which stay as they are while the decoder goes on learning: they are kept in the work folder.</remarks>
internal static class VqxRelease
{
    private const string MapsFile = VqxRecipe.Model + ".maps.safetensors", EncoderKey = "encoder", DistortionTensor = "distortion";
    private const int CropsPerMap = 30, AdaptivePerMap = 6, PicturesPerMaps = 40; // for 240 maps: 7200 crops, 1440 maps, 6 pictures
    private const int FirstStepsPerMap = 3, CoderStepsPerMap = 12, ConcealerStepsPerMap = 10; // 720, 2880 and 2400 steps
    private const double ReconsideredShare = 0.5;

    /// <summary>Exports the newest checkpoint of a work folder.</summary>
    /// <param name="options">Where the checkpoint and the data are.</param>
    /// <param name="zooFolder">Folder of the model in the zoo, for example Models/Zoo/vqgan-extreme.</param>
    /// <param name="log">Receives what happens.</param>
    internal static void Export(TrainingOptions options, string zooFolder, Action<string> log)
    {
        NativeBackend.EnsureLoaded();
        using var network = new VqxNetwork();
        var optimizer = new Optimizer(network);
        Dictionary<string, double> numbers = Checkpoint.Load(TrainingLoop.CheckpointPath(options, VqxRecipe.Model), optimizer.State());
        optimizer.SwapAverages();
        using PhotoCache cache = PhotoCache.Open(options, log);
        List<SafetensorsTensor> networks = VqxTensors.Export(network);
        var codebook = new VqxCodebook(FileOf(networks));
        Fingerprint encoder = CanonicalTensorHash.Compute(
            EncoderKey, networks.Where(t => t.Name == VqxCodebook.Tensor || t.Name.StartsWith("encoder.", StringComparison.Ordinal)).Select(t => t.ToCanonical()));
        List<SafetensorsTensor> learned = Known(options, encoder) ?? Learn(options, encoder, network, codebook, cache, log);
        float[] distortion = learned.Find(t => t.Name == DistortionTensor)!.ToFloats();
        learned.RemoveAll(t => t.Name == DistortionTensor);
        List<SafetensorsTensor> rates = RateLadder.Create(
            network, codebook, new ExactMapModel(FileOf(learned)), b => distortion[b], cache, Math.Max(1, options.ContextMaps / PicturesPerMaps), log);
        ModelCard.WriteWeights(zooFolder, SafetensorsWriter.ToArray([.. networks, .. learned, .. rates], ModelWeights.MetadataOf(VqxWeights.Architecture)));
        ModelCard.Write(zooFolder, new Dictionary<string, object>
        {
            ["name"] = VqxRecipe.Model,
            ["architecture"] = "vqx: encoder and decoder of depthwise blocks at 1/4, 1/8 and 1/16 beside a linear map of 16x16 patches, 24 elements a vector, a binary tree of "
                + "4096 codes, integer index predictor mixed with adaptive contexts, masked transformer for lost indices; one model for 3 to 12 bits an index",
            ["parameters"] = network.parameters().Sum(p => p.numel()) + learned.Sum(t => t.Count) + network.nodes.numel(),
            ["recipe"] = $"codecs train {VqxRecipe.Model}",
            ["data"] = PhotoCache.Source,
            ["trainingPictures"] = cache.Training.Count(),
            ["steps"] = numbers["steps"],
            ["hours"] = Math.Round(numbers["minutes"] / 60, 2),
            ["licence"] = "MIT",
        });
        log(string.Create(CultureInfo.InvariantCulture, $"exported step {numbers["steps"]:F0} to '{zooFolder}'"));
    }

    // What was learned before for the same encoder and codebook.
    private static List<SafetensorsTensor>? Known(TrainingOptions options, Fingerprint encoder)
    {
        string path = Path.Combine(options.WorkFolder, MapsFile);
        return File.Exists(path) && SafetensorsFile.Read(path) is var file && file.Metadata.GetValueOrDefault(EncoderKey) == encoder.ToString() ? [.. file.Tensors] : null;
    }

    private static List<SafetensorsTensor> Learn(
        TrainingOptions options, Fingerprint encoder, VqxNetwork network, VqxCodebook codebook, PhotoCache cache, Action<string> log)
    {
        log(string.Create(CultureInfo.InvariantCulture, $"making {options.ContextMaps * CropsPerMap} maps of crops"));
        VqxMaps maps = VqxMaps.Create(network, new CropSampler(cache, options.Seed + 1), options.ContextMaps * CropsPerMap, options.Seed);
        float[] distortion = [.. Enumerable.Range(0, VqxShape.Depth + 1).Select(b => b < VqxShape.FewestBits ? 0 : (float)maps.Distortion(codebook, b))];
        var training = new MapTraining.Options
        {
            Steps = options.ContextMaps * FirstStepsPerMap, AdaptiveMaps = options.ContextMaps * AdaptivePerMap, Seed = options.Seed,
        };
        var first = new ExactMapModel(FileOf(MapTraining.Run(maps, training, log)));
        log("choosing codes by rate and distortion");
        maps.Reconsider(codebook, first, (random, bits) => (float)(random.NextDouble() * RateLadder.LargestShare * distortion[bits]), ReconsideredShare);
        List<SafetensorsTensor> learned =
        [
            .. MapTraining.Run(maps, training with { Steps = options.ContextMaps * CoderStepsPerMap }, log),
            .. ConcealerTraining.Run(maps, options.ContextMaps * ConcealerStepsPerMap, options.Seed, log),
            SafetensorsTensor.Create<float>(DistortionTensor, [distortion.Length], distortion),
        ];
        SafetensorsWriter.Write(Path.Combine(options.WorkFolder, MapsFile), learned, new Dictionary<string, string> { [EncoderKey] = encoder.ToString() });
        return learned;
    }

    private static SafetensorsFile FileOf(List<SafetensorsTensor> tensors) => SafetensorsFile.Read(SafetensorsWriter.ToArray(tensors));
}
