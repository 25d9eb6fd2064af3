using System.Runtime.Intrinsics;
using Lane = System.Runtime.Intrinsics.Vector256<double>;

namespace Codecs.Metrics.Audio;

/// <summary>ViSQOL's spectrogram for speech: levels of 21 gammatone bands, 50 Hz to 8 kHz, in 80 ms frames every 20 ms.</summary>
internal static class GammatoneSpectrogram
{
    public const int RateHz = 16_000;
    public const int Bands = 21;
    public const int Hop = RateHz / 50;

    private const int Frame = 4 * Hop;
    private const double LowHz = 50;
    private const double HighHz = 8000;
    private const double FloorDb = -45;
    private const double RangeDb = 45;

    /// <summary>Samples of that many frames.</summary>
    public static int Samples(int frames) => ((frames - 1) * Hop) + Frame;

    /// <summary>Root mean square per band and frame, [bands, frames]; each frame is filtered alone under a Hann window.</summary>
    public static double[] Measure(ReadOnlySpan<double> samples)
    {
        int frames = 1 + ((samples.Length - Frame) / Hop);
        double[] levels = new double[Bands * frames];
        double[] window = Hann.Symmetric(Frame);
        double[] centers = GammatoneBand.Centers(LowHz, HighHz, Bands);
        var filters = new GammatoneBand[Bands];
        for (int band = 0; band < Bands; band++)
        {
            filters[band] = new GammatoneBand(centers[band], RateHz);
        }

        var windowed = new Lane[Frame];
        for (int frame = 0; frame < frames; frame += Fft.Lanes)
        {
            // Lanes beyond the last frame repeat it and are not stored.
            ReadOnlySpan<double> s0 = samples.Slice(frame * Hop, Frame);
            ReadOnlySpan<double> s1 = samples.Slice(Math.Min(frame + 1, frames - 1) * Hop, Frame);
            ReadOnlySpan<double> s2 = samples.Slice(Math.Min(frame + 2, frames - 1) * Hop, Frame);
            ReadOnlySpan<double> s3 = samples.Slice(Math.Min(frame + 3, frames - 1) * Hop, Frame);
            for (int n = 0; n < Frame; n++)
            {
                windowed[n] = Vector256.Create(s0[n], s1[n], s2[n], s3[n]) * window[n];
            }

            for (int band = 0; band < Bands; band++)
            {
                Lane level = filters[band].RootMeanSquare(windowed);
                for (int lane = 0; lane < Math.Min(Fft.Lanes, frames - frame); lane++)
                {
                    levels[(band * frames) + frame + lane] = level[lane];
                }
            }
        }

        return levels;
    }

    /// <summary>
    /// Turns both into decibels (of the root mean square as if it were a power, as the program does) above a common floor: -45 dB, or 45 dB below
    /// the louder of the two sounds' strongest band in a frame.
    /// </summary>
    public static void Prepare(Span<double> reference, Span<double> degraded)
    {
        int frames = reference.Length / Bands;
        double lowest = double.PositiveInfinity;
        for (int frame = 0; frame < frames; frame++)
        {
            double loudest = double.NegativeInfinity;
            for (int i = frame; i < reference.Length; i += frames)
            {
                reference[i] = Math.Max(FloorDb, 10 * Math.Log10(reference[i]));
                degraded[i] = Math.Max(FloorDb, 10 * Math.Log10(degraded[i]));
                loudest = Math.Max(loudest, Math.Max(reference[i], degraded[i]));
            }

            for (int i = frame; i < reference.Length; i += frames)
            {
                reference[i] = Math.Max(loudest - RangeDb, reference[i]);
                degraded[i] = Math.Max(loudest - RangeDb, degraded[i]);
                lowest = Math.Min(lowest, Math.Min(reference[i], degraded[i]));
            }
        }

        for (int i = 0; i < reference.Length; i++)
        {
            reference[i] -= lowest;
            degraded[i] -= lowest;
        }
    }
}
