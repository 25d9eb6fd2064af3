using Codecs.Formats.Media;
using CsCheck;

namespace Codecs.Formats.Tests.Images;

public sealed class AlphaPlaneTests
{
    [Fact]
    public void AnyPlaneComesBackExactly() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int).Sample((width, height, seed) =>
        {
            var random = new Random(seed);
            byte[] alpha = new byte[width * height];
            for (int i = 0; i < alpha.Length; i++)
            {
                alpha[i] = random.Next(4) == 0 ? (byte)random.Next(256) : (byte)255;
            }

            return AlphaPlane.Decode(AlphaPlane.Encode(alpha, width), width, height, offset: 0).AsSpan().SequenceEqual(alpha);
        });

    [Fact]
    public void ASmoothRampCostsFarLessThanItsSamples()
    {
        byte[] alpha = [.. Enumerable.Range(0, 256 * 256).Select(i => (byte)(((i % 256) + (i / 256)) / 2))];
        Assert.InRange(AlphaPlane.Encode(alpha, 256).Length, 1, alpha.Length / 20);
    }

    [Fact]
    public void ADamagedPlaneIsOurErrorWithItsPlace()
    {
        byte[] payload = AlphaPlane.Encode(new byte[100], 10);
        Assert.Equal(77, Assert.Throws<InvalidBitstreamException>(() => AlphaPlane.Decode(payload, 11, 10, offset: 77)).Offset);
        Assert.Throws<InvalidBitstreamException>(() => AlphaPlane.Decode(payload, 9, 10, offset: 77));
        Assert.Throws<InvalidBitstreamException>(() => AlphaPlane.Decode([], 10, 10, offset: 77));
    }
}
