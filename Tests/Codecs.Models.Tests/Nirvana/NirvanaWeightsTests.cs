using Codecs.EntropyCoding;
using Codecs.Formats.Weights;
using Codecs.Models.Exact;
using Codecs.Models.Nirvana;
using Codecs.Tests;

namespace Codecs.Models.Tests.Nirvana;

public sealed class NirvanaWeightsTests
{
    [Fact]
    public void NetworksAndTablesComeBack()
    {
        SplitNetworks networks = MadeUpNirvana.Networks(1);
        var tables = LaplaceTables.Create();
        NirvanaWeights weights = NirvanaWeights.FromFile(SafetensorsFile.Read(NirvanaWeights.ToFile(networks, tables)));

        Assert.Equal(Parameters(networks), Parameters(weights.Networks));
        Assert.Equal(tables.Tables.ToBytes(), weights.Tables.Tables.ToBytes());
        Assert.Equal(tables.Biases, weights.Tables.Biases);
        Assert.NotEqual(weights.EntropyFingerprint, MadeUpNirvana.Weights(2).EntropyFingerprint);
    }

    [Fact]
    public void TablesThatTheCoderCannotTakeAreRefused()
    {
        foreach ((int count, int precision) in ((int, int)[])[(LaplaceTables.Count - 1, 14), (LaplaceTables.Count, 15), (LaplaceTables.Count + 1, 14)])
        {
            var builder = new TableSetBuilder(precision);
            for (int i = 0; i < count; i++)
            {
                builder.AddWeights(0, [1, 1]);
            }

            Refuse(builder.Build().ToBytes());
        }

        Refuse([]);
        Refuse([9, 14, 80, 0]);
        Refuse([1, 14, 255, 255]);
    }

    [Fact]
    public void WeightsThatCouldOverflowAreRefused()
    {
        SplitNetworks networks = MadeUpNirvana.Networks(1);
        SafetensorsFile file = File(LaplaceTables.Create().Tables.ToBytes(), [.. Parameters(networks).Select(_ => short.MaxValue)]);

        Assert.Throws<ModelMismatchException>(() => NirvanaWeights.FromFile(file));
        Assert.Throws<ModelMismatchException>(() => NirvanaWeights.FromFile(File(LaplaceTables.Create().Tables.ToBytes(), new short[SplitNetworks.ParameterCount - 1])));
    }

    private static void Refuse(byte[] tables) =>
        Assert.Throws<ModelMismatchException>(() => NirvanaWeights.FromFile(File(tables, new short[SplitNetworks.ParameterCount])));

    private static short[] Parameters(SplitNetworks networks) => [.. Enumerable.Range(0, networks.Count).SelectMany(i => networks[i].Parameters)];

    private static SafetensorsFile File(byte[] tables, short[] parameters) => SafetensorsFile.Read(SafetensorsWriter.ToArray(
        [
            SafetensorsTensor.Create<short>("entropy.networks", [parameters.Length], parameters),
            SafetensorsTensor.Create<byte>("entropy.tables", [tables.Length], tables),
            SafetensorsTensor.Create<byte>("entropy.biases", [LaplaceTables.Count], new byte[LaplaceTables.Count]),
        ],
        ModelWeights.MetadataOf(NirvanaWeights.Architecture)));
}
