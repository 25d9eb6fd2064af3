using System.Text.Json;
using Codecs.Models;

namespace Codecs.Training;

/// <summary>Writes a zoo entry: weights and the card that says where they come from.</summary>
internal static class ModelCard
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    /// <summary>Replaces the weights of a zoo folder.</summary>
    internal static void WriteWeights(string zooFolder, byte[] weights)
    {
        Directory.CreateDirectory(zooFolder);
        string path = Path.Combine(zooFolder, ModelZoo.WeightFile);
        File.WriteAllBytes(path + ".part", weights);
        File.Move(path + ".part", path, overwrite: true);
    }

    /// <summary>Replaces the card of a zoo folder.</summary>
    internal static void Write(string zooFolder, IReadOnlyDictionary<string, object> card) =>
        File.WriteAllText(Path.Combine(zooFolder, ModelZoo.CardFile), JsonSerializer.Serialize(card, s_indented) + "\n");
}
