using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Models.Exact;
using Codecs.Models.Nirvana;
using Codecs.Tests;

namespace Codecs.Models.Tests.Nirvana;

public sealed class NetworkUpdateTests
{
    private readonly SplitNetworks _networks = MadeUpNirvana.Networks(1);

    [Fact]
    public void NetworksComeBackGroupAfterGroup()
    {
        var random = new Random(1);
        var writing = new NetworkUpdate();
        var reading = new NetworkUpdate();
        (SplitNetworks written, SplitNetworks read) = (_networks, _networks);
        for (int group = 0; group < 4; group++)
        {
            var changes = new Dictionary<int, short[]>();
            for (int i = group; i < _networks.Count && group != 2; i += 29)
            {
                changes[i] = Changed(written[i], group == 3 ? 2000 : 3, random);
            }

            (SplitNetworks after, ReadOnlyMemory<byte> payload) = Write(writing, written, changes);
            var decoder = new RangeDecoder(payload, CheckMode.Check16);
            var reader = new SymbolReader(decoder);
            read = reading.Run(read, null, ref reader);

            Assert.Equal(CodingStatus.Ok, decoder.Finish());
            for (int i = 0; i < _networks.Count; i++)
            {
                Assert.Equal(changes.GetValueOrDefault(i) ?? written[i].Parameters, after[i].Parameters);
                Assert.Equal(after[i].Parameters, read[i].Parameters);
            }

            written = after;
        }
    }

    [Fact]
    public void NoChangeIsNextToNothing()
    {
        (SplitNetworks after, ReadOnlyMemory<byte> payload) = Write(new NetworkUpdate(), _networks, new Dictionary<int, short[]>());
        Assert.Same(_networks, after);
        Assert.InRange(payload.Length, 0, 3);
    }

    [Fact]
    public void ChangesThatCouldOverflowAreRefused()
    {
        short[] parameters = [.. _networks[0].Parameters];
        for (int i = 0; i < 4; i++)
        {
            parameters[i] = (short)(parameters[i] + (2000 * NetworkUpdate.Unit * (parameters[i] < 0 ? -1 : 1) / 2));
        }

        var bytes = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(bytes);
        var writer = new SymbolWriter(encoder);
        Assert.Throws<ModelMismatchException>(() => new NetworkUpdate().Run(_networks, new Dictionary<int, short[]> { [0] = parameters }, ref writer));
        encoder.Finish(CheckMode.Check16);
        var reader = new SymbolReader(new RangeDecoder(bytes.WrittenMemory, CheckMode.Check16));
        Assert.Throws<ModelMismatchException>(() => new NetworkUpdate().Run(_networks, null, ref reader));
    }

    private static (SplitNetworks After, ReadOnlyMemory<byte> Payload) Write(NetworkUpdate update, SplitNetworks networks, Dictionary<int, short[]> changes)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(bytes);
        var writer = new SymbolWriter(encoder);
        SplitNetworks after = update.Run(networks, changes, ref writer);
        encoder.Finish(CheckMode.Check16);
        return (after, bytes.WrittenMemory);
    }

    // Some layers keep their numbers; a bias may take any step.
    private static short[] Changed(SplitNetworks.Network network, int largest, Random random)
    {
        short[] parameters = [.. network.Parameters];
        for (int l = 0; l < PerceptronShape.Layers; l++)
        {
            int start = network.Shape.BiasStart(l);
            for (int i = random.Next(2) == 0 ? start : network.Shape.WeightStart(l); i < start + network.Shape.Outputs(l) && l != 1; i++)
            {
                int most = i < start ? Math.Min(largest, 3) : largest;
                parameters[i] = (short)Math.Clamp(parameters[i] + (random.Next(-most, most + 1) * NetworkUpdate.Unit), short.MinValue, short.MaxValue);
            }
        }

        return parameters;
    }
}
