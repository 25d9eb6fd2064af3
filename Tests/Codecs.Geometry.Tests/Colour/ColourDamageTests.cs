using Codecs.Geometry.Colour;

namespace Codecs.Geometry.Tests.Colour;

/// <summary>Carriers that are not what an encoder wrote.</summary>
public sealed class ColourDamageTests(PicturesFixture pictures)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void DamagedCarriersAreRefusedOrDecode(int kind)
    {
        ColouredShape shape = ColouredShape.Sandwich();
        List<ColourCarrier> tried = ColourEncoder.TryAll(shape.Tree, shape, shape.Tree, shape.Frame, new ColourEncoderOptions { ByteBudget = 500, Samples = 3000, Kinds = [(ColourCarrierKind)kind] }, pictures.Codec, default);
        ColourCarrier? carrier = tried.Find(c => (int)c.Kind == kind);
        Assert.NotNull(carrier);
        byte[] good = carrier.Payload;
        var random = new Random(kind);
        int rounds = kind < 2 ? 400 : 60, refused = 0;
        for (int i = 0; i < rounds; i++)
        {
            byte[] bad = i % 3 == 0 ? good[..random.Next(good.Length)] : (byte[])good.Clone();
            if (bad.Length == good.Length)
            {
                bad[random.Next(i % 3 == 1 ? Math.Min(8, bad.Length) : bad.Length)] ^= (byte)(1 << random.Next(8));
            }

            Exception? thrown = Record.Exception(() => { _ = ColourDecoder.Read(bad, shape.Tree, shape.Frame, pictures.Codec); });
            // A fingerprint of other weights cannot be told from damage.
            Assert.True(thrown is null or InvalidBitstreamException or ModelMismatchException, $"Mutation {i}: {thrown}");
            refused += thrown is null ? 0 : 1;
        }

        Assert.InRange(refused, rounds / 4, rounds);
    }

    [Fact]
    public void NothingAndUnknownKindsAreRefused()
    {
        Assert.Throws<InvalidBitstreamException>(() => Read([]));
        Assert.Throws<InvalidBitstreamException>(() => Read([4, 1, 2, 3]));
        Assert.Throws<InvalidBitstreamException>(() => Read([0, 1, 2, 3, 4]));
    }

    [Theory]
    [InlineData(3, 10)]
    [InlineData(33, 10)]
    [InlineData(255, 10)]
    public void VolumesOutOfRangeAreRefused(byte size, byte step) => Assert.Throws<InvalidBitstreamException>(() => Read([1, size, step, 9, 9, 9, 9]));

    [Fact]
    public void AVolumeOfOtherSizeOrStepFailsItsCheck()
    {
        var symbols = new VolumeSymbols(8, 140, [new int[512], new int[512], new int[512]]);
        symbols.Planes[0][0] = 40;
        symbols.Planes[1][9] = -3;
        byte[] coded = VolumeCoder.Encode(symbols);

        Assert.Equal(symbols.Planes[1], VolumeCoder.Decode(coded, 8, 140).Planes[1]);
        Assert.Throws<InvalidBitstreamException>(() => VolumeCoder.Decode(coded, 8, 141));
    }

    [Fact]
    public void VolumesComeBackExactly()
    {
        var random = new Random(5);
        foreach (int size in (int[])[4, 7, 12])
        {
            int count = size * size * size;
            var symbols = new VolumeSymbols(size, 3, [new int[count], new int[count], new int[count]]);
            foreach (int[] plane in symbols.Planes)
            {
                for (int i = 0; i < count; i++)
                {
                    plane[i] = random.Next(4) == 0 ? random.Next(-40, 41) : 0;
                }
            }

            symbols.Planes[0][count - 1] = 1 << 19;
            VolumeSymbols back = VolumeCoder.Decode(VolumeCoder.Encode(symbols), size, 3);

            Assert.Equal(symbols.Planes, back.Planes);
        }
    }

    private static void Read(byte[] carrier)
    {
        ColouredShape shape = ColouredShape.FlatCube();
        _ = ColourDecoder.Read(carrier, shape.Tree, shape.Frame, null);
    }
}
