using Codecs.Formats.Container;
using Codecs.Formats.Weights;

namespace Codecs.Models.Exact;

/// <summary>Reads integer layers out of a weight file; every size is checked against what the network expects.</summary>
/// <param name="file">The weight file.</param>
/// <param name="prefix">Start of the tensors' names, with the dot.</param>
internal sealed class IntegerWeights(SafetensorsFile file, string prefix)
{
    internal byte[] Bytes(string name) => Tensor(name, ElementType.U8).Bytes.ToArray();

    internal byte[] Bytes(string name, int count) => Tensor(name, ElementType.U8, count).Bytes.ToArray();

    /// <summary>Values stored as signed bytes.</summary>
    internal short[] SignedBytes(string name, int count) => Tensor(name, ElementType.I8, count).ToInt16s();

    internal short[] Shorts(string name, int count) => Tensor(name, ElementType.I16, count).ToInt16s();

    internal int[] Integers(string name, int count) => Tensor(name, ElementType.I32, count).ToInt32s();

    internal IntegerPointwise Pointwise(string name, int inputs, int outputs, bool leaky = false) =>
        new(Shorts(name + ".weight", inputs * outputs), inputs, Requantizer(name, outputs, leaky));

    internal IntegerTokenMixBlock Block(string name, int channels) => new(
        Pointwise(name + ".a", channels, channels, leaky: true),
        new IntegerDepthwise(Shorts(name + ".dw.weight", 9 * channels), Requantizer(name + ".dw", channels, leaky: false)),
        Pointwise(name + ".b", channels, channels),
        Pointwise(name + ".c", channels, 2 * channels, leaky: true),
        Pointwise(name + ".e", channels, channels));

    /// <summary>A layer whose output rows are stored part after part, as one layer per part.</summary>
    internal IntegerPointwise[] SplitPointwise(string name, int inputs, int outputsPerPart, int parts)
    {
        short[] weights = Shorts(name + ".weight", inputs * outputsPerPart * parts);
        Requantizer whole = Requantizer(name, outputsPerPart * parts, leaky: false);
        var result = new IntegerPointwise[parts];
        for (int p = 0; p < parts; p++)
        {
            result[p] = new IntegerPointwise(
                weights.AsSpan(p * inputs * outputsPerPart, inputs * outputsPerPart), inputs, whole.Slice(p * outputsPerPart, outputsPerPart));
        }

        return result;
    }

    private Requantizer Requantizer(string name, int outputs, bool leaky) =>
        new(Integers(name + ".bias", outputs), Bytes(name + ".shift", outputs), leaky);

    private SafetensorsTensor Tensor(string name, ElementType type, int count)
    {
        SafetensorsTensor tensor = Tensor(name, type);
        if (tensor.Count != count)
        {
            throw new ModelMismatchException(
                $"Tensor '{tensor.Name}' of the model file has {tensor.Count} elements; expected {count}.");
        }

        return tensor;
    }

    private SafetensorsTensor Tensor(string name, ElementType type)
    {
        if (!file.TryGet(prefix + name, out SafetensorsTensor? tensor) || tensor.Type != type)
        {
            throw new ModelMismatchException(
                $"The model file has no {type} tensor '{prefix + name}'; it is damaged or belongs to another model.");
        }

        return tensor;
    }
}
