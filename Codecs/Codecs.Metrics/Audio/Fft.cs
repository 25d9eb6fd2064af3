using System.Numerics;
using Lane = System.Runtime.Intrinsics.Vector256<double>;

namespace Codecs.Metrics.Audio;

/// <summary>Fourier transforms of four complex sequences at once, sizes powers of two, double precision.</summary>
/// <remarks>
/// Each element is a vector with one sequence per lane, so the algorithm reads as if it were scalar, needs no shuffles at any size, and has no
/// tails. Stockham's self-sorting form (no bit reversal) with radix 4, and one step of radix 2 when the exponent is odd; C. Van Loan,
/// "Computational Frameworks for the Fast Fourier Transform", 1992, section 1.7. Lanes never meet, and every vector width of the machine
/// gives the same bits.
/// </remarks>
internal sealed class Fft
{
    /// <summary>Sequences per call.</summary>
    public const int Lanes = 4;

    // W^k = cos - i sin, k = 0..size-1
    private readonly double[] _cos;
    private readonly double[] _sin;
    private Lane[] _re;
    private Lane[] _im;
    private Lane[] _spareRe;
    private Lane[] _spareIm;

    public Fft(int size)
    {
        if (size < 1 || !BitOperations.IsPow2(size))
        {
            throw new ArgumentException($"Sizes are powers of two, found {size}.", nameof(size));
        }

        Size = size;
        _cos = new double[size];
        _sin = new double[size];
        for (int k = 0; k < size; k++)
        {
            (_sin[k], _cos[k]) = Math.SinCos(2 * Math.PI * k / size);
        }

        _re = new Lane[size];
        _im = new Lane[size];
        _spareRe = new Lane[size];
        _spareIm = new Lane[size];
    }

    public int Size { get; }

    /// <summary>Real parts: input before <see cref="Forward"/>, spectrum after it. Fetch again after each call.</summary>
    public Span<Lane> Re => _re;

    /// <summary>Imaginary parts, like <see cref="Re"/>.</summary>
    public Span<Lane> Im => _im;

    /// <summary>Z[k] = sum over n of z[n] exp(-2 pi i k n / size), not scaled.</summary>
    public void Forward()
    {
        int stride = 1;
        int length = Size;
        for (; length >= 4; length /= 4, stride *= 4)
        {
            Radix4(_re, _im, _spareRe, _spareIm, length / 4, stride);
            Swap();
        }

        if (length == 2)
        {
            for (int q = 0; q < stride; q++)
            {
                _spareRe[q] = _re[q] + _re[q + stride];
                _spareIm[q] = _im[q] + _im[q + stride];
                _spareRe[q + stride] = _re[q] - _re[q + stride];
                _spareIm[q + stride] = _im[q] - _im[q + stride];
            }

            Swap();
        }
    }

    private void Swap()
    {
        (_re, _spareRe) = (_spareRe, _re);
        (_im, _spareIm) = (_spareIm, _im);
    }

    private void Radix4(Lane[] re, Lane[] im, Lane[] toRe, Lane[] toIm, int quarter, int stride)
    {
        int step = stride * quarter;
        for (int p = 0; p < quarter; p++)
        {
            // Twiddles of the current length 4 * quarter, read from the table of the full one.
            int w = p * stride;
            double c1 = _cos[w], s1 = _sin[w], c2 = _cos[2 * w], s2 = _sin[2 * w], c3 = _cos[3 * w], s3 = _sin[3 * w];
            int to = 4 * w;
            for (int from = w; from < w + stride; from++, to++)
            {
                Lane ar = re[from], ai = im[from];
                Lane br = re[from + step], bi = im[from + step];
                Lane cr = re[from + (2 * step)], ci = im[from + (2 * step)];
                Lane dr = re[from + (3 * step)], di = im[from + (3 * step)];
                Lane sumR = ar + cr, sumI = ai + ci, otherSumR = br + dr, otherSumI = bi + di;
                // i (b - d) has the parts -(bi - di) and br - dr.
                Lane differenceR = ar - cr, differenceI = ai - ci, turnedR = di - bi, turnedI = br - dr;
                toRe[to] = sumR + otherSumR;
                toIm[to] = sumI + otherSumI;
                Rotate(differenceR - turnedR, differenceI - turnedI, c1, s1, out toRe[to + stride], out toIm[to + stride]);
                Rotate(sumR - otherSumR, sumI - otherSumI, c2, s2, out toRe[to + (2 * stride)], out toIm[to + (2 * stride)]);
                Rotate(differenceR + turnedR, differenceI + turnedI, c3, s3, out toRe[to + (3 * stride)], out toIm[to + (3 * stride)]);
            }
        }
    }

    /// <summary>(re + i im) (cos - i sin)</summary>
    private static void Rotate(Lane re, Lane im, double cos, double sin, out Lane toRe, out Lane toIm)
    {
        toRe = (re * cos) + (im * sin);
        toIm = (im * cos) - (re * sin);
    }
}
