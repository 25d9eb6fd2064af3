using System.Globalization;
using Codecs.Formats.Weights;
using Codecs.Models;
using Codecs.Models.Walloc;
using static TorchSharp.torch;

namespace Codecs.Training.Walloc;

/// <summary>What the releases of both WaLLoC models share: weights and card from a network that holds its averages.</summary>
internal static class WallocRelease
{
    /// <param name="zooFolder">Folder of the model in the zoo.</param>
    /// <param name="parts">The network with its quantiser and context model.</param>
    /// <param name="start">Start states of the residual contexts.</param>
    /// <param name="numbers">Steps and minutes of the checkpoint.</param>
    /// <param name="model">Name of the model and of its recipe; also what the weight file calls its architecture.</param>
    /// <param name="architecture">The architecture in words.</param>
    /// <param name="media">Where the media come from, what the card calls their number, and the number.</param>
    /// <param name="log">Receives what happened.</param>
    internal static void Write(
        string zooFolder, (nn.Module Network, LatentQuantizer Quantizer, LatentContext Context) parts, short[] start, IReadOnlyDictionary<string, double> numbers,
        string model, string architecture, (string Source, string Key, int Count) media, Action<string> log)
    {
        ModelCard.WriteWeights(zooFolder, SafetensorsWriter.ToArray(
            WallocTensors.Export(parts.Network, parts.Quantizer, parts.Context, start), ModelWeights.MetadataOf(model)));
        ModelCard.Write(zooFolder, new Dictionary<string, object>
        {
            ["name"] = model,
            ["architecture"] = architecture,
            ["parameters"] = parts.Network.parameters().Sum(p => p.numel()),
            ["recipe"] = $"codecs train {model}",
            ["data"] = media.Source,
            [media.Key] = media.Count,
            ["steps"] = numbers["steps"],
            ["hours"] = Math.Round(numbers["minutes"] / 60, 2),
            ["licence"] = "MIT",
        });
        log(string.Create(CultureInfo.InvariantCulture, $"exported step {numbers["steps"]:F0} to '{zooFolder}'"));
    }
}
