using Codecs.Models.Exact;

namespace Codecs.Models.Nirvana;

/// <summary>What a predicted mean and scale are worth: squared error of what is decoded, in steps, plus the price of the bits.</summary>
/// <remarks>Where the residual is quantised to 0 the error of the mean is the distortion; elsewhere the quantiser hides it, and it costs bits: a Laplace
/// distribution's log is linear. The quantiser's decision is taken as given (straight through).</remarks>
internal sealed class ResidualLoss
{
    private const int Tables = LaplaceTables.Count, Magnitudes = 64, Fine = 16;
    private readonly float _price;
    private readonly float[] _bits;
    private readonly float[] _slopes;
    private readonly float[] _bitsPerStep;

    /// <param name="bitPrice">Price of a bit in squared steps.</param>
    internal ResidualLoss(float bitPrice)
    {
        _price = bitPrice;
        _bits = new float[Tables * Fine * Magnitudes];
        _slopes = new float[_bits.Length];
        _bitsPerStep = new float[Tables * Fine];
        for (int t = 0; t < Tables * Fine; t++)
        {
            double table = t / (double)Fine;
            _bitsPerStep[t] = (float)(1 / (LaplaceTables.Scale(table) * Math.Log(2)));
            for (int q = 0; q < Magnitudes; q++)
            {
                _bits[(t * Magnitudes) + q] = (float)Bits(q, table);
                _slopes[(t * Magnitudes) + q] = (float)(Bits(q, table + 0.05) - Bits(q, table - 0.05)) / 0.1f;
            }
        }
    }

    /// <summary>The loss of one position and its gradients.</summary>
    /// <param name="target">Half difference in units of two steps.</param>
    /// <param name="mean">Predicted, in units of two steps.</param>
    /// <param name="scale">Predicted logarithm of the scale.</param>
    /// <param name="meanGradient">Derivative by <paramref name="mean"/>.</param>
    /// <param name="scaleGradient">Derivative by <paramref name="scale"/>.</param>
    internal float Of(float target, float mean, float scale, out float meanGradient, out float scaleGradient)
    {
        float table = LaplaceTables.Middle + (scale * (1 << LaplaceTables.PerNepBits));
        bool inside = table is > 0 and < Tables - 1;
        int fine = (int)(Math.Clamp(table, 0, Tables - 1) * Fine), row = fine * Magnitudes;
        float residual = 2 * (target - mean), magnitude = Math.Min(Math.Abs(residual), Magnitudes - 2);
        int low = (int)magnitude;
        float part = magnitude - low;
        float atLow = (part * part) + (_price * _bits[row + low]), atHigh = ((1 - part) * (1 - part)) + (_price * _bits[row + low + 1]);
        float atZero = (magnitude * magnitude) + (_price * _bits[row]);
        int quantized = atLow <= atHigh ? low : low + 1;
        quantized = atZero < Math.Min(atLow, atHigh) ? 0 : quantized;
        meanGradient = quantized == 0 ? -4 * residual : -2 * _price * MathF.Sign(residual) * _bitsPerStep[fine];
        float slope = _slopes[row + quantized];

        // Outside the tables the scale may only come back.
        scaleGradient = inside || (table <= 0 && slope < 0) || (table > 0 && slope > 0) ? _price * slope * (1 << LaplaceTables.PerNepBits) : 0;
        return quantized == 0 ? atZero : Math.Min(atLow, atHigh);
    }

    private static double Bits(int magnitude, double table)
    {
        double b = LaplaceTables.Scale(table);
        return magnitude == 0
            ? -Math.Log2(1 - Math.Exp(-0.5 / b))
            : 1 + ((magnitude - 0.5) / (b * Math.Log(2))) - Math.Log2(1 - Math.Exp(-1 / b));
    }
}
