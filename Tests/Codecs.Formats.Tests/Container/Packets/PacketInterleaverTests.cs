using Codecs.Formats.Container;
using CsCheck;

namespace Codecs.Formats.Tests.Container.Packets;

public class PacketInterleaverTests
{
    [Fact]
    public void EverySiteIsInExactlyOnePacketAndTheSizesAreRight() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 50], Gen.Int[1, 50]).Sample(CheckPartition, iter: 300);

    [Theory]
    [InlineData(1, 32, 48)]
    [InlineData(2, 32, 48)]
    [InlineData(3, 1, 1)]
    [InlineData(IndexPacket.MaxCount, 3, 5)]
    [InlineData(IndexPacket.MaxCount, 200, 300)]
    public void ExtremeCountsWorkToo(int count, int rows, int columns) => CheckPartition(count, rows, columns);

    [Fact]
    public void SitesOfAPacketLieFarApart()
    {
        for (int count = 8; count <= 24; count++)
        {
            Assert.True(NearestSquared(count, 0) >= 0.8 * count, $"{count} packets: {NearestSquared(count, 0)}");
        }
    }

    [Fact]
    public void SitesOfPacketsThatFollowEachOtherAreNoNeighbours()
    {
        for (int count = 11; count <= 24; count++)
        {
            Assert.True(NearestSquared(count, 1) >= 2, $"{count} packets: {NearestSquared(count, 1)}");
        }
    }

    [Theory]
    [InlineData(9, "051627384")] // step 3, stride 2: the residues of packets 0, 1, 2, ... are 0, 2, 4, 6, 8, 1, 3, 5, 7
    [InlineData(2, "01")]
    public void TheFirstRowIsThatOfTheFormat(int count, string packets)
    {
        var interleaver = new PacketInterleaver(count);

        Assert.All(Enumerable.Range(0, count), p => Assert.Equal([packets.IndexOf((char)('0' + p), StringComparison.Ordinal)], interleaver.SitesOf(p, 1, count)));
    }

    [Fact]
    public void StepAndStrideAreThoseOfTheFormat()
    {
        // 11 packets: step 3, stride 5.
        int[] sites = [.. new PacketInterleaver(11).SitesOf(packet: 2, rows: 3, columns: 30)];

        Assert.Equal([.. from row in Enumerable.Range(0, 3) from column in Enumerable.Range(0, 30) where (column + (3 * row)) % 11 == 10 select (row * 30) + column], sites);
    }

    [Fact]
    public void CountsOutOfRangeAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PacketInterleaver(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PacketInterleaver(IndexPacket.MaxCount + 1));
    }

    private static void CheckPartition(int count, int rows, int columns)
    {
        var interleaver = new PacketInterleaver(count);
        int[][] sites = [.. Enumerable.Range(0, count).Select(p => interleaver.SitesOf(p, rows, columns).ToArray())];

        Assert.Equal(Enumerable.Range(0, rows * columns), sites.SelectMany(s => s).Order());
        Assert.All(sites, s => Assert.Equal(s.Order(), s));
        Assert.Equal(sites.Select(s => s.Length), interleaver.Sizes(rows, columns));
    }

    // Squared distance between a site in the middle of a large map and the nearest other in a packet so many later.
    private static int NearestSquared(int count, int later)
    {
        const int side = 64;
        var interleaver = new PacketInterleaver(count);
        int middle = interleaver.SitesOf(0, side, side).First(s => s / side >= side / 2 && s % side >= side / 2);
        return interleaver.SitesOf(later, side, side).Where(s => s != middle).Min(s =>
        {
            int row = (s / side) - (middle / side), column = (s % side) - (middle % side);
            return (row * row) + (column * column);
        });
    }
}
