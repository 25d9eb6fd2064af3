using System.Security.Cryptography;
using Codecs.Formats.Media;
using Codecs.Geometry.Points;
using CsCheck;

namespace Codecs.Geometry.Tests.Points;

public sealed class PointCloudCoderTests
{
    [Fact]
    public void EveryPointComesBackWithinHalfAStep() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int[6, 20], Gen.Int, Gen.Int[0, 7]).Sample((count, bits, seed, parts) =>
        {
            PointCloud cloud = Random(count, seed, (parts & 1) != 0, (parts & 2) != 0, (parts & 4) != 0);
            EncodedPoints encoded = PointCloudCoder.Encode(cloud, new() { PositionBits = bits, NormalBits = 12 });
            PointCloud decoded = PointCloudCoder.Decode(encoded.Payload);

            Assert.Equal(encoded.Payload.Length, encoded.Parts.Sum(p => p.Bytes));
            Assert.Equal(cloud.Count, decoded.Count);
            Assert.Equal(cloud.Colors is null, decoded.Colors is null);
            Assert.Equal(cloud.Normals is null, decoded.Normals is null);
            double half = encoded.Step * 0.5001 + 1e-5;
            var left = Enumerable.Range(0, count).ToList();
            for (int i = 0; i < count; i++)
            {
                int found = left.FindIndex(o => IsNear(cloud, o, decoded, i, half));
                Assert.True(found >= 0, $"Point {i} is nobody's");
                left.RemoveAt(found);
            }
        }, iter: 200);

    [Fact]
    public void PointsAtOnePlaceAreAllKept()
    {
        PointCloud decoded = PointCloudCoder.Decode(PointCloudCoder.Encode(new PointCloud([1, 2, 3, 1, 2, 3, 4, 4, 4, 1, 2, 3])).Payload);

        Assert.Equal(4, decoded.Count);
        Assert.Equal([1, 2, 3, 1, 2, 3, 1, 2, 3], decoded.Positions[..9].Select(p => MathF.Round(p)));
        Assert.Equal([5f, 5f, 5f], PointCloudCoder.Decode(PointCloudCoder.Encode(new PointCloud([5, 5, 5])).Payload).Positions);
        Assert.Equal(0, PointCloudCoder.Decode(PointCloudCoder.Encode(new PointCloud([])).Payload).Count);
    }

    [Fact]
    public void PointsOnASphereTakeNoMoreThanTheReferenceCoder()
    {
        // Draco needs 6.3 to 7.9, 12 to 14 and 21 to 23 bits a point.
        PointCloud cloud = Sphere(2048);

        Assert.InRange(BitsAPoint(cloud, 6), 2, 7.9);
        Assert.InRange(BitsAPoint(cloud, 8), 8, 14);
        Assert.InRange(BitsAPoint(cloud, 11), 15, 23);
    }

    [Fact]
    public void PayloadsStayWhatTheyAre()
    {
        float[] positions = new float[3 * 500], colors = new float[4 * 500];
        for (int i = 0; i < 500; i++)
        {
            (positions[3 * i], positions[3 * i + 1], positions[3 * i + 2]) = (i * 37 % 101, i * i % 53, i % 7 * 0.5f);
            (colors[4 * i], colors[4 * i + 1], colors[4 * i + 2], colors[4 * i + 3]) = (i % 2, i / 7 % 2, i / 3 % 2, i % 5 == 0 ? 0 : 1);
        }

        byte[] payload = PointCloudCoder.Encode(new PointCloud(positions) { Colors = colors, Normals = positions }).Payload;

        Assert.Equal("3563 F29A980FE320FE09", $"{payload.Length} {Convert.ToHexString(SHA256.HashData(payload))[..16]}");
    }

    [Fact]
    public void DamagedPayloadsAreRefused()
    {
        byte[] good = PointCloudCoder.Encode(Random(200, 3, true, true, true)).Payload;
        var limits = new SceneLimits { MaxVertices = 5000 };
        var random = new Random(4);
        for (int i = 0; i < 5000; i++)
        {
            byte[] bad = [.. good];
            int from = random.Next(2) == 0 ? 24 : bad.Length;
            for (int changes = random.Next(1, 3); changes > 0; changes--)
            {
                bad[random.Next(from)] ^= (byte)random.Next(1, 256);
            }

            bad = random.Next(8) == 0 ? bad[..random.Next(bad.Length)] : bad;
            Exception? thrown = Record.Exception(() => { _ = PointCloudCoder.Decode(bad, limits); });
            Assert.True(thrown is CodecException || bad.SequenceEqual(good), $"Mutation {i}: {thrown?.ToString() ?? "accepted"}");
        }
    }

    [Fact]
    public void MorePointsThanThePayloadCanHoldAreRefused() =>
        Assert.Throws<InvalidBitstreamException>(() => PointCloudCoder.Decode(new byte[] { 1, 0x80, 0x80, 0x80, 8, 0, 0, 0 }));

    [Fact]
    public void CodesGoToPlacesAndBack() => Gen.Select(Gen.Int[0, (1 << 20) - 1], Gen.Int[0, (1 << 20) - 1], Gen.Int[0, (1 << 20) - 1]).Sample((x, y, z) =>
    {
        ulong code = Morton.Code(x, y, z);
        Assert.Equal((x, y, z), (Morton.Axis(code, 0), Morton.Axis(code, 1), Morton.Axis(code, 2)));
        Assert.True(x == 0 || Morton.Before(code, 0) == Morton.Code(x - 1, y, z));
        Assert.True(z == (1 << 20) - 1 || Morton.After(code, 2) == Morton.Code(x, y, z + 1));
        Assert.True(y != 0 || Morton.Before(code, 1) >> 60 != 0);
    });

    private static double BitsAPoint(PointCloud cloud, int bits) => 8.0 * PointCloudCoder.Encode(cloud, new() { PositionBits = bits }).Payload.Length / cloud.Count;

    private static bool IsNear(PointCloud a, int i, PointCloud b, int j, double half)
    {
        for (int k = 0; k < 3; k++)
        {
            if (Math.Abs(a.Positions[3 * i + k] - b.Positions[3 * j + k]) > half || (a.Normals is not null && Math.Abs(a.Normals[3 * i + k] - b.Normals![3 * j + k]) > 0.002))
            {
                return false;
            }
        }

        for (int k = 0; k < 4 && a.Colors is not null; k++)
        {
            if (Math.Abs(a.Colors[4 * i + k] - b.Colors![4 * j + k]) > 0.006)
            {
                return false;
            }
        }

        return true;
    }

    private static PointCloud Random(int count, int seed, bool colors, bool alpha, bool normals)
    {
        var random = new Random(seed);
        float Next() => (float)random.NextDouble();
        float[] positions = new float[3 * count], tints = new float[4 * count], units = new float[3 * count];
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < 3; k++)
            {
                positions[3 * i + k] = i > 0 && random.Next(4) == 0 ? positions[3 * i + k - 3] : Next() * (k + 1) - 7;
            }

            (tints[4 * i], tints[4 * i + 1], tints[4 * i + 2], tints[4 * i + 3]) = (Next(), Next(), Next(), alpha ? Next() : 1);
            (double x, double y, double z) = (Next() - 0.5, Next() - 0.5, Next() - 0.5);
            double length = Math.Sqrt(x * x + y * y + z * z);
            (units[3 * i], units[3 * i + 1], units[3 * i + 2]) = ((float)(x / length), (float)(y / length), (float)(z / length));
        }

        return new PointCloud(positions) { Colors = colors ? tints : null, Normals = normals ? units : null };
    }

    private static PointCloud Sphere(int count)
    {
        float[] positions = new float[3 * count];
        for (int i = 0; i < count; i++)
        {
            double z = 1 - 2 * (i + 0.5) / count, angle = i * 2.39996322972865332, radius = Math.Sqrt(1 - z * z);
            (positions[3 * i], positions[3 * i + 1], positions[3 * i + 2]) = ((float)(radius * Math.Cos(angle)), (float)(radius * Math.Sin(angle)), (float)z);
        }

        return new PointCloud(positions);
    }
}
