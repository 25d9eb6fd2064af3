using Codecs.Models.Tests.Faithful;
using Codecs.Models.Walloc.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.Walloc.Faithful;

public sealed class WaveletPacketsTests
{
    [Fact]
    public void SoundGivesTheGoldenCoefficients()
    {
        using var scope = NewDisposeScope();
        float[] x = new float[2 * 96];
        for (int n = 0; n < 96; n++)
        {
            x[n] = (float)((0.4 * Math.Sin(0.05 * n)) + (0.1 * Math.Cos((0.9 * n) + 1)));
            x[96 + n] = (float)(0.3 * Math.Cos(0.2 * n));
        }

        Tensor signal = tensor(x, [1, 2, 96]);
        Tensor bands = WaveletPackets.Analyze1d(signal, 3);

        Assert.Equal([1, 16, 12], bands.shape);
        Check(0, -0.472833, 0.468787, 0.785601, 1.039204);
        Check(1, -0.13027, -0.10602, -0.17468, -0.085641);
        Check(2, 0.129176, -0.004965, -0.001708, -0.003527);
        Check(3, 0.224732, 0.117894, -0.082841, -0.215177);
        Check(4, 0.077961, -0.010556, 0.003247, 0.000047);
        Check(7, -0.015217, 0.009186, 0.027095, 0.022927);
        Check(8, 0.802096, -0.017439, -0.775817, 0.068009);
        Check(9, -0.053838, 0.047989, 0.042736, -0.050705);
        Check(15, -0.000399, 0.000022, 0, 0);
        Near.Equal([12.68661], signal.square().sum(), 1e-6);
        Near.Equal([11.683186], bands.square().sum(), 1e-6);

        void Check(int channel, params double[] expected) => Near.Equal(expected, bands[0, channel].narrow(0, 0, 4));
    }

    [Fact]
    public void APictureGivesTheGoldenCoefficients()
    {
        using var scope = NewDisposeScope();
        float[] v = new float[24 * 32];
        for (int h = 0; h < 24; h++)
        {
            for (int w = 0; w < 32; w++)
            {
                v[(h * 32) + w] = (float)((0.3 * Math.Sin(0.2 * h) * Math.Cos(0.15 * w)) + (0.05 * Math.Sin(1.1 * w)) + (0.1 * Math.Cos(2 * h)));
            }
        }

        Tensor bands = WaveletPackets.Analyze2d(tensor(v, [1, 1, 24, 32]), 1);

        Assert.Equal([1, 4, 12, 16], bands.shape);
        Check(0, 0, 0, 0.002542, 0.051131, -0.107961, 0.032495);
        Check(1, 0, 0, 0.063408, 0.063644, 0.063456, 0.063127);
        Check(2, 0, 0, -0.02744, 0.003688, 0.016454, -0.023026);
        Check(3, 0, 0, 0.000037, 0, 0, 0);
        Check(0, 5, 8, -0.451213, -0.372774, -0.497482, -0.571914);
        Check(1, 5, 8, 0.1859, 0.185931, 0.185947, 0.185947);

        void Check(int band, int row, int column, params double[] expected) => Near.Equal(expected, bands[0, band, row].narrow(0, column, 4));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 4)]
    [InlineData(1, 6)]
    [InlineData(3, 8)]
    [InlineData(3, 40)]
    [InlineData(5, 96)]
    [InlineData(8, 512)]
    public void SoundComesBackExactlyAtEveryLength(int levels, int length)
    {
        using var scope = NewDisposeScope();
        Tensor x = rand([3, 2, length], ScalarType.Float64);

        Tensor back = WaveletPackets.Synthesize1d(WaveletPackets.Analyze1d(x, levels), levels);

        Assert.InRange(Near.MaxDifference(x, back), 0, 1e-10);
    }

    [Theory]
    [InlineData(1, 2, 6)]
    [InlineData(2, 4, 12)]
    [InlineData(3, 16, 8)]
    [InlineData(3, 48, 80)]
    public void PicturesComeBackExactlyAtEverySize(int levels, int rows, int columns)
    {
        using var scope = NewDisposeScope();
        Tensor x = rand([2, 3, rows, columns], ScalarType.Float64);
        Tensor bands = WaveletPackets.Analyze2d(x, levels);

        Assert.Equal([2, 3 << (2 * levels), rows >> levels, columns >> levels], bands.shape);
        Assert.InRange(Near.MaxDifference(x, WaveletPackets.Synthesize2d(bands, levels)), 0, 1e-10);
    }

    [Fact]
    public void PicturesAreSplitAsSoundIsAlongEachAxis()
    {
        using var scope = NewDisposeScope();
        Tensor x = rand([1, 1, 4, 8], ScalarType.Float64);

        // Constant along H: the bands that are high along H are empty, and those low along H hold the rows' own transform times the low filter's gain.
        Tensor rows = x.narrow(2, 0, 1).expand(1, 1, 4, 8);
        Tensor bands = WaveletPackets.Analyze2d(rows, 1), line = WaveletPackets.Analyze1d(rows.select(2, 0), 1);

        Assert.InRange(bands[0, 1].abs().max().item<double>(), 0, 1e-10);
        Assert.InRange(bands[0, 3].abs().max().item<double>(), 0, 1e-10);
        Assert.InRange(Near.MaxDifference(bands[0, 2, 0], line[0, 1] * Math.Sqrt(2)), 0, 1e-7);
    }

    [Fact]
    public void OtherLengthsAreRefused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => WaveletPackets.Analyze1d(zeros(1, 2, 12), 3));
        Assert.Throws<ArgumentException>(() => WaveletPackets.Analyze2d(zeros(1, 3, 8, 12), 3));
    }
}
