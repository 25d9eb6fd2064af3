using System.Buffers.Binary;
using Codecs.Formats.Weights;
using Codecs.Models.Exact;
using Codecs.Models.Nirvana;

namespace Codecs.Fuzz.Targets;

/// <summary>What is inside a weight file of nirvana.</summary>
/// <remarks>Bytes: biases, u16 length of the tables, the tables, then parameters; those that are missing are 0, so that inputs are short. The file around them is
/// <see cref="SafetensorsTarget"/>'s.</remarks>
internal sealed class NirvanaWeightsTarget : FuzzTarget
{
    private const int HeaderBytes = LaplaceTables.Count + sizeof(ushort);

    internal override string Name => "nirvana-weights";

    internal override string Description => "biases, tables behind their length, and parameters of nirvana, which are 0 behind the end";

    // The file and its copy, their integers as they are stored and as they are multiplied, costs of all symbols.
    internal override long MemoryCap(int inputBytes) => 64L << 20;

    internal override IEnumerable<byte[]> Seeds()
    {
        var tables = LaplaceTables.Create();
        byte[] bytes = tables.Tables.ToBytes(), length = new byte[sizeof(ushort)], parameters = new byte[300];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)bytes.Length);
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = (byte)(i % 2 == 0 ? i * 37 : (i % 3) - 1);
        }

        yield return [.. tables.Biases, .. length, .. bytes, .. parameters];
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        int tables = input.Length < HeaderBytes ? int.MaxValue : BinaryPrimitives.ReadUInt16LittleEndian(input.Span[LaplaceTables.Count..]);
        if (tables > input.Length - HeaderBytes)
        {
            throw new InvalidBitstreamException("too short to be an input", 0);
        }

        ReadOnlySpan<byte> rest = input.Span[(HeaderBytes + tables)..];
        short[] parameters = new short[SplitNetworks.ParameterCount];
        for (int i = 0; i < Math.Min(parameters.Length, rest.Length / sizeof(short)); i++)
        {
            parameters[i] = BinaryPrimitives.ReadInt16LittleEndian(rest[(i * sizeof(short))..]);
        }

        byte[] file = SafetensorsWriter.ToArray(
            [
                SafetensorsTensor.Create<byte>("entropy.biases", [LaplaceTables.Count], input.Span[..LaplaceTables.Count]),
                SafetensorsTensor.Create<short>("entropy.networks", [parameters.Length], parameters),
                SafetensorsTensor.Create<byte>("entropy.tables", [tables], input.Span.Slice(HeaderBytes, tables)),
            ],
            NirvanaWeights.MetadataOf(NirvanaWeights.Architecture));
        NirvanaWeights weights = NirvanaWeights.FromFile(SafetensorsFile.Read(file));
        Require(
            NirvanaWeights.ToFile(weights.Networks, weights.Tables).AsSpan().SequenceEqual(file), "weights changed on the way through a file");
    }
}
