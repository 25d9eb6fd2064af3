using Codecs.Models.Vqgan.Faithful;
using CsCheck;

namespace Codecs.Models.Tests.Vqgan.Faithful;

public sealed class FadedTileTests
{
    [Fact]
    public void WeightsSumToOneEverywhere() => Gen.Select(Gen.Int[1, 200], Gen.Int[2, 40], Gen.Int[0, 39], Gen.Int[1, 5]).Sample((cells, size, overlap, scale) =>
    {
        overlap = Math.Min(overlap, size - 1);
        FadedTile[] tiles = FadedTile.Cover(cells, size, Math.Max(1, overlap), scale);
        double[] sums = new double[cells * scale];
        foreach (FadedTile tile in tiles)
        {
            Assert.Equal(Math.Min(cells, size), tile.Length);
            Assert.InRange(tile.Start, 0, cells - tile.Length);
            for (int p = 0; p < tile.Weights.Length; p++)
            {
                Assert.True(tile.Weights[p] > 0);
                sums[(tile.Start * scale) + p] += tile.Weights[p];
            }
        }

        Assert.All(sums, s => Assert.Equal(1, s, 1e-5));
    });

    [Fact]
    public void NeighboursShareAtLeastTheOverlapAndFadeLinearly()
    {
        FadedTile[] tiles = FadedTile.Cover(cells: 18, size: 10, overlap: 2, scale: 2);

        Assert.Equal([(0, 10), (8, 10)], tiles.Select(t => (t.Start, t.Length)));
        Assert.Equal([0.875f, 0.625f, 0.375f, 0.125f], tiles[0].Weights[16..]);
        Assert.Equal([0.125f, 0.375f, 0.625f, 0.875f], tiles[1].Weights[..4]);
        Assert.All(tiles[0].Weights[..16], w => Assert.Equal(1, w));
        for (int cells = 11; cells < 60; cells++)
        {
            FadedTile[] cover = FadedTile.Cover(cells, 10, 2, 1);
            Assert.Equal(cells, cover[^1].Start + 10);
            Assert.All(cover.Zip(cover.Skip(1)), pair => Assert.InRange(pair.First.Start + 10 - pair.Second.Start, 2, 9));
        }
    }

    [Fact]
    public void WhatFitsIsOneTileThatCountsWhole()
    {
        FadedTile tile = Assert.Single(FadedTile.Cover(10, 10, 3, 4));

        Assert.Equal((0, 10), (tile.Start, tile.Length));
        Assert.All(tile.Weights, w => Assert.Equal(1, w));
    }
}
