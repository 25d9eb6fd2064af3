using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>One of the measures of pictures: how it is computed, where its value stands and which way is better.</summary>
internal sealed class PictureMeasure
{
    private readonly Metric _metric;

    private PictureMeasure(string title, string format, double full, Func<IPictureQuality, double?> of, Metric metric) =>
        (Title, Format, Full, Of, _metric) = (title, format, full, of, metric);

    private delegate double Metric(ReadOnlySpan<byte> original, ReadOnlySpan<byte> decoded, int width, int height);

    public static PictureMeasure Psnr { get; } = new("PSNR dB", "0.00", 50, q => q.PsnrDb, (a, b, _, _) => Metrics.Psnr.Compute(a, b));

    public static PictureMeasure MsSsim { get; } = new(
        "MS-SSIM", "0.00000", 1, q => q.MsSsim, (a, b, width, height) => Metrics.MsSsim.Compute(a, b, width, height, channels: 3));

    public static PictureMeasure HaarPsi { get; } = new("HaarPSI", "0.0000", 1, q => q.Scores?.HaarPsi, Metrics.Pictures.HaarPsi.Compute);

    public static PictureMeasure Dss { get; } =
        new("DSS", "0.0000", 1, q => q.Scores?.Dss, Metrics.Pictures.Dss.Compute) { MinimumSide = Metrics.Pictures.Dss.MinimumSide };

    public static PictureMeasure Ssimulacra2 { get; } =
        new("SSIMULACRA2", "0.00", 100, q => q.Scores?.Ssimulacra2, Metrics.Pictures.Ssimulacra2.Compute) { MinimumSide = Metrics.Pictures.Ssimulacra2.MinimumSide };

    public static PictureMeasure Mdsi { get; } = new("MDSI ↓", "0.0000", 0, q => q.Scores?.Mdsi, Metrics.Pictures.Mdsi.Compute) { LowerIsBetter = true };

    public static PictureMeasure Gmsd { get; } = new("GMSD ↓", "0.0000", 0, q => q.Scores?.Gmsd, Metrics.Pictures.Gmsd.Compute) { LowerIsBetter = true };

    /// <summary>In the order of tables.</summary>
    public static IReadOnlyList<PictureMeasure> All { get; } = [Psnr, MsSsim, HaarPsi, Dss, Ssimulacra2, Mdsi, Gmsd];

    /// <summary>Those of <see cref="PictureScores"/>.</summary>
    public static IReadOnlyList<PictureMeasure> OfScores { get; } = [.. All.Skip(2)];

    /// <summary>Heading of its column; an arrow says that lower is better.</summary>
    public string Title { get; }

    /// <summary>How its values are written.</summary>
    public string Format { get; }

    public bool LowerIsBetter { get; private init; }

    /// <summary>The value that counts as perfect.</summary>
    private double Full { get; }

    /// <summary>Its value.</summary>
    public Func<IPictureQuality, double?> Of { get; }

    /// <summary>Pictures with a smaller side have no value.</summary>
    private int MinimumSide { get; init; } = 1;

    /// <summary>The values of all measures for a pair of RGB pictures of the same size, rounded as they are stored; null for what has none.</summary>
    public static IReadOnlyDictionary<PictureMeasure, double?> ComputeAll(Image original, Image decoded)
    {
        double?[] values = new double?[All.Count];
        Parallel.For(0, values.Length, i => values[i] = All[i].Compute(original, decoded));
        return All.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>
    /// The mean of all measures that have a value, each on a scale on which 1 is perfect: PSNR / 50 dB, SSIMULACRA2 / 100, 1 less those of which
    /// lower is better, and the others as they are. For the choice between two files of one codec, not for comparing codecs.
    /// </summary>
    public static double Overall(IPictureQuality quality) =>
        All.Select(m => (Measure: m, Value: m.Of(quality))).Where(v => v.Value is not null || v.Measure == Psnr)
            .Average(v => v.Value is not { } value ? 1 : v.Measure.LowerIsBetter ? 1 - value : value / v.Measure.Full);

    /// <summary>Whether one picture is better than another by this measure; no when they are equal or one of them has no value.</summary>
    public bool IsBetter(IPictureQuality one, IPictureQuality other)
    {
        // An exact reproduction has no PSNR and is better than every other.
        double exact = this == Psnr ? double.PositiveInfinity : double.NaN;
        double a = Of(one) ?? exact;
        double b = Of(other) ?? exact;
        return LowerIsBetter ? a < b : a > b;
    }

    /// <summary>The mean over several pictures; null where one of them has no value.</summary>
    public double? Mean(IReadOnlyCollection<IPictureQuality> pictures) =>
        pictures.All(p => Of(p) is not null) ? pictures.Average(Of) : null;

    private double? Compute(Image original, Image decoded)
    {
        if (Math.Min(original.Width, original.Height) < MinimumSide)
        {
            return null;
        }

        double value = _metric(original.Pixels.Span, decoded.Pixels.Span, original.Width, original.Height);
        return double.IsFinite(value) ? RoundedConverter.Round(value) : null;
    }
}
