using System.Numerics;
using System.Runtime.Intrinsics;
using Codecs.Metrics.Audio;

namespace Codecs.Metrics.Tests.Audio;

public sealed class PairedStftTests
{
    [Fact]
    public void BothSignalsComeApartInEveryFrame()
    {
        const int Window = 24;
        const int Hop = 10;
        const int Size = 32;
        double[] a = Array.ConvertAll(Sounds.Noise(99, 1, 1), x => (double)x);
        double[] b = Array.ConvertAll(Sounds.Noise(99, 0.01, 2), x => (double)x);
        double[] window = Hann.Interior(Window);
        var stft = new PairedStft(window, Hop, Size);

        int frames = stft.Frames(a.Length);
        Assert.Equal(8, frames);
        for (int frame = 0; frame < frames; frame += Fft.Lanes)
        {
            int lanes = stft.Transform(a, b, frame);
            Assert.Equal(4, lanes);
            for (int lane = 0; lane < lanes; lane++)
            {
                double[] expectedA = Powers(a, (frame + lane) * Hop, window, Size);
                double[] expectedB = Powers(b, (frame + lane) * Hop, window, Size);
                for (int k = 0; k <= Size / 2; k++)
                {
                    Assert.Equal(expectedA[k], stft.PowerA[k][lane], 1e-12);
                    Assert.Equal(expectedB[k], stft.PowerB[k][lane], 1e-12);
                }
            }
        }
    }

    [Fact]
    public void SilentFramesHaveNoPowerBesideALoudSignal()
    {
        double[] loud = Array.ConvertAll(Sounds.Noise(80, 1000, 1), x => (double)x);
        double[] late = new double[80];
        late[77] = 1;
        PairedStft stft = PairedStft.Quarter(32);

        stft.Transform(late, loud, 3);

        // Frames 3..6 begin at 24, 32, 40 and 48; the last ends with sample 79.
        for (int k = 0; k <= 16; k++)
        {
            Assert.Equal([0, 0, 0], new[] { stft.PowerA[k][0], stft.PowerA[k][1], stft.PowerA[k][2] });
            Assert.True(stft.PowerA[k][3] > 0 && stft.PowerB[k][0] > 0);
        }
    }

    [Theory]
    [InlineData(31, 0)]
    [InlineData(32, 1)]
    [InlineData(39, 1)]
    [InlineData(40, 2)]
    [InlineData(72, 6)]
    public void LastFrameEndsWithinTheSignal(int samples, int frames)
    {
        PairedStft stft = PairedStft.Quarter(32);

        Assert.Equal(frames, stft.Frames(samples));
        if (frames > 4)
        {
            Assert.Equal(frames - 4, stft.Transform(new double[samples], new double[samples], 4));
        }
    }

    [Fact]
    public void LanesWithoutAFrameAreNotSummed() =>
        Assert.Equal(3, PairedStft.Sum(Vector256.Create(1.0, 2, 4, 8), 2));

    [Fact]
    public void EndsAreMirroredWithoutRepeatingTheEdge() =>
        Assert.Equal([3, 2, 1, 2, 3, 4, 3, 2], PairedStft.Centered([1, 2, 3, 4], 2));

    [Theory]
    [InlineData(8_000, 256)]
    [InlineData(16_000, 512)]
    [InlineData(24_000, 1024)]
    [InlineData(44_100, 2048)]
    [InlineData(48_000, 2048)]
    [InlineData(384_000, 16384)]
    public void WindowLastsAtLeast32Milliseconds(int rateHz, int window) => Assert.Equal(window, PairedStft.WindowFor(rateHz));

    [Fact]
    public void HannWindowsDifferInTheirZeros()
    {
        AssertClose([0, 0.5, 1, 0.5], Hann.Periodic(4));
        AssertClose([0, 0.5, 1, 0.5, 0], Hann.Symmetric(5));
        AssertClose([0.5, 1, 0.5], Hann.Interior(3));
    }

    internal static double[] Powers(ReadOnlySpan<double> signal, int start, ReadOnlySpan<double> window, int size)
    {
        var frame = new Complex[size];
        for (int n = 0; n < window.Length; n++)
        {
            frame[n] = signal[start + n] * window[n];
        }

        return Array.ConvertAll(FftTests.Transform(frame), x => (x.Real * x.Real) + (x.Imaginary * x.Imaginary));
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-15);
        }
    }
}
