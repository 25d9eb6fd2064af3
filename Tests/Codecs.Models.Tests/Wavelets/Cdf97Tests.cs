using Codecs.Models.Wavelets;
using CsCheck;

namespace Codecs.Models.Tests.Wavelets;

public sealed class Cdf97Tests
{
    private static readonly double[] s_low =
        [0, 0.03782845550726404, -0.023849465019556843, -0.11062440441843718, 0.37740285561283066, 0.85269867900889385, 0.37740285561283066, -0.11062440441843718, -0.023849465019556843, 0.03782845550726404];

    private static readonly double[] s_high =
        [0, -0.064538882628697058, 0.040689417609164058, 0.41809227322161724, -0.7884856164055829, 0.41809227322161724, 0.040689417609164058, -0.064538882628697058, 0, 0];

    [Fact]
    public void LiftingIsTheFilterBankAwayFromTheEnds()
    {
        float[] x = Signals.Random(96, seed: 1), low = new float[48], high = new float[48];
        Cdf97.Split(x, low, high);
        for (int k = 2; k < 46; k++)
        {
            double expectedLow = 0, expectedHigh = 0;
            for (int i = 1; i < 10; i++)
            {
                expectedLow += s_low[i] * x[(2 * k) + 5 - i];
                expectedHigh += s_high[i] * x[(2 * k) + 5 - i];
            }

            Assert.Equal(expectedLow, low[k], 5e-6);
            Assert.Equal(expectedHigh, high[k], 5e-6);
        }
    }

    [Fact]
    public void EveryEvenLengthIsThatOfTheDefinitionAndComesBack() => Gen.Select(Gen.Int[1, 70], Gen.Int).Sample((half, seed) =>
    {
        float[] x = Signals.Random(2 * half, seed), low = new float[half], high = new float[half], back = new float[2 * half];
        Cdf97.Split(x, low, high);
        (double[] expectedLow, double[] expectedHigh) = PacketDefinition.Split([.. x]);
        Signals.AssertNear(expectedLow, low, 3e-6);
        Signals.AssertNear(expectedHigh, high, 3e-6);
        Cdf97.Merge(low, high, back);
        Signals.AssertNear([.. x], back, 5e-6);
    }, iter: 300);
}
