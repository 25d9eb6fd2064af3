using Codecs.Formats.Weights;
using Codecs.Models.IndexMaps;

namespace Codecs.Models.Tests.IndexMaps;

/// <summary>Map models with random weights, as the tensors of a file.</summary>
internal static class RandomMapModel
{
    /// <summary>A model.</summary>
    /// <param name="seed">Seed of all weights.</param>
    /// <param name="largestNode">Largest weight of a node: with 127 many logits reach their limits.</param>
    internal static ExactMapModel Create(int seed, int largestNode = 8) => new(File(Tensors(seed, largestNode).Values));

    internal static SafetensorsFile File(IEnumerable<SafetensorsTensor> tensors) => SafetensorsFile.Read(SafetensorsWriter.ToArray(tensors));

    /// <summary>All tensors by their names without the prefix.</summary>
    internal static Dictionary<string, SafetensorsTensor> Tensors(int seed, int largestNode = 8)
    {
        var random = new Random(seed);
        var tensors = new Dictionary<string, SafetensorsTensor>();
        void Add<T>(string name, int count, int least, int most, Func<int, T> convert)
            where T : unmanaged
        {
            var values = new T[count];
            for (int i = 0; i < count; i++)
            {
                values[i] = convert(random.Next(least, most + 1));
            }

            tensors.Add(name, SafetensorsTensor.Create<T>(ModelWeights.EntropyPrefix + name, [count], values));
        }

        Add("embedding", MapShape.Nodes * MapShape.Embedding, -127, 127, v => (sbyte)v);
        Add("hidden.weight", MapShape.Hidden * MapShape.Inputs, -80, 80, v => (short)v);
        Add("hidden.bias", MapShape.Hidden, -100_000, 100_000, v => v);
        Add("hidden.shift", MapShape.Hidden, 8, 12, v => (byte)v);
        Add("node", MapShape.InnerNodes * MapShape.Hidden, -largestNode, largestNode, v => (sbyte)v);
        Add("node_bias", MapShape.InnerNodes, -100_000, 100_000, v => v);
        Add("node_shift", 1, 8, 12, v => (byte)v);
        Add("start", ExactMapModel.ContextCount, -2000, short.MaxValue, v => (short)v);
        Add("mixer", ExactMapModel.MixerSets * ExactMapModel.MixerInputs, -20_000, 60_000, v => v);
        return tensors;
    }
}
