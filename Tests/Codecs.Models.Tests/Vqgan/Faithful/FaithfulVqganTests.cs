using Codecs.Formats.Weights;
using Codecs.Models.Vqgan.Faithful;
using TorchSharp;

namespace Codecs.Models.Tests.Vqgan.Faithful;

public sealed class FaithfulVqganTests
{
    private static readonly TilingLimits s_small = new(WholePixels: 100, TilePixels: 16, OverlapPixels: 4);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(13, 22)]
    [InlineData(16, 8)]
    public void PicturesOfAnySizeKeepIt(int width, int height)
    {
        using FaithfulVqgan codec = SyntheticVqganWeights.Open(SyntheticVqganWeights.Deep);

        FaithfulVqganCodes codes = codec.Encode(SyntheticVqganWeights.Picture(width, height), width, height);

        Assert.Equal(((height + 3) / 4, (width + 3) / 4), (codes.Rows, codes.Columns));
        Assert.Equal(codes.Rows * codes.Columns, codes.Values.Length);
        Assert.All(codes.Values.ToArray(), v => Assert.InRange(v, 0, 7));
        Assert.Equal(width * height * 3, codec.Decode(codes).Length);
    }

    // Official code loses what does not fill a cell.
    [Fact]
    public void PicturesAreContinuedByTheirLastRowAndColumnAndCutBack()
    {
        const int width = 13, height = 10;
        using FaithfulVqgan codec = SyntheticVqganWeights.Open(SyntheticVqganWeights.Deep);
        byte[] picture = SyntheticVqganWeights.Picture(width, height), padded = new byte[16 * 12 * 3];
        for (int i = 0; i < padded.Length; i++)
        {
            padded[i] = picture[(((Math.Min(i / 48, height - 1) * width) + Math.Min(i / 3 % 16, width - 1)) * 3) + (i % 3)];
        }

        FaithfulVqganCodes codes = codec.Encode(picture, width, height), whole = codec.Encode(padded, 16, 12);
        byte[] back = codec.Decode(codes), wholeBack = codec.Decode(whole);

        Assert.Equal(whole.Values.ToArray(), codes.Values.ToArray());
        Assert.Equal(Enumerable.Range(0, height).SelectMany(y => wholeBack[(y * 48)..((y * 48) + (3 * width))]), back);
    }

    [Fact]
    public void IndicesAndPixelsAreThoseOfTheDefinition()
    {
        const int width = 12, height = 8;
        Dictionary<string, SafetensorsTensor> state = SyntheticVqganWeights.Create(SyntheticVqganWeights.Deep);
        using FaithfulVqgan codec = SyntheticVqganWeights.Open(SyntheticVqganWeights.Deep, state);
        PlainVqgan plain = new(state);
        byte[] picture = SyntheticVqganWeights.Picture(width, height);
        PlainMap latent = plain.Encode(PlainMap.Fill(3, height, width, (c, y, x) => (picture[(((y * width) + x) * 3) + c] / 127.5) - 1));
        ushort[] expected = [.. Enumerable.Range(0, 6).Select(i => (ushort)plain.Nearest(latent, i / 3, i % 3))];
        float[] vectors = state["quantize.embedding.weight"].ToFloats();
        PlainMap back = plain.Decode(PlainMap.Fill(5, 2, 3, (c, y, x) => vectors[(expected[(y * 3) + x] * 5) + c]));

        FaithfulVqganCodes codes = codec.Encode(picture, width, height);
        byte[] pixels = codec.Decode(codes);

        Assert.Equal(expected, codes.Values.ToArray());
        for (int i = 0; i < pixels.Length; i++)
        {
            Assert.InRange(pixels[i] - ((Math.Clamp(back[i % 3, i / 3 / width, i / 3 % width], -1, 1) + 1) * 127.5), -0.51, 0.51);
        }
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(-1.5, 0)]
    [InlineData(1, 255)]
    [InlineData(7, 255)]
    [InlineData(0, 128)]
    [InlineData((100.6 / 127.5) - 1, 101)]
    [InlineData((100.4 / 127.5) - 1, 100)]
    [InlineData(double.NaN, 128)]
    public void PixelsAreRoundedNotCutOff(double value, byte pixel) => Assert.Equal(pixel, PicturePlanes.ToByte((float)value));

    [Fact]
    public void EveryPixelValueSurvivesTheScale() =>
        Assert.All(Enumerable.Range(0, 256), v => Assert.Equal(v, PicturePlanes.ToByte(PicturePlanes.Read([(byte)v, 0, 0], 1, 1, 0, 0, 1, 1)[0])));

    // What tiles give is no more what the whole picture gives, but it is what each gives by itself, faded.
    [Fact]
    public void LargePicturesGoInTilesThatFadeIntoEachOther()
    {
        const int width = 45, height = 30, rows = 15, columns = 23;
        using FaithfulVqgan tiled = SyntheticVqganWeights.Open(SyntheticVqganWeights.Small, s_small), whole = SyntheticVqganWeights.Open(SyntheticVqganWeights.Small);
        byte[] picture = SyntheticVqganWeights.Picture(width, height);
        List<(int, int)> steps = [];

        (float[] vectors, int foundRows, int foundColumns) = tiled.Analyze(picture, width, height, (done, total) => steps.Add((done, total)));
        FaithfulVqganCodes codes = tiled.Encode(picture, width, height);
        byte[] back = tiled.Decode(codes);

        double[] expected = new double[rows * columns * 2], pixels = new double[width * height * 3];
        foreach (FadedTile v in FadedTile.Cover(rows, 8, 2, 1))
        {
            foreach (FadedTile h in FadedTile.Cover(columns, 8, 2, 1))
            {
                byte[] part = [.. from y in Enumerable.Range(2 * v.Start, 16) from x in Enumerable.Range(2 * h.Start, 16) from c in Enumerable.Range(0, 3)
                    select picture[(((Math.Min(y, height - 1) * width) + Math.Min(x, width - 1)) * 3) + c]];
                AddFaded(expected, [.. whole.Analyze(part, 16, 16).Vectors], v, h, 2, columns, rows);
            }
        }

        foreach (FadedTile v in FadedTile.Cover(rows, 8, 2, 2))
        {
            foreach (FadedTile h in FadedTile.Cover(columns, 8, 2, 2))
            {
                ushort[] part = [.. from y in Enumerable.Range(v.Start, 8) from x in Enumerable.Range(h.Start, 8) select codes.Values.Span[(y * columns) + x]];
                AddFaded(pixels, [.. whole.Decode(new FaithfulVqganCodes(16, 16, 8, 8, part)).Select(b => (float)b)], v with { Start = 2 * v.Start }, h with { Start = 2 * h.Start }, 3, width, height);
            }
        }

        Assert.Equal((rows, columns), (foundRows, foundColumns));
        Assert.Equal(13, steps.Count); // 4 x 3 tiles
        Assert.Equal((12, 12), steps[^1]);
        Assert.All(expected.Zip(vectors), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.All(pixels.Zip(back), pair => Assert.Equal(pair.First, pair.Second, 1.5)); // both rounded
    }

    [Fact]
    public void PicturesWithinTheLimitAreNotTouchedByIt()
    {
        using FaithfulVqgan limited = SyntheticVqganWeights.Open(SyntheticVqganWeights.Small, s_small), free = SyntheticVqganWeights.Open(SyntheticVqganWeights.Small);
        byte[] picture = SyntheticVqganWeights.Picture(10, 10);

        FaithfulVqganCodes codes = free.Encode(picture, 10, 10);

        Assert.Equal(codes.Values.ToArray(), limited.Encode(picture, 10, 10).Values.ToArray());
        Assert.Equal(free.Decode(codes), limited.Decode(codes));
    }

    [Fact]
    public void VectorsMakeThePictureOfTheirIndices()
    {
        const int width = 37, height = 22;
        Dictionary<string, SafetensorsTensor> state = SyntheticVqganWeights.Create(SyntheticVqganWeights.Small);
        using FaithfulVqgan codec = SyntheticVqganWeights.Open(SyntheticVqganWeights.Small, state, s_small);
        float[][] codebook = [.. state[VqganNames.Codebook].ToFloats().Chunk(2)];
        FaithfulVqganCodes codes = codec.Encode(SyntheticVqganWeights.Picture(width, height), width, height);

        byte[] back = codec.Synthesize([.. codes.Values.ToArray().SelectMany(v => codebook[v])], width, height);

        Assert.Equal(codec.Decode(codes), back);
    }

    [Fact]
    public void TheNearestOfAnotherCodebookIsFound()
    {
        using FaithfulVqgan codec = SyntheticVqganWeights.Open(SyntheticVqganWeights.Small);
        Assert.Equal(new ushort[] { 2, 0, 1 }, codec.Nearest([9, 9, 0.2f, 0.1f, 2, -4], [0, 0, 1, -1, 1, 1]));
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        using FaithfulVqgan codec = SyntheticVqganWeights.Open(SyntheticVqganWeights.Small);
        FaithfulVqganCodes codes = new(4, 4, 2, 2, new ushort[] { 0, 1, 2, 15 });

        Assert.Equal(48, codec.Decode(codes).Length);
        Assert.Throws<ArgumentException>(() => codec.Decode(codes with { Values = new ushort[] { 0, 1, 2, 16 } }));
        Assert.Throws<ArgumentException>(() => codec.Decode(codes with { Values = new ushort[3] }));
        Assert.Throws<ArgumentException>(() => codec.Decode(codes with { Width = 5 }));
        Assert.Throws<ArgumentException>(() => codec.Decode(codes with { Height = 0 }));
        Assert.Throws<ArgumentException>(() => codec.Encode(new byte[47], 4, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => codec.Encode([], 0, 4));
        Assert.Throws<OperationCanceledException>(() => codec.Decode(codes, null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void NothingIsLeftBehind()
    {
        using FaithfulVqgan codec = SyntheticVqganWeights.Open(SyntheticVqganWeights.Small, s_small);
        byte[] picture = SyntheticVqganWeights.Picture(40, 20);
        codec.Decode(codec.Encode(picture, 40, 20));
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        codec.Decode(codec.Encode(picture, 40, 20));

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static void AddFaded(double[] map, float[] values, FadedTile v, FadedTile h, int channels, int width, int height)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int y = i / channels / h.Weights.Length, x = i / channels % h.Weights.Length;
            if (v.Start + y < height && h.Start + x < width)
            {
                map[((((v.Start + y) * width) + h.Start + x) * channels) + (i % channels)] += values[i] * v.Weights[y] * h.Weights[x];
            }
        }
    }
}
