namespace Codecs.Audio;

/// <summary>The level at which a sound is coded: scaled to a peak of one half for the model, and back by the track's gain.</summary>
internal static class SoundGain
{
    private const double StepsPerDecade = 20 * 256, SmallestPeak = 1e-5, LargestPeak = 1e5;

    /// <summary>The gain, in 1/256 dB, that a player applies to a sound scaled to a peak of 1.</summary>
    internal static short Of(double peak) =>
        (short)Math.Round(Math.Log10(peak > 0 && double.IsFinite(peak) ? Math.Clamp(peak, SmallestPeak, LargestPeak) : 1) * StepsPerDecade);

    /// <summary>From the model's scale (peak one half) to samples.</summary>
    internal static float Factor(short gain) => (float)(2 * Math.Pow(10, gain / StepsPerDecade));
}
