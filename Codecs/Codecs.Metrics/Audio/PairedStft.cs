using System.Numerics;
using System.Runtime.Intrinsics;
using Lane = System.Runtime.Intrinsics.Vector256<double>;

namespace Codecs.Metrics.Audio;

/// <summary>Short-time power spectra of two real signals at once, four frames per call.</summary>
/// <remarks>
/// Metrics always look at a pair, so one complex transform carries one signal in its real and the other in its imaginary part; the symmetry of
/// real signals' spectra separates them. Results are [bins] vectors with one frame per lane.
/// </remarks>
internal sealed class PairedStft
{
    private readonly double[] _window;
    private readonly int _hop;
    private readonly Fft _fft;
    private readonly Lane[] _powerA;
    private readonly Lane[] _powerB;

    public PairedStft(double[] window, int hop, int fftSize)
    {
        _window = window;
        _hop = hop;
        _fft = new Fft(fftSize);
        _powerA = new Lane[(fftSize / 2) + 1];
        _powerB = new Lane[(fftSize / 2) + 1];
    }

    /// <summary>|A[k]|^2, k = 0..fftSize/2, of the frames last transformed.</summary>
    public ReadOnlySpan<Lane> PowerA => _powerA;

    /// <summary>|B[k]|^2 likewise.</summary>
    public ReadOnlySpan<Lane> PowerB => _powerB;

    /// <summary>Periodic Hann window over the whole transform, hop a quarter of it.</summary>
    public static PairedStft Quarter(int window) => new(Hann.Periodic(window), window / 4, window);

    /// <summary>The customary analysis window for a rate: the smallest power of two of at least 32 ms (2048 at 44.1 and 48 kHz, 512 at 16 kHz).</summary>
    public static int WindowFor(int sampleRateHz)
    {
        PlanarPair.CheckRate(sampleRateHz);
        return (int)BitOperations.RoundUpToPowerOf2((uint)((sampleRateHz * 32L) + 999) / 1000);
    }

    /// <summary>
    /// The signal with <paramref name="pad"/> samples mirrored about its first and its last sample, so that frames stand centred on samples 0,
    /// hop, 2 hop and so on.
    /// </summary>
    public static double[] Centered(ReadOnlySpan<float> samples, int pad)
    {
        double[] padded = new double[samples.Length + (2 * pad)];
        for (int i = 0; i < samples.Length; i++)
        {
            padded[pad + i] = samples[i];
        }

        for (int i = 1; i <= pad; i++)
        {
            padded[pad - i] = samples[i];
            padded[pad + samples.Length - 1 + i] = samples[samples.Length - 1 - i];
        }

        return padded;
    }

    /// <summary>Adds the lanes that hold frames; after the signal's last frame a lane repeats that.</summary>
    public static double Sum(Lane values, int lanes)
    {
        double sum = 0;
        for (int lane = 0; lane < lanes; lane++)
        {
            sum += values.GetElement(lane);
        }

        return sum;
    }

    /// <summary>Turns <see cref="PowerA"/> into |A[k]|, in place.</summary>
    public ReadOnlySpan<Lane> MagnitudesA() => SquareRoots(_powerA);

    /// <inheritdoc cref="MagnitudesA"/>
    public ReadOnlySpan<Lane> MagnitudesB() => SquareRoots(_powerB);

    public int Frames(int samples) => samples < _window.Length ? 0 : 1 + ((samples - _window.Length) / _hop);

    /// <summary>Transforms frames <paramref name="frame"/> to <paramref name="frame"/> + 3, as far as there are so many.</summary>
    /// <returns>Number of lanes that hold a frame, 1..4.</returns>
    public int Transform(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int frame)
    {
        int last = Frames(a.Length) - 1;
        int lanes = Math.Min(Fft.Lanes, last + 1 - frame);
        Lane audibleA = Load(a, frame, last, _fft.Re);
        Lane audibleB = Load(b, frame, last, _fft.Im);
        _fft.Forward();
        ReadOnlySpan<Lane> re = _fft.Re;
        ReadOnlySpan<Lane> im = _fft.Im;
        for (int k = 0; k < _powerA.Length; k++)
        {
            // A = (Z[k] + conj Z[-k]) / 2, B = (Z[k] - conj Z[-k]) / 2i
            int mirror = (re.Length - k) & (re.Length - 1);
            Lane sumRe = re[k] + re[mirror];
            Lane sumIm = im[k] + im[mirror];
            Lane differenceRe = re[k] - re[mirror];
            Lane differenceIm = im[k] - im[mirror];
            _powerA[k] = (((sumRe * sumRe) + (differenceIm * differenceIm)) * 0.25) & audibleA;
            _powerB[k] = (((sumIm * sumIm) + (differenceRe * differenceRe)) * 0.25) & audibleB;
        }

        return lanes;
    }

    private static Lane[] SquareRoots(Lane[] powers)
    {
        for (int k = 0; k < powers.Length; k++)
        {
            powers[k] = Vector256.Sqrt(powers[k]);
        }

        return powers;
    }

    /// <summary>Loads windowed frames.</summary>
    /// <returns>Ones in lanes with any sound: silence has no power at all, not even the other signal's rounding errors.</returns>
    private Lane Load(ReadOnlySpan<double> signal, int frame, int last, Span<Lane> target)
    {
        ReadOnlySpan<double> s0 = signal.Slice(frame * _hop, _window.Length);
        ReadOnlySpan<double> s1 = signal.Slice(Math.Min(frame + 1, last) * _hop, _window.Length);
        ReadOnlySpan<double> s2 = signal.Slice(Math.Min(frame + 2, last) * _hop, _window.Length);
        ReadOnlySpan<double> s3 = signal.Slice(Math.Min(frame + 3, last) * _hop, _window.Length);
        Lane peak = Lane.Zero;
        for (int n = 0; n < _window.Length; n++)
        {
            target[n] = Vector256.Create(s0[n], s1[n], s2[n], s3[n]) * _window[n];
            peak = Vector256.Max(peak, Vector256.Abs(target[n]));
        }

        target[_window.Length..].Clear();
        return Vector256.GreaterThan(peak, Lane.Zero);
    }
}
