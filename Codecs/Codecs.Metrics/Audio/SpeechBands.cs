using Lane = System.Runtime.Intrinsics.Vector256<double>;

namespace Codecs.Metrics.Audio;

/// <summary>What STOI and ESTOI look at: magnitudes in fifteen third-octave bands over time, without the silent parts.</summary>
/// <remarks>
/// C. Taal, R. Hendriks, R. Heusdens, J. Jensen, "An algorithm for intelligibility prediction of time-frequency weighted noisy speech", IEEE TASLP
/// 2011, section II, with the details of the authors' MATLAB program: 10 kHz; frames of 256 samples, hop 128, Hann window without its zeros;
/// frames of the reference that lie 40 dB or more below its loudest are cut from both signals, the others overlap-added; 512-point spectra;
/// bands from 150 Hz whose edges are moved to the nearest bin. A frame that would end with the very last sample is not used.
/// </remarks>
internal sealed class SpeechBands
{
    public const int Bands = 15;

    /// <summary>Frames of a segment, 384 ms.</summary>
    public const int Segment = 30;

    private const int RateHz = 10_000;
    private const int Frame = 256;
    private const int Hop = Frame / 2;
    private const int FftSize = 512;
    private const double LowestBandHz = 150;
    private const double SilenceRatio = 1e-4;

    private SpeechBands(int frames)
    {
        Frames = frames;
        Reference = new double[Bands * frames];
        Degraded = new double[Bands * frames];
    }

    public int Frames { get; }

    /// <summary>Magnitudes [bands, frames].</summary>
    public double[] Reference { get; }

    /// <summary>Magnitudes [bands, frames].</summary>
    public double[] Degraded { get; }

    /// <summary>Samples a sound must have to hold one segment, if nothing in it is silent.</summary>
    public static int MinSamples(int sampleRateHz)
    {
        PlanarPair.CheckRate(sampleRateHz);
        return (int)((Frame + (Segment * Hop)) * (long)sampleRateHz / RateHz) + 1;
    }

    /// <summary>Null when less than one segment is left without the silence.</summary>
    public static SpeechBands? Measure(ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded, int sampleRateHz)
    {
        double[] x = Resampler.Convert(reference, sampleRateHz, RateHz);
        double[] y = Resampler.Convert(degraded, sampleRateHz, RateHz);
        double[] window = Hann.Interior(Frame);
        int kept = RemoveSilence(x, y, window);
        if (kept <= Segment)
        {
            return null;
        }

        int length = ((kept - 1) * Hop) + Frame - 1;
        var stft = new PairedStft(window, Hop, FftSize);
        var bands = new SpeechBands(stft.Frames(length));
        for (int frame = 0; frame < bands.Frames; frame += Fft.Lanes)
        {
            int lanes = stft.Transform(x.AsSpan(0, length), y.AsSpan(0, length), frame);
            for (int band = 0; band < Bands; band++)
            {
                (int first, int end) = Bins(band);
                Store(stft.PowerA[first..end], bands.Reference.AsSpan((band * bands.Frames) + frame, lanes));
                Store(stft.PowerB[first..end], bands.Degraded.AsSpan((band * bands.Frames) + frame, lanes));
            }
        }

        return bands;
    }

    /// <summary>First bin of a band and the one after its last.</summary>
    internal static (int First, int End) Bins(int band)
    {
        double center = LowestBandHz * Math.Pow(2, band / 3.0);
        double sixth = Math.Pow(2, 1 / 6.0);
        const double BinsPerHz = (double)FftSize / RateHz;
        return ((int)Math.Round(center / sixth * BinsPerHz), (int)Math.Round(center * sixth * BinsPerHz));
    }

    private static void Store(ReadOnlySpan<Lane> powers, Span<double> magnitudes)
    {
        Lane sum = Lane.Zero;
        for (int k = 0; k < powers.Length; k++)
        {
            sum += powers[k];
        }

        for (int lane = 0; lane < magnitudes.Length; lane++)
        {
            magnitudes[lane] = Math.Sqrt(sum[lane]);
        }
    }

    /// <summary>Moves the audible frames to the front of both signals, windowed and overlap-added.</summary>
    /// <returns>Number of frames kept.</returns>
    private static int RemoveSilence(double[] x, double[] y, double[] window)
    {
        int frames = 1 + ((x.Length - 1 - Frame) / Hop);
        double[] energies = new double[frames];
        double loudest = 0;
        for (int f = 0; f < frames; f++)
        {
            for (int n = 0; n < Frame; n++)
            {
                double value = x[(f * Hop) + n] * window[n];
                energies[f] += value * value;
            }

            loudest = Math.Max(loudest, energies[f]);
        }

        double[] keptX = new double[x.Length];
        double[] keptY = new double[y.Length];
        int kept = 0;
        for (int f = 0; f < frames; f++)
        {
            if (energies[f] > loudest * SilenceRatio)
            {
                for (int n = 0; n < Frame; n++)
                {
                    keptX[(kept * Hop) + n] += x[(f * Hop) + n] * window[n];
                    keptY[(kept * Hop) + n] += y[(f * Hop) + n] * window[n];
                }

                kept++;
            }
        }

        keptX.CopyTo(x, 0);
        keptY.CopyTo(y, 0);
        return kept;
    }
}
