using System.IO.Hashing;
using System.Runtime.InteropServices;
using Codecs.Formats.Weights;
using Codecs.Models.LanguageCodec;
using Codecs.Tests;

namespace Codecs.Models.Tests.LanguageCodec;

/// <summary>Codes and samples are the same for ever, on every machine and whatever its instructions.</summary>
/// <remarks>Signal and weights come from integers. A mismatch is a bug or a new revision of the model, never a reason to write the numbers again.</remarks>
public sealed class SpeechKnownAnswerTests
{
    private const int Frames = 75;

    [Theory]
    [InlineData(3, 1587270647694648843, 2482118860230844270)]
    [InlineData(8, 5119679709641232963, 7045596820340179555)]
    public void CodesAndSamplesAreThoseKnown(int codebooks, ulong expectedCodes, ulong expectedSamples)
    {
        SafetensorsFile file = SpeechFiles.FromIntegers();
        var vectors = new SpeechCodebooks(file);
        float[] latents = SpeechFiles.Vectors(new SpeechAnalysis(file).Transform(Sound()));
        short[] codes = new SpeechQuantizer(vectors, survivors: 4).Quantize(latents, codebooks);
        float[] samples = new float[Frames * SpeechShape.Hop];
        new SpeechSynthesis(file, vectors).Synthesize(codes, codebooks, 0, samples);

        Assert.All(Enumerable.Range(0, codebooks), q => Assert.InRange(codes.Where((_, i) => i % SpeechShape.Codebooks == q).Distinct().Count(), 10, Frames));
        Assert.InRange(samples.Max(Math.Abs), 0.01f, 100);
        Assert.Equal((expectedCodes, expectedSamples), (Hash(codes), Hash(samples)));
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512F", "0")]
    [InlineData("DOTNET_EnableAVX512", "0")]
    [InlineData("DOTNET_EnableAVX2", "0")]
    [InlineData("DOTNET_EnableAVX", "0")]
    public Task CodesAndSamplesAreThoseKnownWithoutAnInstructionSet(string variable, string value) =>
        ChildRun.PassesAsync(nameof(CodesAndSamplesAreThoseKnown), variable, value);

    // Three triangle waves that swell and fall in turn, and noise; silence before and behind.
    private static float[] Sound()
    {
        float[] sound = new float[(Frames * SpeechShape.Hop) + (2 * SpeechShape.Lead)], noise = IntegerNoise.Create("sound", sound.Length);
        for (int i = 0; i < Frames * SpeechShape.Hop; i++)
        {
            int level = Math.Abs((i % 8192) - 4096), low = Triangle(i, 171), middle = Triangle(i, 53), high = Triangle(i, 11);
            int sum = (low * level) + (middle * (4096 - level)) + (high * (level / 4));
            sound[SpeechShape.Lead + i] = (sum / (float)(1 << 27)) + (noise[i] / 256);
        }

        return sound;
    }

    // -4096..4096.
    private static int Triangle(int i, int period) => (Math.Abs((i % (2 * period)) - period) * 8192 / period) - 4096;

    private static ulong Hash<T>(T[] values)
        where T : unmanaged => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(values.AsSpan()));
}
