using System.Globalization;
using System.Numerics;

namespace Codecs.EntropyCoding;

/// <summary>The normal distribution in fixed point: the same bits on every machine.</summary>
internal static class NormalDistribution
{
    /// <summary>Fractional bits of all numbers in here.</summary>
    public const int Fraction = 256;

    /// <summary>From here on the tail is below 2^-76 and therefore zero in the 63 bits that the tables keep.</summary>
    public const int Saturation = 10;

    // 1 / sqrt(2 pi) * 2^256, rounded down.
    private static readonly BigInteger s_inverseRootTwoPi = BigInteger.Parse(
        "0662114cf50d942343f2cf1402eae38bfd3829f30512706d8c0471b4802639d2e", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Phi(x) - 1/2 for x &gt;= 0, times 2^256, with an absolute error below 2^-170.</summary>
    /// <param name="x">The argument times 2^256.</param>
    /// <remarks>
    /// Taylor series (1/sqrt(2 pi)) * sum over k of (-1)^k x^(2k+1) / (2^k k! (2k+1)). Its largest term is below e^(x^2/2) &lt; 2^73 for
    /// x &lt; 10, so cancellation and the magnified rounding of the terms cost less than 85 of the 256 bits; no second method is needed.
    /// </remarks>
    public static BigInteger HalfIntegral(BigInteger x)
    {
        if (x >> Fraction >= Saturation)
        {
            return BigInteger.One << (Fraction - 1);
        }

        BigInteger halfSquare = (x * x) >> (Fraction + 1);
        BigInteger term = x;
        BigInteger sum = x;
        for (int k = 1; !term.IsZero; k++)
        {
            term = ((term * halfSquare) >> Fraction) / k;
            BigInteger part = term / (2 * k + 1);
            sum = (k & 1) == 0 ? sum + part : sum - part;
        }

        return (sum * s_inverseRootTwoPi) >> Fraction;
    }
}
