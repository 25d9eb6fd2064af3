using System.Globalization;
using Codecs.Formats.Weights;
using Codecs.Models;
using Codecs.Models.Layers;
using Codecs.Models.Squeeze3d;
using static TorchSharp.torch;

namespace Codecs.Training.Squeeze3d;

/// <summary>Makes the zoo entry of <c>squeeze3d</c> out of a checkpoint.</summary>
internal static class Squeeze3dRelease
{
    private const int VolumesPerMap = 2;
    private static readonly Random s_random = new(2);

    /// <summary>Exports the newest checkpoint of a work folder.</summary>
    /// <param name="options">Where the checkpoint and the data are.</param>
    /// <param name="zooFolder">Folder of the model in the zoo, for example Models/Zoo/squeeze3d.</param>
    /// <param name="log">Receives what happens.</param>
    internal static void Export(TrainingOptions options, string zooFolder, Action<string> log)
    {
        NativeBackend.EnsureLoaded();
        using var network = new Squeeze3dNetwork(CPU);
        var optimizer = new Optimizer(network);
        Dictionary<string, double> numbers = Checkpoint.Load(TrainingLoop.CheckpointPath(options, Squeeze3dRecipe.Model), optimizer.State());
        optimizer.SwapAverages();
        using VolumeCache cache = VolumeCache.Open(options, log);
        SafetensorsTensor[] tensors = [.. network.state_dict().SelectMany(t => AxisTensors.Is(t.Key)
            ? AxisTensors.Create(t.Value.data<float>().ToArray())
            : [NetworkTensors.Create(t.Key, t.Value, half: t.Value.dim() > 1)])];

        // Statistics are those of the numbers as they are shipped.
        using var networks = new ShapeNetworks(SafetensorsFile.Read(SafetensorsWriter.ToArray(tensors, ModelWeights.MetadataOf(Squeeze3dWeights.Architecture))), ComputeDevice.Cpu, options.Threads ?? Environment.ProcessorCount);
        ModelCard.WriteWeights(zooFolder, Squeeze3dWeights.ToFile(tensors, ShapeCensus.Learn(networks, Volumes(cache, options.ContextMaps * VolumesPerMap))));
        ModelCard.Write(zooFolder, new Dictionary<string, object>
        {
            ["name"] = Squeeze3dRecipe.Model,
            ["architecture"] =
                "Squeeze3D: distance fields of 32^3, encoder of 16^3 cosine frequencies, forward mapping to 512 principal axes, reverse mapping with a perceptron of 192 units, generator with "
                + "residual blocks at 16^3 and 8^3; Laplace tables by element and by what came before; one model for all rates",
            ["parameters"] = network.state_dict().Values.Sum(t => t.numel()),
            ["recipe"] = $"codecs train {Squeeze3dRecipe.Model}",
            ["data"] = $"{cache.Training.Count} shapes: {VolumeCache.Source}",
            ["steps"] = numbers["steps"],
            ["hours"] = Math.Round(numbers["minutes"] / 60, 2),
            ["licence"] = "MIT",
        });
        log(string.Create(CultureInfo.InvariantCulture, $"exported step {numbers["steps"]:F0} to '{zooFolder}'"));
    }

    private static float[][] Volumes(VolumeCache cache, int count)
    {
        float[][] volumes = new float[Math.Min(count, cache.Training.Count)][];
        for (int i = 0; i < volumes.Length; i++)
        {
            volumes[i] = new float[ShapeCode.VolumeLength];
            cache.Read(cache.Training[s_random.Next(cache.Training.Count)], s_random.Next(CubeSymmetry.Count), volumes[i]);
        }

        return volumes;
    }
}
