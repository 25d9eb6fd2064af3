using Codecs.Formats.Container;
using Codecs.Models.LanguageCodec;
using Codecs.Models.Tests.LanguageCodec.Indices;

namespace Codecs.Audio.Tests;

/// <summary>Made-up codebook indices, and files whose units were changed.</summary>
internal static class SpeechTokens
{
    /// <summary>Indices with runs of equal frames, for a sound that is as long as they allow.</summary>
    internal static AudioTokens Create(int frames, int codebooks = SpeechShape.Codebooks, int seed = 1, int sampleRate = SpeechShape.SampleRate) => new(
        sampleRate, (long)frames * SpeechShape.Hop * sampleRate / SpeechShape.SampleRate, 0.5, codebooks,
        Prefix(RandomIndexModel.Codes(frames, seed), SpeechShape.Codebooks, codebooks));

    /// <summary>The first codebooks alone.</summary>
    internal static AudioTokens Prefix(AudioTokens tokens, int codebooks) =>
        tokens with { Codebooks = codebooks, Values = Prefix(tokens.Values, tokens.Codebooks, codebooks) };

    /// <summary>The same file with other units; those that become null are left out.</summary>
    internal static byte[] Rewrite(byte[] file, Func<DataUnit, DataUnit?> change)
    {
        using var reader = new NcfStreamReader(new MemoryStream(file), NcfLimits.Default);
        using var output = new MemoryStream();
        using (var writer = new NcfStreamWriter(output, reader.ReadHeader()!))
        {
            while (reader.ReadUnit() is { } unit)
            {
                if (change(unit) is { } changed)
                {
                    writer.WriteUnit(changed);
                }
            }

            writer.Complete();
        }

        return output.ToArray();
    }

    /// <summary>A file with fewer codebooks.</summary>
    internal static byte[] Truncate(AudioCodec codec, byte[] file, int codebooks)
    {
        using var output = new MemoryStream();
        codec.Truncate(new MemoryStream(file), output, codebooks);
        return output.ToArray();
    }

    private static short[] Prefix(short[] values, int width, int codebooks) => [.. values.Where((_, i) => i % width < codebooks)];
}
