using Codecs.Formats.Weights;
using Codecs.Models.Layers;
using Codecs.Models.LanguageCodec.Plain;

namespace Codecs.Models.LanguageCodec;

/// <summary>The eight codebooks in plain code: sums of code vectors.</summary>
internal sealed class SpeechCodebooks
{
    /// <summary>Name of the tensor, [8, 1024, 128]; the first three are zero outside their third.</summary>
    internal const string Tensor = "codebooks";

    private readonly float[] _vectors;

    /// <exception cref="ModelMismatchException">The tensor is missing or has another size.</exception>
    internal SpeechCodebooks(SafetensorsFile file) =>
        _vectors = WeightLoader.Floats(file, Tensor, SpeechShape.Codebooks * SpeechShape.CodebookSize * SpeechShape.Latent);

    /// <summary>A code vector, [128].</summary>
    internal ReadOnlySpan<float> Vector(int codebook, int index) =>
        _vectors.AsSpan(((codebook * SpeechShape.CodebookSize) + index) * SpeechShape.Latent, SpeechShape.Latent);

    /// <summary>The quantised latents, [frames, 128].</summary>
    /// <inheritdoc cref="Sum" path="/param"/>
    internal float[] Sums(ReadOnlySpan<short> codes)
    {
        FrameMap map = Sum(codes);
        return map.ToFrames(0, map.Frames);
    }

    /// <summary>The quantised latents.</summary>
    /// <param name="codes">[frames, 8], 0..1023, below 0 where there is none.</param>
    /// <returns>128 rows, zeros behind the last frame.</returns>
    internal FrameMap Sum(ReadOnlySpan<short> codes)
    {
        int frames = codes.Length / SpeechShape.Codebooks;
        var sums = new FrameMap(SpeechShape.Latent, frames);
        for (int t = 0; t < frames; t++)
        {
            for (int q = 0; q < SpeechShape.Codebooks; q++)
            {
                int code = codes[(t * SpeechShape.Codebooks) + q];
                if (code < 0)
                {
                    continue;
                }

                ReadOnlySpan<float> vector = Vector(q, code);
                (int start, int end) = SpeechShape.PartOf(q);
                for (int i = start; i < end; i++)
                {
                    sums.Row(i)[t] += vector[i];
                }
            }
        }

        return sums;
    }
}
