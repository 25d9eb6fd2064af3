using Codecs.Metrics.Pictures;

namespace Codecs.Metrics.Tests.Pictures;

/// <summary>What holds for every metric of whole pictures.</summary>
public sealed class PictureMetricTests
{
    /// <summary>A metric: its function, the score of equal pictures, whether lower is better, the smallest side.</summary>
    private static readonly Dictionary<string, (Metric Compute, double Best, bool LowerIsBetter, int MinimumSide)> s_metrics = new()
    {
        ["HaarPSI"] = (HaarPsi.Compute, 1, false, 1),
        ["GMSD"] = (Gmsd.Compute, 0, true, 1),
        ["MDSI"] = (Mdsi.Compute, 0, true, 1),
        ["DSS"] = (Dss.Compute, 1, false, Dss.MinimumSide),
        ["SSIMULACRA2"] = (Ssimulacra2.Compute, 100, false, Ssimulacra2.MinimumSide),
    };

    public delegate double Metric(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int width, int height);

    public static TheoryData<string> Names => [.. s_metrics.Keys];

    /// <summary>
    /// Values of a separate program in double precision, written from the papers and the authors' programs (SSIMULACRA 2 with the recursive
    /// filter). That program and this library both agree with the authors' published values for TID2008's I01 and i01_01_5: HaarPSI
    /// 0.71706527, GMSD 0.0941247 (which divides by n - 1), MDSI 0.33897260, DSS 0.7718 (which rounds luma to whole levels).
    /// </summary>
    [Theory]
    [InlineData("HaarPSI", 8, 8, 0.97789778, 1e-6)]
    [InlineData("HaarPSI", 9, 23, 0.98252487, 1e-6)]
    [InlineData("HaarPSI", 101, 67, 0.79951969, 1e-6)]
    [InlineData("HaarPSI", 260, 391, 0.71133412, 1e-6)]
    [InlineData("GMSD", 8, 8, 0.00352875, 1e-6)]
    [InlineData("GMSD", 9, 23, 0.00242892, 1e-6)]
    [InlineData("GMSD", 101, 67, 0.08258317, 1e-6)]
    [InlineData("GMSD", 260, 391, 0.11561838, 1e-6)]
    [InlineData("MDSI", 8, 8, 0.32101632, 1e-6)]
    [InlineData("MDSI", 9, 23, 0.34494914, 1e-6)]
    [InlineData("MDSI", 101, 67, 0.41860955, 1e-6)]
    [InlineData("MDSI", 260, 391, 0.48287457, 1e-6)]
    [InlineData("DSS", 8, 8, 0.99611768, 1e-6)]
    [InlineData("DSS", 9, 23, 0.99616061, 1e-6)]
    [InlineData("DSS", 101, 67, 0.88972536, 1e-6)]
    [InlineData("DSS", 260, 391, 0.87251315, 1e-6)]
    // Floats as in the reference, against doubles.
    [InlineData("SSIMULACRA2", 8, 8, 92.50141016, 0.005)]
    [InlineData("SSIMULACRA2", 9, 23, 92.02680679, 0.005)]
    [InlineData("SSIMULACRA2", 101, 67, 31.36922314, 0.005)]
    [InlineData("SSIMULACRA2", 260, 391, 11.52694507, 0.005)]
    public void ScoresAreThoseOfASeparateProgram(string name, int width, int height, double expected, double tolerance)
    {
        byte[] picture = TestPictures.Patches(width, height);
        byte[] damaged = TestPictures.Damaged(picture, width, height);

        Assert.Equal(expected, s_metrics[name].Compute(picture, damaged, width, height), tolerance);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EqualPicturesGiveTheBestScore(string name)
    {
        (Metric compute, double best, _, int minimum) = s_metrics[name];
        foreach ((int width, int height) in new[] { (minimum, minimum), (minimum, minimum + 30), (65, 33), (128, 128) })
        {
            byte[] picture = TestPictures.Patches(width, height);
            Assert.Equal(best, compute(picture, picture, width, height), 1e-9);
            Assert.Equal(best, compute(new byte[picture.Length], new byte[picture.Length], width, height), 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void MoreBlurIsWorse(string name) =>
        AssertFalls(name, picture => [.. new[] { 1, 2, 3, 5, 8 }.Select(radius => TestPictures.Blurred(picture, 150, 131, radius))]);

    [Theory]
    [MemberData(nameof(Names))]
    public void CoarserBlocksAreWorse(string name) =>
        AssertFalls(name, picture => [.. new[] { 0.95, 0.8, 0.5, 0.2, 0 }.Select(keep => TestPictures.Blocky(picture, 150, 131, keep))]);

    [Theory]
    [MemberData(nameof(Names))]
    public void PicturesThatDoNotFitAreRefused(string name)
    {
        (Metric compute, _, _, int minimum) = s_metrics[name];
        int length = minimum * minimum * 3;
        Assert.Throws<ArgumentException>(() => compute(new byte[length], new byte[length + 1], minimum, minimum));
        Assert.Throws<ArgumentException>(() => compute(new byte[length / 3], new byte[length / 3], minimum, minimum));
        Assert.ThrowsAny<ArgumentException>(() => compute(new byte[length], new byte[length], int.MaxValue, int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => compute(new byte[(minimum - 1) * 30], new byte[(minimum - 1) * 30], minimum - 1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => compute(new byte[(minimum - 1) * 30], new byte[(minimum - 1) * 30], 10, minimum - 1));
    }

    private static void AssertFalls(string name, Func<byte[], byte[][]> damage)
    {
        (Metric compute, double best, bool lowerIsBetter, _) = s_metrics[name];
        byte[] picture = TestPictures.Waves(150, 131);
        double before = best;
        foreach (byte[] damaged in damage(picture))
        {
            double score = compute(picture, damaged, 150, 131);
            Assert.True(lowerIsBetter ? score > before : score < before, $"{name}: {score} after {before}");
            before = score;
        }
    }
}
