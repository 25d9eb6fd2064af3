using Codecs.Metrics.Audio;

namespace Codecs.Evaluation;

/// <summary>One of the measures of sound: how it is computed, where its value stands and which way is better.</summary>
internal sealed class AudioMeasure
{
    private readonly Metric _metric;

    private AudioMeasure(string title, string format, bool lowerIsBetter, bool speechOnly, Func<AudioScores, double?> of, Metric metric) =>
        (Title, Format, LowerIsBetter, SpeechOnly, Of, _metric) = (title, format, lowerIsBetter, speechOnly, of, metric);

    private delegate double Metric(ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded, int sampleRate, int channels);

    public static AudioMeasure Psnr { get; } = Ratio("PSNR dB", s => s.PsnrDb, (r, d, _, channels) => NormalizedPsnr.Compute(r, d, channels));

    public static AudioMeasure SiSdr { get; } = Ratio("SI-SDR", s => s.SiSdrDb, (r, d, _, channels) => Metrics.Audio.SiSdr.Compute(r, d, channels));

    public static AudioMeasure SegmentalSnr { get; } =
        Ratio("segSNR", s => s.SegmentalSnrDb, (r, d, rate, channels) => Metrics.Audio.SegmentalSnr.Compute(r, d, rate, channels));

    public static AudioMeasure Mel { get; } = Distance("mel", s => s.MelDistance, (r, d, rate, channels) => MelDistance.Compute(r, d, rate, channels));

    public static AudioMeasure MelTraining { get; } = Distance(
        "mel train", s => s.MelTrainingDistance, (r, d, rate, channels) => MelDistance.Compute(r, d, rate, channels, MelDistanceOptions.DacTraining));

    public static AudioMeasure Stft { get; } = Distance("STFT", s => s.StftDistance, (r, d, _, channels) => StftDistance.Compute(r, d, channels));

    public static AudioMeasure LogSpectral { get; } = new(
        "LSD dB", "0.00", true, false, s => s.LogSpectralDistanceDb, (r, d, rate, channels) => LogSpectralDistance.Compute(r, d, rate, channels));

    public static AudioMeasure SpeechMos { get; } = Speech("MOS (ViSQOL-style)", s => s.SpeechMos, (r, d, rate, channels) => VisqolStyle.Compute(r, d, rate, channels));

    public static AudioMeasure Stoi { get; } = Speech("STOI", s => s.Stoi, (r, d, rate, channels) => Metrics.Audio.Stoi.Compute(r, d, rate, channels));

    public static AudioMeasure Estoi { get; } = Speech("ESTOI", s => s.Estoi, (r, d, rate, channels) => Metrics.Audio.Estoi.Compute(r, d, rate, channels));

    /// <summary>In the order of tables.</summary>
    public static IReadOnlyList<AudioMeasure> All { get; } = [Psnr, SiSdr, SegmentalSnr, Mel, MelTraining, Stft, LogSpectral, SpeechMos, Stoi, Estoi];

    /// <summary>Heading of its column.</summary>
    public string Title { get; }

    /// <summary>How its values are written.</summary>
    public string Format { get; }

    public bool LowerIsBetter { get; }

    /// <summary>True when its values mean nothing for music.</summary>
    public bool SpeechOnly { get; }

    /// <summary>Its value among the scores.</summary>
    public Func<AudioScores, double?> Of { get; }

    /// <summary>The value for a pair of planar sounds, rounded as it is stored; null when it is not finite.</summary>
    public double? Compute(ReadOnlySpan<float> reference, ReadOnlySpan<float> degraded, int sampleRate, int channels)
    {
        double value = _metric(reference, degraded, sampleRate, channels);
        return double.IsFinite(value) ? RoundedConverter.Round(value) : null;
    }

    private static AudioMeasure Ratio(string title, Func<AudioScores, double?> of, Metric metric) => new(title, "0.00", false, false, of, metric);

    private static AudioMeasure Distance(string title, Func<AudioScores, double?> of, Metric metric) => new(title, "0.000", true, false, of, metric);

    private static AudioMeasure Speech(string title, Func<AudioScores, double?> of, Metric metric) => new(title, "0.000", false, true, of, metric);
}
