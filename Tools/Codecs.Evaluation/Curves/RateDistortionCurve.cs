using Codecs.Metrics;

namespace Codecs.Evaluation;

/// <summary>A curve that rises strictly in rate and quality, which interpolation and BD-rate need.</summary>
/// <remarks>
/// Made of the points that no other point beats in both rate and quality: a setting that needs more bytes for no better picture is one
/// that nobody would use. Exact reproductions have no finite quality and are left out.
/// </remarks>
internal sealed class RateDistortionCurve
{
    private readonly double[] _rates;
    private readonly double[] _qualities;

    private RateDistortionCurve(double[] rates, double[] qualities) => (_rates, _qualities) = (rates, qualities);

    public int Count => _rates.Length;

    /// <summary>Quality as PSNR, dB.</summary>
    public static RateDistortionCurve OfPsnr(ContenderResult codec) => From(codec.Points.Select(p => (p.BitsPerPixel, p.PsnrDb)));

    /// <summary>Quality as MS-SSIM, dB.</summary>
    public static RateDistortionCurve OfMsSsim(ContenderResult codec) => From(codec.Points.Select(p => (p.BitsPerPixel, p.MsSsimDb)));

    /// <summary>Quality as a measure of pictures; where lower is better values count negative, so that more is better for all.</summary>
    public static RateDistortionCurve Of(ContenderResult codec, PictureMeasure measure) =>
        From(codec.Points.Select(p => (p.BitsPerPixel, measure.LowerIsBetter ? -measure.Of(p) : measure.Of(p))));

    /// <summary>Quality as a measure of sound; distances count negative, so that more is better for all.</summary>
    public static RateDistortionCurve Of(IEnumerable<AudioRatePoint> points, AudioMeasure measure) =>
        From(points.Select(p => (p.KbitPerSecond, measure.LowerIsBetter ? -measure.Of(p.Scores) : measure.Of(p.Scores))));

    /// <summary>Quality as a measure of videos.</summary>
    public static RateDistortionCurve Of(IEnumerable<IVideoQuality> points, VideoMeasure measure) => From(points.Select(p => (p.BitsPerPixel, measure.Of(p))));

    public static RateDistortionCurve From(IEnumerable<(double Rate, double? Quality)> points)
    {
        var rates = new List<double>();
        var qualities = new List<double>();
        foreach ((double rate, double? quality) in points.Where(p => p.Quality is { } q && double.IsFinite(q)).OrderBy(p => p.Rate).ThenByDescending(p => p.Quality))
        {
            if (qualities.Count == 0 || (rate > rates[^1] && quality > qualities[^1]))
            {
                rates.Add(rate);
                qualities.Add(quality!.Value);
            }
        }

        return new RateDistortionCurve([.. rates], [.. qualities]);
    }

    /// <summary>Quality at a rate, linear in the logarithm of the rate; null outside the curve.</summary>
    public double? QualityAt(double rate)
    {
        for (int i = 0; i + 1 < Count; i++)
        {
            if (rate >= _rates[i] && rate <= _rates[i + 1])
            {
                double t = Math.Log(rate / _rates[i]) / Math.Log(_rates[i + 1] / _rates[i]);
                return _qualities[i] + (t * (_qualities[i + 1] - _qualities[i]));
            }
        }

        return null;
    }

    /// <summary>Rate at a quality, its logarithm linear in the quality; null outside the curve.</summary>
    public double? RateAt(double quality)
    {
        for (int i = 0; i + 1 < Count; i++)
        {
            if (quality >= _qualities[i] && quality <= _qualities[i + 1])
            {
                double t = (quality - _qualities[i]) / (_qualities[i + 1] - _qualities[i]);
                return _rates[i] * Math.Pow(_rates[i + 1] / _rates[i], t);
            }
        }

        return null;
    }

    /// <summary>Per cent; null when the curves share no range of quality.</summary>
    public double? BdRateAgainst(RateDistortionCurve anchor) => Delta(anchor, BdRate.Compute);

    /// <summary>In the unit of quality; null when the curves share no range of rate.</summary>
    public double? BdQualityAgainst(RateDistortionCurve anchor) => Delta(anchor, BdQuality.Compute);

    private double? Delta(RateDistortionCurve anchor, Measure measure)
    {
        if (Count < 2 || anchor.Count < 2)
        {
            return null;
        }

        double delta = measure(anchor._rates, anchor._qualities, _rates, _qualities);
        return double.IsFinite(delta) ? delta : null;
    }

    private delegate double Measure(
        ReadOnlySpan<double> rateA, ReadOnlySpan<double> qualityA, ReadOnlySpan<double> rateB, ReadOnlySpan<double> qualityB);
}
