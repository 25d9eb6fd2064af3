using System.Runtime.Intrinsics;
using Codecs.Metrics.Audio;

namespace Codecs.Metrics.Tests.Audio;

public sealed class MelFilterBankTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(500, 7.5)]
    [InlineData(1000, 15)]
    [InlineData(6400, 42)]
    public void ScaleIsLinearThenLogarithmic(double hz, double mel)
    {
        Assert.Equal(mel, MelFilterBank.ToMel(hz), 1e-12);
        Assert.Equal(hz, MelFilterBank.ToHz(mel), 1e-9);
    }

    [Fact]
    public void TwoBandsHaveTheWeightsComputedByHand()
    {
        // 8 kHz, bins of 500 Hz: edges 0, 781.417, 1786.820 and 4000 Hz.
        var bank = new MelFilterBank(8_000, 16, 2);

        double[] low = [0, 0.0007162035393227173, 0.0008759602373560859, 0.0003193141583825819, 0, 0, 0, 0, 0];
        double[] high = [0, 0, 0.0001350957702121207, 0.0004441218743939496, 0.0005615371256878168, 0.0004211528442658626, 0.0002807685628439084, 0.0001403842814219542, 0];
        for (int k = 0; k < low.Length; k++)
        {
            Assert.Equal(low[k], Weight(bank, 0, k, 9), 1e-16);
            Assert.Equal(high[k], Weight(bank, 1, k, 9), 1e-16);
        }
    }

    [Fact]
    public void FirstWeightOfTheCustomaryBankIsTheKnownOne()
    {
        // 22.05 kHz, 2048 points, 128 bands: 0.016 in librosa's documentation.
        Assert.Equal(0.016182853208219942, Weight(new MelFilterBank(22_050, 2048, 128), 0, 1, 1025), 1e-12);
    }

    [Theory]
    [InlineData(16_000, 20)]
    [InlineData(44_100, 40)]
    [InlineData(48_000, 7)]
    public void EveryFilterHasAreaOne(int rateHz, int bands)
    {
        const int Size = 16384;
        var bank = new MelFilterBank(rateHz, Size, bands);
        Vector256<double>[] ones = new Vector256<double>[(Size / 2) + 1];
        Array.Fill(ones, Vector256<double>.One);

        for (int band = 0; band < bank.Bands; band++)
        {
            Assert.Equal(1, bank.Apply(band, ones)[3] * rateHz / Size, 1e-2);
        }
    }

    [Fact]
    public void FiltersBetweenTwoBinsAreEmpty()
    {
        var bank = new MelFilterBank(44_100, 32, 16);

        Assert.Equal(Vector256<double>.Zero, bank.Apply(0, new Vector256<double>[17]));
    }

    private static double Weight(MelFilterBank bank, int band, int bin, int bins)
    {
        var spectrum = new Vector256<double>[bins];
        spectrum[bin] = Vector256<double>.One;
        return bank.Apply(band, spectrum)[0];
    }
}
