namespace Codecs.Evaluation;

/// <summary>How near a decoded sound is to its original; a value is null where it is not finite or was not asked for.</summary>
/// <param name="PsnrDb">PSNR of the sound brought to peak 0.5, as published for WaLLoC, dB.</param>
/// <param name="SiSdrDb">Scale-invariant signal-to-distortion ratio, dB.</param>
/// <param name="SegmentalSnrDb">Mean of the signal-to-noise ratios of 20 ms frames, dB.</param>
/// <param name="MelDistance">Mel distance with the settings of DAC's evaluation; lower is better.</param>
/// <param name="MelTrainingDistance">Mel distance with the settings of DAC's training loss; lower is better.</param>
/// <param name="StftDistance">Two-scale distance of spectra as in DAC's evaluation; lower is better.</param>
/// <param name="LogSpectralDistanceDb">Log-spectral distance, dB; lower is better.</param>
/// <param name="SpeechMos">Predicted listening quality of speech, ViSQOL-style with the exponential fit, 1..5; speech only.</param>
/// <param name="Stoi">Short-time objective intelligibility, at most 1; speech only.</param>
/// <param name="Estoi">Extended short-time objective intelligibility, at most 1; speech only.</param>
public sealed record AudioScores(
    double? PsnrDb,
    double? SiSdrDb,
    double? SegmentalSnrDb,
    double? MelDistance,
    double? MelTrainingDistance,
    double? StftDistance,
    double? LogSpectralDistanceDb,
    double? SpeechMos,
    double? Stoi,
    double? Estoi)
{
    /// <summary>Scores of which each is found out by its measure.</summary>
    internal static AudioScores Of(Func<AudioMeasure, double?> value) => new(
        value(AudioMeasure.Psnr),
        value(AudioMeasure.SiSdr),
        value(AudioMeasure.SegmentalSnr),
        value(AudioMeasure.Mel),
        value(AudioMeasure.MelTraining),
        value(AudioMeasure.Stft),
        value(AudioMeasure.LogSpectral),
        value(AudioMeasure.SpeechMos),
        value(AudioMeasure.Stoi),
        value(AudioMeasure.Estoi));

    /// <summary>Means of several; null where one of them has no value.</summary>
    internal static AudioScores Mean(IReadOnlyCollection<AudioScores> scores) =>
        Of(measure => scores.All(s => measure.Of(s) is not null) ? scores.Average(measure.Of) : null);
}
