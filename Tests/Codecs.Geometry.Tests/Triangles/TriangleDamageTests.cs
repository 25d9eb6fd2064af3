using System.Security.Cryptography;
using Codecs.Geometry.Triangles;

namespace Codecs.Geometry.Tests.Triangles;

/// <summary>Payloads that are not what an encoder wrote, and payloads that must stay what they are.</summary>
public sealed class TriangleDamageTests
{
    private static readonly TriangleLimits s_limits = new() { MaxTriangles = 20_000, MaxVertices = 20_000, MaxLayers = 8 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DamagedPayloadsAreRefused(bool keepOrder)
    {
        byte[] good = TriangleCoder.Encode(Example(), new TriangleCoderOptions { KeepOrder = keepOrder }).Payload;
        var random = new Random(7);
        for (int i = 0; i < 5000; i++)
        {
            byte[] bad = Mutate(good, random);
            if (bad.AsSpan().SequenceEqual(good))
            {
                continue;
            }

            Exception? thrown = Record.Exception(() => { _ = TriangleCoder.Decode(bad, s_limits); });
            Assert.True(thrown is CodecException, $"Mutation {i}: {thrown?.ToString() ?? "accepted"}");
        }
    }

    [Fact]
    public void EveryBeginningIsRefused()
    {
        byte[] good = TriangleCoder.Encode(Example()).Payload;
        for (int length = 0; length < good.Length; length++)
        {
            Assert.ThrowsAny<CodecException>(() => TriangleCoder.Decode(good.AsMemory(0, length), s_limits));
        }
    }

    [Fact]
    public void MoreThanThePayloadCanHoldIsRefusedBeforeItIsAllocated()
    {
        // 2^30 triangles in a few bytes.
        byte[] liar = [1, 0x80, 0x80, 0x80, 0x80, 4, 3, 11, 0, 1, 2, 3];
        var unlimited = new TriangleLimits { MaxTriangles = int.MaxValue, MaxVertices = int.MaxValue };

        Assert.Throws<InvalidBitstreamException>(() => TriangleCoder.Decode(liar, unlimited));
        Assert.Throws<LimitExceededException>(() => TriangleCoder.Decode(liar));
    }

    [Fact]
    public void DeclaredCountsThatBytesCouldHoldEndSoon()
    {
        // As many triangles as the check lets through, over bytes that mean nothing.
        byte[] bytes = new byte[40];
        new Random(3).NextBytes(bytes);
        byte[] head = [1, 0x80, 0x80, 2, 0x80, 0x80, 2, 20, 0];

        Assert.Throws<InvalidBitstreamException>(() => TriangleCoder.Decode((byte[])[.. head, .. bytes]));
    }

    [Fact]
    public void AnotherVersionIsNotSupported() => Assert.Throws<UnsupportedBitstreamException>(() => TriangleCoder.Decode(new byte[] { 2, 0, 0, 1, 0 }));

    [Theory]
    [InlineData(false, "479 8A66DC2690215669")]
    [InlineData(true, "540 80D832BD56A1A9DF")]
    public void PayloadsStayWhatTheyAre(bool keepOrder, string expected)
    {
        byte[] payload = TriangleCoder.Encode(Example(), new TriangleCoderOptions { KeepOrder = keepOrder }).Payload;

        Assert.Equal(expected, $"{payload.Length} {Convert.ToHexString(SHA256.HashData(payload))[..16]}");
    }

    private static IndexedTriangles Example()
    {
        (int[] corners, int[][] places) = Shapes.Sheet(7, 5, true, false, 10);
        return Shapes.Create(corners, places, 10,
            Shapes.Layer(AttributeKind.TexCoord, 2, 10, corners, 0.1, 1), Shapes.Layer(AttributeKind.Normal, 2, 8, corners, 0, 2), Shapes.Layer(AttributeKind.Joints, 2, 4, corners, 0, 3));
    }

    private static byte[] Mutate(byte[] good, Random random)
    {
        byte[] bad = [.. good];
        switch (random.Next(4))
        {
            case 0:
                bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                random.NextBytes(bad.AsSpan(random.Next(bad.Length)));
                break;
            case 2:
                bad = [.. bad, .. bad[^random.Next(1, 9)..]];
                break;
            default:
                for (int i = 0; i < 3; i++)
                {
                    bad[random.Next(Math.Min(bad.Length, 70))] = (byte)random.Next(256);
                }

                break;
        }

        return bad;
    }
}
