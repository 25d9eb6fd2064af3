using Codecs.Models.Walloc;

namespace Codecs.Audio.Walloc;

/// <summary>Latents of a pair to left and right.</summary>
internal sealed class PairRenderer(WallocAudioSynthesis synthesis, float noise) : ISoundRenderer
{
    private static readonly float s_half = MathF.Sqrt(0.5f);

    /// <inheritdoc/>
    public int Context => WallocAudioSynthesis.Context;

    /// <inheritdoc/>
    public float[][] Render(short[] values, byte[] rates, int skip, int count, long firstFrame)
    {
        float[] steps = Array.ConvertAll(values, s => (float)s), mid = new float[count * AudioWalloc.Stride], side = new float[mid.Length];
        synthesis.Synthesize(steps, rates, skip, count, firstFrame, noise, mid, side);
        for (int i = 0; i < mid.Length; i++)
        {
            float m = mid[i] * s_half, s = side[i] * s_half;
            (mid[i], side[i]) = (m + s, m - s);
        }

        return [mid, side];
    }
}
