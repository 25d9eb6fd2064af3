using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Audio;

/// <summary>Speech as codebook indices: what a speech language model is trained on. <see cref="AudioTokensFile"/> reads and writes them.</summary>
/// <param name="SampleRate">Rate of the sound that they came from, or that they shall become.</param>
/// <param name="SampleCount">Its samples; at most <c>Frames · SampleRate / FramesPerSecond</c>.</param>
/// <param name="Peak">Its largest magnitude: indices do not know the level. 0.5 for those that no sound stands behind.</param>
/// <param name="Codebooks">Codebooks, 3 to 8. The first three quantise thirds of the latent side by side, each further one what those before it leave.</param>
/// <param name="Values">Indices [frames, codebooks], frame by frame, 0..1023.</param>
public sealed record AudioTokens(int SampleRate, long SampleCount, double Peak, int Codebooks, short[] Values)
{
    /// <summary>Frames per second.</summary>
    public const int FramesPerSecond = 75;

    /// <summary>Entries of a codebook.</summary>
    public const int CodebookSize = 1024;

    /// <summary>The fewest codebooks that make a sound.</summary>
    public const int FewestCodebooks = 3;

    /// <summary>All codebooks.</summary>
    public const int MostCodebooks = 8;

    /// <summary>Frames.</summary>
    public int Frames => Values.Length / Codebooks;

    /// <summary>Name of the model whose codebooks are meant, for people; it decides nothing.</summary>
    public string Model { get; init; } = "";

    /// <summary>Start of the synthesis fingerprint of that model: others put other sounds behind the indices. Empty when not known.</summary>
    public FingerprintPrefix Weights { get; init; }

    /// <summary>The same sound with its first codebooks only; itself when there are no more.</summary>
    /// <param name="codebooks">How many, at least <see cref="FewestCodebooks"/>.</param>
    public AudioTokens Take(int codebooks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(codebooks, FewestCodebooks);
        return codebooks < Codebooks ? this with { Codebooks = codebooks, Values = Narrow(Values, Codebooks, codebooks) } : this;
    }

    /// <summary>The first columns of rows.</summary>
    internal static short[] Narrow(short[] values, int width, int columns)
    {
        short[] narrow = new short[values.Length / width * columns];
        for (int i = 0; i < narrow.Length; i++)
        {
            narrow[i] = values[(i / columns * width) + (i % columns)];
        }

        return narrow;
    }

    /// <summary>The samples of as many frames, the last one whole.</summary>
    internal static long SamplesOf(long frames, int sampleRate) => Resampler.OutputCount(frames, FramesPerSecond, sampleRate);

    /// <summary>What keeps these from being the indices of a sound, in words; null when nothing does.</summary>
    internal string? FindFault()
    {
        if (Codebooks is < FewestCodebooks or > MostCodebooks || Values.Length == 0 || Values.Length % Codebooks != 0)
        {
            return $"{Values.Length} indices of {Codebooks} codebooks are no whole frames of {FewestCodebooks} to {MostCodebooks}";
        }

        if (Array.FindIndex(Values, v => v is < 0 or >= CodebookSize) is >= 0 and var at)
        {
            return $"index {Values[at]} of codebook {at % Codebooks} in frame {at / Codebooks} is outside 0..{CodebookSize - 1}";
        }

        if (SampleRate is < 1 or > Waveform.MaxSampleRate)
        {
            return $"{SampleRate} Hz is no sample rate";
        }

        if (SampleCount < 1 || SampleCount > SamplesOf(Frames, SampleRate))
        {
            return $"{Frames} frames are {SamplesOf(Frames, SampleRate)} samples at most, not {SampleCount}";
        }

        return Peak is >= 0 and < double.PositiveInfinity ? null : $"{Peak} is no peak";
    }
}
