using Codecs.Formats.Weights;
using Codecs.Models.Exact;

namespace Codecs.Models.Nirvana;

/// <summary>The weight file of <c>nirvana</c>: the networks that every chunk starts from and the tables of residuals. All of it decides parsing.</summary>
internal sealed class NirvanaWeights : ModelWeights
{
    /// <summary>What the file calls itself.</summary>
    internal const string Architecture = "nirvana";

    private const string EntropyArchitecture = "nirvana/entropy/1", SynthesisArchitecture = "nirvana/synthesis/1";
    private const string NetworksTensor = "networks", TablesTensor = "tables", BiasesTensor = "biases";

    private NirvanaWeights(SafetensorsFile file)
        : base(file, EntropyArchitecture, SynthesisArchitecture, static _ => false)
    {
        var weights = new IntegerWeights(file, EntropyPrefix);
        short[] parameters = weights.Shorts(NetworksTensor, SplitNetworks.ParameterCount);
        int next = 0;
        Networks = new SplitNetworks(i =>
        {
            int start = next;
            next += SplitNetworks.ShapeOf(i).ParameterCount;
            return parameters[start..next];
        });
        Tables = LaplaceTables.From(weights, TablesTensor, BiasesTensor);
    }

    /// <summary>The networks that every chunk starts from.</summary>
    internal SplitNetworks Networks { get; }

    /// <summary>The tables of residuals.</summary>
    internal LaplaceTables Tables { get; }

    /// <summary>Takes a weight file.</summary>
    /// <exception cref="ModelMismatchException">The file holds another network.</exception>
    internal static NirvanaWeights FromFile(SafetensorsFile file) => new(Require(file, Architecture));

    /// <summary>The weight file of networks.</summary>
    internal static byte[] ToFile(SplitNetworks networks, LaplaceTables tables)
    {
        short[] parameters = [.. Enumerable.Range(0, networks.Count).SelectMany(i => networks[i].Parameters)];
        byte[] tableBytes = tables.Tables.ToBytes();
        return SafetensorsWriter.ToArray(
            [
                SafetensorsTensor.Create<short>(EntropyPrefix + NetworksTensor, [parameters.Length], parameters),
                SafetensorsTensor.Create<byte>(EntropyPrefix + TablesTensor, [tableBytes.Length], tableBytes),
                SafetensorsTensor.Create<byte>(EntropyPrefix + BiasesTensor, [tables.Biases.Length], tables.Biases),
            ],
            MetadataOf(Architecture));
    }
}
