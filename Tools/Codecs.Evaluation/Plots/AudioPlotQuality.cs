namespace Codecs.Evaluation;

/// <summary>The measure on the vertical axis of a plot of sounds.</summary>
public enum AudioPlotQuality
{
    /// <summary>Mean mel distance, lower is better.</summary>
    Mel,

    /// <summary>Mean normalised PSNR, dB.</summary>
    Psnr,

    /// <summary>Mean STOI, speech only.</summary>
    Stoi,

    /// <summary>Mean ViSQOL-style score, 1..5, speech only.</summary>
    SpeechMos,
}
