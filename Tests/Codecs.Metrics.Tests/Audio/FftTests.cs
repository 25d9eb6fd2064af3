using System.Numerics;
using System.Runtime.Intrinsics;
using Codecs.Metrics.Audio;

namespace Codecs.Metrics.Tests.Audio;

public sealed class FftTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void EveryLaneAgreesWithTheDefinition(int size)
    {
        Complex[][] input = Inputs(size);
        var fft = new Fft(size);
        Load(fft, input);

        fft.Forward();

        for (int lane = 0; lane < Fft.Lanes; lane++)
        {
            Complex[] expected = Transform(input[lane]);
            for (int k = 0; k < size; k++)
            {
                Assert.Equal(expected[k].Real, fft.Re[k][lane], 1e-12 * size);
                Assert.Equal(expected[k].Imaginary, fft.Im[k][lane], 1e-12 * size);
            }
        }
    }

    [Theory]
    [InlineData(2048)]
    [InlineData(4096)]
    public void EnergyIsKept(int size)
    {
        Complex[][] input = Inputs(size);
        var fft = new Fft(size);
        Load(fft, input);

        fft.Forward();

        for (int lane = 0; lane < Fft.Lanes; lane++)
        {
            double before = 0;
            double after = 0;
            for (int k = 0; k < size; k++)
            {
                before += (input[lane][k] * Complex.Conjugate(input[lane][k])).Real;
                after += (fft.Re[k][lane] * fft.Re[k][lane]) + (fft.Im[k][lane] * fft.Im[k][lane]);
            }

            Assert.Equal(1, after / size / before, 1e-13);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-4)]
    [InlineData(12)]
    public void OtherSizesAreRefused(int size) => Assert.Throws<ArgumentException>(() => new Fft(size));

    /// <summary>The sum of the definition, term by term.</summary>
    internal static Complex[] Transform(ReadOnlySpan<Complex> input)
    {
        var output = new Complex[input.Length];
        for (int k = 0; k < output.Length; k++)
        {
            for (int n = 0; n < input.Length; n++)
            {
                output[k] += input[n] * Complex.FromPolarCoordinates(1, -2 * Math.PI * ((long)k * n % input.Length) / input.Length);
            }
        }

        return output;
    }

    private static Complex[][] Inputs(int size)
    {
        var random = new Random(size);
        var inputs = new Complex[Fft.Lanes][];
        for (int lane = 0; lane < inputs.Length; lane++)
        {
            inputs[lane] = new Complex[size];
            for (int n = 0; n < size; n++)
            {
                inputs[lane][n] = new Complex(random.NextDouble() - 0.5, random.NextDouble() - 0.5);
            }
        }

        return inputs;
    }

    private static void Load(Fft fft, Complex[][] input)
    {
        for (int n = 0; n < fft.Size; n++)
        {
            fft.Re[n] = Vector256.Create(input[0][n].Real, input[1][n].Real, input[2][n].Real, input[3][n].Real);
            fft.Im[n] = Vector256.Create(input[0][n].Imaginary, input[1][n].Imaginary, input[2][n].Imaginary, input[3][n].Imaginary);
        }
    }
}
