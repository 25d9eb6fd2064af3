using Codecs.Models;
using Codecs.Models.Walloc;
using Codecs.Training.Data;
using static TorchSharp.torch;

namespace Codecs.Training.Walloc;

/// <summary>Makes the zoo entry of <c>walloc-audio</c> out of a checkpoint.</summary>
internal static class WallocAudioRelease
{
    private const int Frames = 1024;

    /// <summary>Exports the newest checkpoint of a work folder.</summary>
    /// <param name="options">Where the checkpoint and the data are.</param>
    /// <param name="zooFolder">Folder of the model in the zoo, for example Models/Zoo/walloc-audio.</param>
    /// <param name="log">Receives what happens.</param>
    internal static void Export(TrainingOptions options, string zooFolder, Action<string> log)
    {
        NativeBackend.EnsureLoaded();
        using var _ = no_grad();
        using var network = new AudioWalloc();
        Optimizer optimizer = WallocAudioRecipe.CreateOptimizer(network);
        Dictionary<string, double> numbers = Checkpoint.Load(TrainingLoop.CheckpointPath(options, WallocAudioRecipe.Model), optimizer.State());
        optimizer.SwapAverages();
        using MusicCache cache = MusicCache.Open(options, log);
        var sampler = new MusicSampler(cache, options.Seed + 1);
        int frames = Math.Min(Frames, cache.Training.Max(t => t.Frames));
        var random = new Random(options.Seed);
        short[] start = ResidualTraining.Start(
            network.context, AudioWalloc.Neighbours,
            () =>
            {
                int rate = random.Next(WallocRates.MaxRate + 1);
                return (network.quantizer.Compand(network.encoder.forward(sampler.Next(1, frames)), tensor(new float[] { rate })).round(), rate);
            },
            options.ContextMaps);
        WallocRelease.Write(
            zooFolder, (network, network.quantizer, network.context), start, numbers, WallocAudioWeights.Architecture,
            "WaLLoC-A: eight levels of wavelet packets of mid and side, one 512 x 96 matrix, compander, adaptive integer context model; decoder of six snake units, 256 wide; one model for all rates",
            (MusicCache.Source, "trainingTracks", cache.Training.Count()), log);
    }
}
