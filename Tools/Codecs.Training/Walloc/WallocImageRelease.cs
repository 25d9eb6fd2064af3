using Codecs.Models;
using Codecs.Models.Walloc;
using Codecs.Training.Data;
using static TorchSharp.torch;

namespace Codecs.Training.Walloc;

/// <summary>Makes the zoo entry of <c>walloc-image</c> out of a checkpoint.</summary>
internal static class WallocImageRelease
{
    private const int Side = 512;

    /// <summary>Exports the newest checkpoint of a work folder.</summary>
    /// <param name="options">Where the checkpoint and the data are.</param>
    /// <param name="zooFolder">Folder of the model in the zoo, for example Models/Zoo/walloc-image.</param>
    /// <param name="log">Receives what happens.</param>
    internal static void Export(TrainingOptions options, string zooFolder, Action<string> log)
    {
        NativeBackend.EnsureLoaded();
        using var _ = no_grad();
        using var network = new ImageWalloc();
        Optimizer optimizer = WallocImageRecipe.CreateOptimizer(network);
        Dictionary<string, double> numbers = Checkpoint.Load(TrainingLoop.CheckpointPath(options, WallocImageRecipe.Model), optimizer.State());
        optimizer.SwapAverages();
        using PhotoCache cache = PhotoCache.Open(options, log);
        var sampler = new CropSampler(cache, options.Seed + 1);
        int side = cache.Training.Any(e => Math.Min(e.Width, e.Height) >= Side) ? Side : 256;
        (Tensor analysis, Tensor _) = WaveletMatrix.Create(side, ImageWalloc.WaveletLevels);
        var random = new Random(options.Seed);
        short[] start = ResidualTraining.Start(
            network.context, ImageWalloc.Neighbours,
            () =>
            {
                int rate = random.Next(WallocRates.MaxRate + 1);
                Tensor packets = WaveletMatrix.Analyze(sampler.Next(1, side) - 0.5, analysis, ImageWalloc.WaveletLevels);
                return (network.quantizer.Compand(network.encoder.forward(packets), tensor(new float[] { rate })).round(), rate);
            },
            options.ContextMaps);
        WallocRelease.Write(
            zooFolder, (network, network.quantizer, network.context), start, numbers, WallocImageWeights.Architecture,
            "WaLLoC: three levels of wavelet packets, one 192 x 96 matrix, compander, adaptive integer context model; decoder of six depthwise blocks at 1/8; one model for all rates",
            (PhotoCache.Source, "trainingPictures", cache.Training.Count()), log);
    }
}
