namespace Codecs.Audio;

/// <summary>Speech as codebook indices: what a speech language model is trained on.</summary>
/// <param name="SampleRate">Rate of the sound that they came from, or that they shall become.</param>
/// <param name="SampleCount">Its samples; at most <c>Frames · SampleRate / FramesPerSecond</c>.</param>
/// <param name="Peak">Its largest magnitude: indices do not know the level. 0.5 for those that no sound stands behind.</param>
/// <param name="Codebooks">Codebooks, 3 to 8. The first three quantise thirds of the latent side by side, each further one what those before it leave.</param>
/// <param name="Values">Indices [frames, codebooks], frame by frame, 0..1023.</param>
public sealed record AudioTokens(int SampleRate, long SampleCount, double Peak, int Codebooks, short[] Values)
{
    /// <summary>Frames per second.</summary>
    public const int FramesPerSecond = 75;

    /// <summary>Frames.</summary>
    public int Frames => Values.Length / Codebooks;
}
