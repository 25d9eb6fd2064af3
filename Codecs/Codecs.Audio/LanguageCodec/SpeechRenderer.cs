using Codecs.Models.LanguageCodec;

namespace Codecs.Audio.LanguageCodec;

/// <summary>Codes to samples. Stretches with another number of codebooks are made apart; lost ones, with none, are silent.</summary>
internal sealed class SpeechRenderer(SpeechSynthesis synthesis) : ISoundRenderer
{
    private const int Books = SpeechShape.Codebooks;

    /// <inheritdoc/>
    public int Context => SpeechSynthesis.Context;

    /// <inheritdoc/>
    public float[][] Render(short[] values, byte[] rates, int skip, int count, long firstFrame)
    {
        float[] samples = new float[count * SpeechShape.Hop];
        for (int at = skip, run; at < skip + count; at += run)
        {
            for (run = 1; at + run < skip + count && rates[at + run] == rates[at]; run++)
            {
            }

            if (rates[at] > 0)
            {
                int first = Math.Max(0, at - Context), end = Math.Min(rates.Length, at + run + Context);
                synthesis.Synthesize(
                    values.AsSpan(first * Books, (end - first) * Books), rates[at], at - first, samples.AsSpan((at - skip) * SpeechShape.Hop, run * SpeechShape.Hop));
            }
        }

        return [samples];
    }
}
