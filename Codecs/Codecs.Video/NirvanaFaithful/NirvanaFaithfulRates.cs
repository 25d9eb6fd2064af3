using Codecs.Models.NirvanaFaithful;

namespace Codecs.Video.NirvanaFaithful;

/// <summary>What quality and effort mean: size of the network, price of a bit, length of a fit.</summary>
/// <remarks>The published network has 512 hidden units and 16 channels whatever is filmed, which is 0.38 integers per pixel of a 1080p group and 14 at 320x180.
/// Here it grows with the frame and doubles every 25 steps of quality; at quality 50 and 1080p it is the published one.</remarks>
internal static class NirvanaFaithfulRates
{
    private const double IntegersPerPixel = 0.38, MiddleQuality = 50, QualityPerDoubling = 25, MiddleLambda = 1e-3;
    private const double ManyIntegers = 600_000, FewIntegers = 150_000;
    private static readonly int[] s_key = [60, 125, 250, 500, 1000, 2000, 4000, 8000, 16000];
    private static readonly int[] s_warm = [20, 30, 50, 80, 150, 280, 540, 1040, 2000];

    /// <summary>The network for frames of a size.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="quality">1..100.</param>
    internal static NirvanaShape Shape(int width, int height, double quality)
    {
        double integers = IntegersPerPixel * NirvanaShape.Frames * width * height * Math.Pow(2, (quality - MiddleQuality) / QualityPerDoubling);
        int channels = integers >= ManyIntegers ? 16 : integers >= FewIntegers ? 8 : 4;

        // Hidden units squared, and twice for the inputs, and the last layer.
        double linear = 2 + (channels * NirvanaShape.Map * NirvanaShape.Map);
        double hidden = (Math.Sqrt((linear * linear) + (4 * integers)) - linear) / 2;
        int steps = (int)Math.Round(hidden / NirvanaShape.HiddenStep);
        return new NirvanaShape(Math.Clamp(steps * NirvanaShape.HiddenStep, 2 * NirvanaShape.HiddenStep, NirvanaShape.MaxHidden), channels);
    }

    /// <summary>Weight of bits per integer: the published 0.001 at quality 50, a tenth of it at 100.</summary>
    internal static double Lambda(double quality) => MiddleLambda * Math.Pow(10, (MiddleQuality - quality) / MiddleQuality);

    /// <summary>How a group is fitted.</summary>
    /// <param name="options">Of the chunk.</param>
    /// <param name="quality">Quality now in force.</param>
    /// <param name="isFresh">Whether the group starts afresh.</param>
    internal static FitSchedule Schedule(ChunkOptions options, double quality, bool isFresh)
    {
        int level = Math.Clamp(options.Effort, 1, s_key.Length) - 1;
        FitSchedule schedule = isFresh ? FitSchedule.Key(s_key[level]) : FitSchedule.Warm(s_warm[level]);
        return schedule with
        {
            Lambda = Lambda(quality),
            EnoughError = options.PsnrDb is { } decibels ? Math.Pow(10, -decibels / 10) : 0,
            StopsEarly = level < s_key.Length - 1,
            Time = options.SecondsPerFrame is { } seconds ? TimeSpan.FromSeconds(seconds * NirvanaShape.Frames) : null,
        };
    }
}
