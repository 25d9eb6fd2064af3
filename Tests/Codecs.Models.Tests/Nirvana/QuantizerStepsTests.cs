using System.Buffers.Binary;
using System.Security.Cryptography;
using Codecs.Models.Nirvana;

namespace Codecs.Models.Tests.Nirvana;

public sealed class QuantizerStepsTests
{
    [Fact]
    public void StepsAreTheSameForEver()
    {
        Assert.Equal([18, 35, 100, 567, 3208, 8321], new[] { 0, 8, 20, 40, 60, 71 }.Select(i => QuantizerSteps.Of(i, 0)));
        Assert.Equal([768, 567, 419, 309, 124, 11, 4], new[] { -1, 0, 1, 2, 5, 13, 27 }.Select(k => QuantizerSteps.Of(40, k)));

        // All of them, computed in whole numbers by another program.
        byte[] bytes = new byte[72 * 29 * 4];
        for (int i = 0; i < bytes.Length / 4; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), QuantizerSteps.Of(i / 29, (i % 29) - 1));
        }

        Assert.Equal("87316f0cc3c3ccf6ae5c464f189d381ef00a8b61edddfb21f3aa9042b527b837", Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Fact]
    public void StepsGrowByTheEighthOfAnOctave()
    {
        for (int k = -1; k < Split.MaxSteps; k++)
        {
            for (int i = 0; i <= QuantizerSteps.MaxIndex; i++)
            {
                double expected = Math.Max(QuantizerSteps.MinStep, 24 * Math.Pow(2, (i / 8.0) - (0.4375 * (k + 1))));
                Assert.Equal(expected, QuantizerSteps.Of(i, k), 0.5 + (expected * 2e-5));
                Assert.True(i == 0 || QuantizerSteps.Of(i, k) >= QuantizerSteps.Of(i - 1, k));
            }
        }
    }

    [Fact]
    public void NetworksSeeTheIndex() => Assert.Equal([-640, 0, 496], new[] { 0, 40, 71 }.Select(i => (int)QuantizerSteps.Feature(i)));
}
