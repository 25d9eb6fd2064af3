using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Models.Exact;
using Codecs.Models.Nirvana;
using Codecs.Tests;
using CsCheck;

namespace Codecs.Models.Tests.Nirvana;

public sealed class PyramidCoderTests
{
    private static readonly SplitNetworks s_networks = MadeUpNirvana.Networks(7);
    private static readonly LaplaceTables s_tables = LaplaceTables.Create();

    [Fact]
    public void PlanesComeBackAsTheWriterSawThem() => Gen.Select(Gen.Int[1, 70], Gen.Int[1, 50], Gen.Enum<PictureKind>(), Gen.Int[0, 2], Gen.Int[0, QuantizerSteps.MaxIndex], Gen.Int).Sample(
        (width, height, kind, plane, rateIndex, seed) => AssertRoundTrip(width, height, kind, plane, rateIndex, isExtreme: seed % 3 == 0, seed),
        iter: 40);

    [Fact]
    public void ThinPlanesComeBack()
    {
        foreach ((int width, int height) in ((int, int)[])[(1, 1), (1, 300), (300, 1), (2, 100), (3, 90), (100, 2), (32, 1), (33, 1), (8, 500)])
        {
            AssertRoundTrip(width, height, PictureKind.Between, plane: width % 3, rateIndex: 20, isExtreme: false, seed: height);
        }
    }

    [Fact]
    public void TheFinestRateIsNearlyWithoutLoss()
    {
        var random = new Random(3);
        Grid source = MadeUpNirvana.Plane(60, 44, random);
        var port = new SymbolCounter(s_tables, new BitTally());
        Grid decoded = new PyramidCoder(s_networks, s_tables) { BitPrice = 0 }.Run(Context(source.Width, source.Height, PictureKind.Key, 0, 0, random, false), source, ref port);

        // Two steps of error at every level would be far more than random networks deserve.
        Assert.InRange(source.Samples.Zip(decoded.Samples).Max(p => Math.Abs(p.First - p.Second)), 1, 100);
    }

    [Fact]
    public void HostileResidualsStayInRange() => Gen.Select(Gen.Byte.Array[4, 60], Gen.Enum<PictureKind>(), Gen.Int[0, QuantizerSteps.MaxIndex], Gen.Int).Sample(
        (payload, kind, rateIndex, seed) =>
        {
            // A table whose escape takes all but everything, so that most values are wild.
            var reader = new SymbolReader(new RangeDecoder(payload, CheckMode.None, s_wild.Tables));
            PlaneContext context = Context(40, 24, kind, seed & 1, rateIndex, new Random(seed), isExtreme: true);
            Grid decoded = new PyramidCoder(s_networks, s_wild).Run(context, null, ref reader);
            Assert.All(decoded.Samples, s => Assert.InRange(s, -8192, 8191));
        },
        iter: 30);

    [Fact]
    public void FittingSeesEveryPositionOnce()
    {
        var random = new Random(5);
        Grid source = MadeUpNirvana.Plane(37, 30, random);
        var sink = new Sink();
        var bits = new BitTally();
        var port = new SymbolCounter(s_tables, bits);
        var coder = new PyramidCoder(s_networks, s_tables) { Samples = sink, PatchBits = new float[5] };
        var context = new PlaneContext(37, 30, PictureKind.Key, 0, 30, null, null, new PatchGrid(2, 2, 5, 5), null, new SignedIntegerModel(1 << 14, 2));
        coder.Run(context, source, ref port);

        int expected = context.Steps.Sum(s => s.Horizontal ? s.Width / 2 * s.Height : s.Width * (s.Height / 2));
        Assert.Equal(expected, sink.Positions);

        // All bits but those of the coarsest plane have a patch.
        Assert.InRange(coder.PatchBits.Sum(), 0.5 * bits.Bits, bits.Bits);
    }

    private static readonly LaplaceTables s_wild = Wild();

    private static LaplaceTables Wild()
    {
        var builder = new TableSetBuilder(14);
        for (int t = 0; t < LaplaceTables.Count; t++)
        {
            builder.AddWeights(0, [1, 1000]);
        }

        return new LaplaceTables(builder.Build(), [.. Enumerable.Repeat((byte)255, LaplaceTables.Count)]);
    }

    private static void AssertRoundTrip(int width, int height, PictureKind kind, int plane, int rateIndex, bool isExtreme, int seed)
    {
        Grid source = MadeUpNirvana.Plane(width, height, new Random(seed), isExtreme);
        var bytes = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(bytes, s_tables.Tables);
        var writer = new SymbolWriter(encoder);
        Grid written = new PyramidCoder(s_networks, s_tables).Run(Context(width, height, kind, plane, rateIndex, new Random(seed), isExtreme), source, ref writer);
        encoder.Finish(CheckMode.Check16);

        var counter = new SymbolCounter(s_tables, new BitTally());
        Grid counted = new PyramidCoder(s_networks, s_tables).Run(Context(width, height, kind, plane, rateIndex, new Random(seed), isExtreme), source, ref counter);
        Assert.Equal(written.Samples, counted.Samples);

        var decoder = new RangeDecoder(bytes.WrittenMemory, CheckMode.Check16, s_tables.Tables);
        var reader = new SymbolReader(decoder);
        Grid read = new PyramidCoder(s_networks, s_tables).Run(Context(width, height, kind, plane, rateIndex, new Random(seed), isExtreme), null, ref reader);
        Assert.Equal(CodingStatus.Ok, decoder.Finish());
        Assert.Equal(written.Samples, read.Samples);
    }

    private static PlaneContext Context(int width, int height, PictureKind kind, int plane, int rateIndex, Random random, bool isExtreme)
    {
        bool inter = kind is PictureKind.Anchor or PictureKind.Between;
        Grid Plane() => MadeUpNirvana.Plane(width, height, random, isExtreme);
        PlaneReferences? references = inter ? new PlaneReferences(Plane(), Plane(), random.Next(72), random.Next(1, 9)) : null;
        PlaneGuides? guides = plane == 0 ? null : new PlaneGuides(
            Plane(), plane == 2 ? Plane() : null, inter ? Grid.Difference(Plane(), Plane()) : null, inter && plane == 2 ? Grid.Difference(Plane(), Plane()) : null);
        var patches = new PatchGrid((width + 31) / 32, (height + 31) / 32, 5, 5);
        bool[]? skipped = inter ? [.. Enumerable.Range(0, patches.Columns * patches.Rows).Select(_ => random.Next(3) == 0)] : null;
        return new PlaneContext(width, height, kind, plane, rateIndex, references, guides, patches, skipped, new SignedIntegerModel(1 << 14, 2));
    }

    private sealed class Sink : ISampleSink
    {
        internal int Positions { get; private set; }

        public void Add(SplitNetworks.Network network, ReadOnlySpan<System.Runtime.Intrinsics.Vector512<int>> inputs, ReadOnlySpan<float> targets)
        {
            foreach (float target in targets)
            {
                Positions += float.IsNaN(target) ? 0 : 1;
            }
        }
    }
}
