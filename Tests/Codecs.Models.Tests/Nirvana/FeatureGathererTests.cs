using System.Runtime.Intrinsics;
using Codecs.Models.Nirvana;
using Codecs.Tests;
using CsCheck;

namespace Codecs.Models.Tests.Nirvana;

public sealed class FeatureGathererTests
{
    [Fact]
    public void InputsAreThoseOfTheDefinition() => Gen.Select(Gen.Int[1, 70], Gen.Int[1, 6], Gen.Int[0, 7], Gen.Bool, Gen.Int[4, 9000], Gen.Int).Sample(
        (width, height, layout, horizontal, step, seed) =>
        {
            var random = new Random(seed);
            bool inter = (layout & 2) != 0;
            Feature[] features = FeatureLayout.Of(luma: (layout & 1) != 0, inter, phase: layout >> 2);
            short[] scalars = inter ? [-640, 496, 64] : [1136];
            Grid?[] planes = [.. Enumerable.Range(0, (int)FeatureSource.Count).Select(_ => Wild(width, height, random))];
            var gatherer = new FeatureGatherer(features, planes, horizontal, step, scalars);
            Assert.Equal(features.Length + scalars.Length, 2 * gatherer.Pairs);
            Assert.InRange(gatherer.Pairs, 1, 32);
            var inputs = new Vector512<int>[gatherer.Pairs * 4];
            for (int v = 0; v < 4; v++)
            {
                bool odd = v % 2 != 0;
                int y = random.Next(height), x0 = random.Next((width + 31) / 32) * 32;
                gatherer.Gather(planes[0]!.IndexOf(x0, y), odd, v, inputs);
                for (int lane = 0; lane < 16; lane++)
                {
                    int x = x0 + (2 * lane) + (odd ? 1 : 0);
                    if (x >= width)
                    {
                        continue;
                    }

                    for (int f = 0; f < features.Length; f++)
                    {
                        Feature feature = features[f];
                        int value = At(planes[(int)feature.Plus]!, x, y, feature.Along, feature.Across, horizontal)
                            - (feature.Minus is { } minus ? At(planes[(int)minus]!, x, y, feature.MinusAlong, feature.MinusAcross, horizontal) : 0);
                        long scaled = (((long)value * ((64 << 12) / step)) + 2048) >> 12;
                        Assert.Equal(Math.Clamp(scaled, -short.MaxValue, short.MaxValue), Batches.Of(inputs, f, (16 * v) + lane));
                    }

                    for (int s = 0; s < scalars.Length; s++)
                    {
                        Assert.Equal(scalars[s], Batches.Of(inputs, features.Length + s, (16 * v) + lane));
                    }
                }
            }
        },
        iter: 60);

    [Fact]
    public void NetworksHaveTheInputsThatTheyAreGiven()
    {
        SplitNetworks networks = MadeUpNirvana.Networks(1);
        for (int i = 0; i < networks.Count; i++)
        {
            PictureKind kind = (PictureKind)(i / (SplitNetworks.Steps * SplitNetworks.Phases * SplitNetworks.Planes));
            int scalars = FeatureLayout.ScalarsOf(kind is PictureKind.Anchor or PictureKind.Between);
            Assert.Equal(networks[i].Shape.InputCount, networks[i].Features.Length + scalars);
            Assert.True(networks[i].Shape is { Hidden1: var h1, Hidden2: var h2 } && h1 % 2 == 0 && h2 % 2 == 0 && h1 + h2 <= 80);

            // The first phase must not look at what it decodes itself.
            Assert.True(i % 2 != 0 || !networks[i].Features.Any(f => f.Plus is FeatureSource.Half or FeatureSource.Residual));
        }

        Assert.Equal(SplitNetworks.ParameterCount, Enumerable.Range(0, networks.Count).Sum(i => networks[i].Parameters.Length));
        Assert.Equal(networks.Count - 2, SplitNetworks.IndexOf(PictureKind.Still, 2, 27, 0));
        Assert.Same(networks.Get(PictureKind.Key, 0, 12, 1), networks.Get(PictureKind.Key, 0, 26, 1));
    }

    private static int At(Grid plane, int x, int y, int along, int across, bool horizontal) =>
        plane.Samples[plane.IndexOf(x + (horizontal ? along : across), y + (horizontal ? across : along))];

    // The whole range that differences of planes can have, in the margins too.
    private static Grid Wild(int width, int height, Random random)
    {
        Grid plane = Grid.Create(width, height);
        for (int i = 0; i < plane.Samples.Length; i++)
        {
            plane.Samples[i] = (short)random.Next(-16383, 16384);
        }

        return plane;
    }
}
