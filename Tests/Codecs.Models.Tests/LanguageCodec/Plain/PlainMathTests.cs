using Codecs.Models.LanguageCodec.Plain;
using CsCheck;

namespace Codecs.Models.Tests.LanguageCodec.Plain;

public sealed class PlainMathTests
{
    [Fact]
    public void ExpIsTheExponential() =>
        Gen.Double[-700, 700].Sample(x => Assert.InRange(PlainMath.Exp(x) / Math.Exp(x), 1 - 1e-9, 1 + 1e-9), iter: 20_000);

    [Theory]
    [InlineData(0)]
    [InlineData(0.34657)] // half of log 2: farthest from where the series is centred
    [InlineData(-0.34658)]
    [InlineData(4.6)]
    [InlineData(700)]
    [InlineData(-700)]
    public void ExpIsTheExponentialAtTheSeams(double x) => Assert.InRange(PlainMath.Exp(x) / Math.Exp(x), 1 - 1e-9, 1 + 1e-9);

    [Fact]
    public void ExpOfNothingIsOne() => Assert.Equal(1, PlainMath.Exp(0));
}
