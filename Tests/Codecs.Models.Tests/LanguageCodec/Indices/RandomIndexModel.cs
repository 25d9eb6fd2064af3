using Codecs.Formats.Weights;
using Codecs.Models.LanguageCodec;
using Codecs.Models.LanguageCodec.Indices;

namespace Codecs.Models.Tests.LanguageCodec.Indices;

/// <summary>Index models with random weights, as the tensors of a file.</summary>
internal static class RandomIndexModel
{
    private const string Entropy = ModelWeights.EntropyPrefix;

    /// <summary>A model.</summary>
    /// <param name="seed">Seed of all weights.</param>
    /// <param name="largestNode">Largest weight of a node: with 127 many logits reach their limits.</param>
    internal static ExactIndexModel Create(int seed, int largestNode = 8) => new(File(Tensors(seed, largestNode).Values));

    internal static SafetensorsFile File(IEnumerable<SafetensorsTensor> tensors) => SafetensorsFile.Read(SafetensorsWriter.ToArray(tensors));

    /// <summary>All tensors by their names without the prefix.</summary>
    internal static Dictionary<string, SafetensorsTensor> Tensors(int seed, int largestNode = 8)
    {
        const int books = SpeechShape.Codebooks, nodes = books * IndexShape.Nodes, width = IndexShape.Hidden;
        var random = new Random(seed);
        var tensors = new Dictionary<string, SafetensorsTensor>();
        void Add<T>(string name, T[] values)
            where T : unmanaged => tensors.Add(name, SafetensorsTensor.Create<T>(Entropy + name, [values.Length], values));
        T[] Draw<T>(int count, int least, int most, Func<int, T> convert)
        {
            var values = new T[count];
            for (int i = 0; i < count; i++)
            {
                values[i] = convert(random.Next(least, most + 1));
            }

            return values;
        }

        Add("embedding", Draw(books * SpeechShape.CodebookSize * IndexShape.Embedding, -127, 127, v => (sbyte)v));
        for (int q = 0; q < books; q++)
        {
            Add($"hidden.{q}.weight", Draw(width * IndexShape.InputsOf(q), -150, 150, v => (short)v));
            Add($"hidden.{q}.bias", Draw(width, -100_000, 100_000, v => v));
            Add($"hidden.{q}.shift", Draw(width, 8, 12, v => (byte)v));
        }

        Add("node", Draw(nodes * width, -largestNode, largestNode, v => (sbyte)v));
        Add("node_bias", Draw(nodes, -100_000, 100_000, v => v));
        Add("node_shift", Draw(books, 8, 12, v => (byte)v));
        Add("start", Draw(books * IndexContexts.PerBook, -2000, short.MaxValue, v => (short)v));
        Add("mixer", Draw(ExactIndexModel.MixerSets * ExactIndexModel.MixerInputs, -20_000, 60_000, v => v));
        return tensors;
    }

    /// <summary>Indices [frames, 8] with runs of equal frames and of equal codes.</summary>
    internal static short[] Codes(int frames, int seed)
    {
        var random = new Random(seed);
        short[] codes = new short[frames * SpeechShape.Codebooks];
        for (int i = 0; i < codes.Length; i++)
        {
            bool frameStays = (i / SpeechShape.Codebooks / 5 & 1) != 0, staysAlone = random.Next(3) == 0;
            codes[i] = i >= SpeechShape.Codebooks && (frameStays || staysAlone) ? codes[i - SpeechShape.Codebooks] : (short)random.Next(SpeechShape.CodebookSize);
        }

        return codes;
    }
}
