using Lane = System.Runtime.Intrinsics.Vector256<double>;

namespace Codecs.Metrics.Audio;

/// <summary>Triangular filters, equally spaced on the mel scale from 0 to half the sampling rate, each of area 1 over frequency.</summary>
/// <remarks>
/// M. Slaney, "Auditory Toolbox" 2, 1998: linear up to 1 kHz (15 mel), then logarithmic with 27 steps for a factor of 6.4. This scale and
/// normalisation (height 2 / width in Hz) are what librosa uses by default.
/// </remarks>
internal sealed class MelFilterBank
{
    private const double LinearHzPerMel = 200.0 / 3;
    private const double LogStartHz = 1000;
    private const double LogStartMel = LogStartHz / LinearHzPerMel;
    private static readonly double s_logStep = Math.Log(6.4) / 27;

    private readonly int[] _firstBin;
    private readonly double[][] _weights;

    public MelFilterBank(int sampleRateHz, int fftSize, int bands)
    {
        double[] edges = new double[bands + 2];
        double top = ToMel(sampleRateHz / 2.0);
        for (int i = 0; i < edges.Length; i++)
        {
            edges[i] = ToHz(top * i / (bands + 1));
        }

        _firstBin = new int[bands];
        _weights = new double[bands][];
        double binHz = (double)sampleRateHz / fftSize;
        for (int b = 0; b < bands; b++)
        {
            // Bins strictly between the outer edges; a narrow filter between two bins has none.
            int first = (int)Math.Floor(edges[b] / binHz) + 1;
            int end = Math.Min((int)Math.Ceiling(edges[b + 2] / binHz), (fftSize / 2) + 1);
            _firstBin[b] = first;
            _weights[b] = new double[Math.Max(0, end - first)];
            for (int i = 0; i < _weights[b].Length; i++)
            {
                double hz = (first + i) * binHz;
                double up = (hz - edges[b]) / (edges[b + 1] - edges[b]);
                double down = (edges[b + 2] - hz) / (edges[b + 2] - edges[b + 1]);
                _weights[b][i] = Math.Min(up, down) * 2 / (edges[b + 2] - edges[b]);
            }
        }
    }

    public int Bands => _weights.Length;

    public static double ToMel(double hz) =>
        hz < LogStartHz ? hz / LinearHzPerMel : LogStartMel + (Math.Log(hz / LogStartHz) / s_logStep);

    public static double ToHz(double mel) =>
        mel < LogStartMel ? mel * LinearHzPerMel : LogStartHz * Math.Exp(s_logStep * (mel - LogStartMel));

    /// <summary>One band's weighted sum of spectrum bins.</summary>
    public Lane Apply(int band, ReadOnlySpan<Lane> bins)
    {
        double[] weights = _weights[band];
        bins = bins.Slice(_firstBin[band], weights.Length);
        Lane sum = Lane.Zero;
        for (int i = 0; i < weights.Length; i++)
        {
            sum += bins[i] * weights[i];
        }

        return sum;
    }
}
