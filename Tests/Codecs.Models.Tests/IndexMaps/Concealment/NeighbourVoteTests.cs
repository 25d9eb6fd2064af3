using Codecs.Models.IndexMaps;
using Codecs.Models.IndexMaps.Concealment;
using CsCheck;

namespace Codecs.Models.Tests.IndexMaps.Concealment;

public sealed class NeighbourVoteTests
{
    [Fact]
    public void MostOfTheNeighboursWin()
    {
        ushort[] values =
        [
            1, 2, 3,
            2, 9, 2,
            4, 3, 2,
        ];
        NeighbourVote.Fill(values, [.. Enumerable.Range(0, 9).Select(i => i == 4)], 3);
        Assert.Equal(2, values[4]);
    }

    [Fact]
    public void OnlyWhatArrivedVotes()
    {
        ushort[] values = [7, 7, 5];
        NeighbourVote.Fill(values, [true, true, false], 3);
        Assert.Equal([5, 5, 5], values);
    }

    [Fact]
    public void TheRimHasFewerNeighbours()
    {
        ushort[] values = [0, 3, 8, 8, 8, 3];
        NeighbourVote.Fill(values, [true, false, false, false, false, false], 2);
        Assert.Equal(8, values[0]);
    }

    [Fact]
    public void EverySiteIsFilledFromTheNeighbourhoodInwards() => Gen.Select(MadeUpMaps.Any(IndexMap.MaxBits), Gen.Int, Gen.Double[0, 1]).Sample((map, seed, share) =>
    {
        var random = new Random(seed);
        ushort[] values = map.Values.ToArray();
        bool[] lost = [.. values.Select(_ => random.NextDouble() < share)];
        lost[random.Next(lost.Length)] = false;
        var received = values.Where((_, i) => !lost[i]).ToHashSet();
        NeighbourVote.Fill(values, lost, map.Columns);
        for (int site = 0; site < values.Length; site++)
        {
            Assert.True(lost[site] ? received.Contains(values[site]) : values[site] == map.Values[site], $"site {site}");
        }
    });

    [Fact]
    public void NothingIsMadeOfNothing()
    {
        ushort[] values = [4, 5];
        NeighbourVote.Fill(values, [true, true], 2);
        Assert.Equal([4, 5], values);
    }
}
