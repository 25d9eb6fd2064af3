using Codecs.Formats.Weights;
using Codecs.Models.Tests.Wavelets;
using Codecs.Models.Walloc;
using Codecs.Models.Wavelets;

namespace Codecs.Models.Tests.Walloc;

public sealed class WallocAnalysisTests
{
    [Fact]
    public void ALatentIsTheMatrixTimesThePacketsOfItsCell()
    {
        const int width = 403, height = 133;
        SafetensorsFile file = Weights(ImageWalloc.Coefficients);
        byte[] rgb = Signals.Picture(width, height, seed: 1);
        float[] latent = new WallocImageAnalysis(file).Transform(rgb, width, height);
        (int rows, int columns) = WallocImageAnalysis.LatentSize(width, height);
        float[] packets = new float[rows * columns * ImageWalloc.Coefficients];
        for (int colour = 0; colour < 3; colour++)
        {
            double[] plane = new double[rows * columns * 64];
            for (int i = 0; i < plane.Length; i++)
            {
                int x = i % (columns * 8), y = i / (columns * 8);
                int at = ((y < height ? y : (2 * height) - 1 - y) * width) + (x < width ? x : (2 * width) - 1 - x);
                plane[i] = (rgb[(at * 3) + colour] / 255.0) - 0.5;
            }

            double[] cells = PacketDefinition.Cells(plane, columns * 8);
            for (int i = 0; i < cells.Length; i++)
            {
                packets[(i / 64 * ImageWalloc.Coefficients) + (colour * 64) + (i % 64)] = (float)cells[i];
            }
        }

        AssertProduct(file, packets, latent);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(23)]
    [InlineData(64)]
    [InlineData(150)]
    public void ALatentIsTheMatrixTimesThePacketsOfItsFrame(int frames)
    {
        SafetensorsFile file = Weights(AudioWalloc.Coefficients);
        float[] mid = Signals.Random(frames * AudioWalloc.Stride, seed: 1), side = Signals.Random(mid.Length, seed: 2), bands = new float[mid.Length];
        float[] latent = new WallocAudioAnalysis(file).Transform(mid, side), packets = new float[2 * mid.Length];
        foreach (float[] channel in (float[][])[mid, side])
        {
            WaveletPacket1D.Analyze(channel, AudioWalloc.WaveletLevels, bands);
            for (int t = 0; t < frames; t++)
            {
                bands.AsSpan(t * AudioWalloc.Stride, AudioWalloc.Stride).CopyTo(packets.AsSpan((t * AudioWalloc.Coefficients) + (channel == mid ? 0 : AudioWalloc.Stride)));
            }
        }

        AssertProduct(file, packets, latent);
    }

    [Fact]
    public void ResultsDoNotDependOnTheNumberOfThreads()
    {
        var image = new WallocImageAnalysis(Weights(ImageWalloc.Coefficients));
        byte[] rgb = Signals.Picture(200, 500, seed: 1);
        Assert.Equal(image.Analyze(rgb, 200, 500, 50), image.Analyze(rgb, 200, 500, 50, threads: 3));
    }

    [Fact]
    public void SoundsOfUnequalOrOddLengthAreRefused()
    {
        var audio = new WallocAudioAnalysis(Weights(AudioWalloc.Coefficients));
        Assert.Throws<ArgumentException>(() => audio.Transform(new float[255], new float[255]));
        Assert.Throws<ArgumentException>(() => audio.Transform(new float[512], new float[256]));
    }

    private static SafetensorsFile Weights(int packets) => RandomWalloc.File(
    [
        SafetensorsTensor.Create<float>("encoder.weight", [96, packets], Signals.Random(96 * packets, seed: 3)),
        SafetensorsTensor.Create<float>("encoder.bias", [96], Signals.Random(96, seed: 4)),
        SafetensorsTensor.Create<float>("quantizer.log_gain", [WallocRates.Levels, 96], Signals.Random(96 * WallocRates.Levels, seed: 5)),
        SafetensorsTensor.Create<float>("quantizer.log_inverse_gain", [WallocRates.Levels, 96], Signals.Random(96 * WallocRates.Levels, seed: 6)),
        SafetensorsTensor.Create<float>("quantizer.log_limit", [96], Signals.Random(96, seed: 7)),
    ]);

    private static void AssertProduct(SafetensorsFile file, float[] packets, float[] latent)
    {
        float[] weight = file["encoder.weight"].ToFloats(), bias = file["encoder.bias"].ToFloats();
        int inputs = weight.Length / 96;
        double[] expected = new double[packets.Length / inputs * 96];
        for (int i = 0; i < expected.Length; i++)
        {
            double sum = bias[i % 96];
            for (int k = 0; k < inputs; k++)
            {
                sum += (double)weight[(i % 96 * inputs) + k] * packets[(i / 96 * inputs) + k];
            }

            expected[i] = sum;
        }

        Signals.AssertNear(expected, latent, 2e-4);
    }
}
