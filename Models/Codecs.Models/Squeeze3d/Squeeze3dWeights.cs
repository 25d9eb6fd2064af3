using Codecs.Formats.Weights;
using Codecs.Models.Exact;

namespace Codecs.Models.Squeeze3d;

/// <summary>The weight file of <c>squeeze3d</c>.</summary>
internal sealed class Squeeze3dWeights : ModelWeights
{
    /// <summary>What the file calls itself.</summary>
    internal const string Architecture = "squeeze3d";

    private const string EntropyArchitecture = "squeeze3d/entropy/1", SynthesisArchitecture = "squeeze3d/synthesis/1";
    private const string Tables = "tables", Biases = "biases", Expected = "expected", CodeScales = "code.scales", CodeOffsets = "code.offsets";
    private const string ResidualScales = "residual.scales", ResidualOffsets = "residual.offsets";

    private Squeeze3dWeights(SafetensorsFile file)
        : base(file, EntropyArchitecture, SynthesisArchitecture, static name => !name.StartsWith(EntropyPrefix, StringComparison.Ordinal))
    {
        var weights = new IntegerWeights(file, EntropyPrefix);
        LaplaceTables tables = LaplaceTables.From(weights, Tables, Biases);
        Statistics = new ShapeStatistics(
            tables,
            weights.Shorts(Expected, LaplaceTables.Count),
            weights.Bytes(CodeScales, ShapeCode.Length),
            weights.SignedBytes(CodeOffsets, ShapeStatistics.CodeClasses),
            weights.Bytes(ResidualScales, ShapeCode.LatentLength),
            weights.SignedBytes(ResidualOffsets, ShapeStatistics.ResidualClasses));
    }

    /// <summary>What decides parsing.</summary>
    internal ShapeStatistics Statistics { get; }

    /// <summary>Takes a weight file.</summary>
    /// <exception cref="ModelMismatchException">The file holds another network.</exception>
    internal static Squeeze3dWeights FromFile(SafetensorsFile file) => new(Require(file, Architecture));

    /// <summary>The weight file of networks and statistics.</summary>
    /// <param name="networks">Mapping and generator.</param>
    /// <param name="statistics">What decides parsing.</param>
    internal static byte[] ToFile(IEnumerable<SafetensorsTensor> networks, ShapeStatistics statistics)
    {
        byte[] tables = statistics.Tables.Tables.ToBytes();
        return SafetensorsWriter.ToArray(
            [
                .. networks,
                Bytes(Tables, tables),
                Bytes(Biases, statistics.Tables.Biases),
                SafetensorsTensor.Create<short>(EntropyPrefix + Expected, [statistics.Expected.Length], statistics.Expected),
                Bytes(CodeScales, statistics.CodeScales),
                Offsets(CodeOffsets, statistics.CodeOffsets),
                Bytes(ResidualScales, statistics.ResidualScales),
                Offsets(ResidualOffsets, statistics.ResidualOffsets),
            ],
            MetadataOf(Architecture));
    }

    private static SafetensorsTensor Bytes(string name, byte[] values) => SafetensorsTensor.Create<byte>(EntropyPrefix + name, [values.Length], values);

    private static SafetensorsTensor Offsets(string name, short[] values) =>
        SafetensorsTensor.Create<sbyte>(EntropyPrefix + name, [values.Length], Array.ConvertAll(values, v => (sbyte)v));
}
