namespace Codecs.Models.LanguageCodec.Plain;

/// <summary>An exponential from additions and multiplications only: libraries differ in the last bit, this does not.</summary>
internal static class PlainMath
{
    private const double Log2 = 0.69314718055994530942;

    /// <summary>e^x for |x| up to 700, relative error below 1e-9.</summary>
    internal static double Exp(double x)
    {
        double n = Math.Round(x / Log2), r = x - (n * Log2);
        double y = 1 + (r * (1 + (r / 2 * (1 + (r / 3 * (1 + (r / 4 * (1 + (r / 5 * (1 + (r / 6 * (1 + (r / 7 * (1 + (r / 8)))))))))))))));
        return y * BitConverter.Int64BitsToDouble((1023L + (long)n) << 52);
    }
}
