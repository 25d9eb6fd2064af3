using System.Numerics;
using Codecs.Models.LanguageCodec;
using Codecs.Models.LanguageCodec.Plain;

namespace Codecs.Models.Tests.LanguageCodec.Plain;

public sealed class FrameSpectrumTests
{
    private const int Size = SpeechShape.Window, Half = Size / 2, Bins = SpeechShape.Bins, Frames = 3;

    [Fact]
    public void ForwardIsTheFourierTransformOfTheUnfoldedSamples()
    {
        (FrameMap even, FrameMap odd) = Folded();
        (FrameMap real, FrameMap imaginary) = FrameSpectrum.Forward().Apply(even, odd);
        for (int t = 0; t < Frames; t++)
        {
            for (int k = 0; k < Bins; k += 29)
            {
                Complex sum = 0;
                for (int n = 0; n < Size; n++)
                {
                    sum += Sample(even, odd, n, t) * Complex.FromPolarCoordinates(1, -2 * Math.PI * k * n / Size);
                }

                Assert.Equal(sum.Real, real.Row(k)[t], 2e-4);
                Assert.Equal(sum.Imaginary, imaginary.Row(k)[t], 2e-4);
            }
        }
    }

    [Fact]
    public void InverseUndoesForward()
    {
        (FrameMap even, FrameMap odd) = Folded();
        (FrameMap real, FrameMap imaginary) = FrameSpectrum.Forward().Apply(even, odd);
        (FrameMap evenBack, FrameMap oddBack) = FrameSpectrum.Inverse().Apply(real, imaginary);
        for (int t = 0; t < Frames; t++)
        {
            for (int n = 0; n < Size; n++)
            {
                (int row, int sign) = n <= Half ? (n, 1) : (Size - n, -1);
                Assert.Equal(Sample(even, odd, n, t), evenBack.Row(row)[t] + (sign * oddBack.Row(row)[t]), 1e-5);
            }
        }
    }

    [Fact]
    public void TheWindowIsHanns()
    {
        Assert.Equal(Size, FrameSpectrum.Window.Length);
        for (int n = 0; n < Size; n++)
        {
            double sine = Math.Sin(Math.PI * n / Size);
            Assert.Equal(sine * sine, FrameSpectrum.Window[n], 1e-7);
        }
    }

    // Sums x_n + x_(1280 - n) and differences x_n - x_(1280 - n) of random samples; the first and the middle sample have no partner.
    private static (FrameMap Even, FrameMap Odd) Folded()
    {
        FrameMap even = FrameMaps.Random(Bins, Frames, seed: 1), odd = FrameMaps.Random(Bins, Frames, seed: 2);
        odd.Row(0).Clear();
        odd.Row(Half).Clear();
        return (even, odd);
    }

    private static double Sample(FrameMap even, FrameMap odd, int n, int frame) => n switch
    {
        0 or Half => even.Row(n)[frame],
        < Half => ((double)even.Row(n)[frame] + odd.Row(n)[frame]) / 2,
        _ => ((double)even.Row(Size - n)[frame] - odd.Row(Size - n)[frame]) / 2,
    };
}
