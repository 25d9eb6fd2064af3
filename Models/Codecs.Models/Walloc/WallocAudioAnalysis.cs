using Codecs.Formats.Weights;
using Codecs.Models.Layers;
using Codecs.Models.Wavelets;

namespace Codecs.Models.Walloc;

/// <summary>The encoder of <c>walloc-audio</c>: wavelet packets of mid and side and one matrix, in plain code.</summary>
internal sealed class WallocAudioAnalysis
{
    /// <summary>Frames of context on each side from which on a frame's latent is that of the whole signal.</summary>
    internal const int Context = 8;

    private const int Stride = AudioWalloc.Stride, Channels = AudioWalloc.Latents;
    private readonly FloatMatrix _matrix;

    /// <exception cref="ModelMismatchException">A tensor is missing or has another size.</exception>
    internal WallocAudioAnalysis(SafetensorsFile file)
    {
        _matrix = new FloatMatrix(
            WeightLoader.Floats(file, "encoder.weight", AudioWalloc.Coefficients * Channels), WeightLoader.Floats(file, "encoder.bias", Channels));
        Steps = new LatentSteps(file, Channels);
    }

    /// <summary>Gain and compander of the model.</summary>
    internal LatentSteps Steps { get; }

    /// <summary>The latents of a stretch, before gain and compander.</summary>
    /// <param name="mid">Samples, full scale ±0.5, a multiple of 256.</param>
    /// <param name="side">As many.</param>
    /// <returns>[frames, 96].</returns>
    internal float[] Transform(ReadOnlySpan<float> mid, ReadOnlySpan<float> side)
    {
        int frames = mid.Length / Stride;
        float[] bands = new float[mid.Length], packets = new float[2 * mid.Length], latent = new float[frames * Channels];
        for (int channel = 0; channel < 2; channel++)
        {
            WaveletPacket1D.Analyze(channel == 0 ? mid : side, AudioWalloc.WaveletLevels, bands);
            for (int t = 0; t < frames; t++)
            {
                bands.AsSpan(t * Stride, Stride).CopyTo(packets.AsSpan(((2 * t) + channel) * Stride));
            }
        }

        _matrix.Apply(packets, latent);
        return latent;
    }
}
