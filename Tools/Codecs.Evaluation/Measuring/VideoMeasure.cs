namespace Codecs.Evaluation;

/// <summary>One of the measures of videos, by which curves are compared and drawn; higher is better for all.</summary>
internal sealed class VideoMeasure
{
    private VideoMeasure(string title, Func<IVideoQuality, double?> of) => (Title, Of) = (title, of);

    public static VideoMeasure PsnrYuv { get; } = new("PSNR-YUV", q => q.PsnrYuvDb);

    public static VideoMeasure PsnrY { get; } = new("PSNR-Y", q => q.PsnrYDb);

    public static VideoMeasure PsnrRgb { get; } = new("PSNR-RGB", q => q.PsnrRgbDb);

    /// <summary>-10 log10(1 - MS-SSIM); null when that is infinite.</summary>
    public static VideoMeasure MsSsim { get; } = new("MS-SSIM dB", q => Metrics.MsSsim.ToDecibels(q.MsSsim) is var db && double.IsFinite(db) ? db : null);

    /// <summary>In the order of tables.</summary>
    public static IReadOnlyList<VideoMeasure> All { get; } = [PsnrYuv, PsnrY, PsnrRgb, MsSsim];

    /// <summary>Heading of its column; all are in dB.</summary>
    public string Title { get; }

    /// <summary>Its value, dB.</summary>
    public Func<IVideoQuality, double?> Of { get; }
}
