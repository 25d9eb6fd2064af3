using Codecs.Formats.Weights;
using Codecs.Models.Layers;
using Codecs.Models.Wavelets;

namespace Codecs.Models.Walloc;

/// <summary>The encoder of <c>walloc-audio</c>: wavelet packets of mid and side and one matrix, in plain code.</summary>
internal sealed class WallocAudioAnalysis
{
    /// <summary>Frames of context on each side from which on a frame's latent is that of the whole signal.</summary>
    internal const int Context = WaveletPacket1D.Before; // the larger of the two sides

    private const int Stride = AudioWalloc.Stride, Channels = AudioWalloc.Latents, Lanes = Panel.Lanes;

    // Frames of a piece, and with its context: two buffers of one channel fit a second-level cache.
    private const int PieceFrames = 4 * Lanes, OuterFrames = PieceFrames + WaveletPacket1D.Before + WaveletPacket1D.After;
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
        if (frames * Stride != mid.Length || side.Length != mid.Length)
        {
            throw new ArgumentException($"Mid has {mid.Length} samples and side {side.Length}; expected the same multiple of {Stride}.");
        }

        float[] latent = GC.AllocateUninitializedArray<float>(checked(frames * Channels)), panel = new float[AudioWalloc.Coefficients * Lanes];
        float[] midPiece = new float[OuterFrames * Stride], sidePiece = new float[OuterFrames * Stride];
        float[] midSpare = new float[OuterFrames * Stride], sideSpare = new float[OuterFrames * Stride];
        for (int first = 0; first < frames; first += PieceFrames)
        {
            int end = Math.Min(first + PieceFrames, frames), outer = Math.Max(0, first - WaveletPacket1D.Before);
            int outerFrames = Math.Min(end + WaveletPacket1D.After, frames) - outer;
            ReadOnlySpan<float> midBands = Bands(mid.Slice(outer * Stride, outerFrames * Stride), midPiece, midSpare);
            ReadOnlySpan<float> sideBands = Bands(side.Slice(outer * Stride, outerFrames * Stride), sidePiece, sideSpare);
            for (int frame = first; frame < end; frame += Lanes)
            {
                int count = Math.Min(Lanes, end - frame);
                CopyRows(midBands, outerFrames, frame - outer, count, panel);
                CopyRows(sideBands, outerFrames, frame - outer, count, panel.AsSpan(Stride * Lanes));
                _matrix.Apply(panel, count, latent.AsSpan(frame * Channels), Channels);
            }
        }

        return latent;
    }

    private static Span<float> Bands(ReadOnlySpan<float> samples, Span<float> piece, Span<float> spare)
    {
        samples.CopyTo(piece);
        return WaveletPacket1D.Bands(piece[..samples.Length], AudioWalloc.WaveletLevels, spare[..samples.Length]);
    }

    // A band's neighbouring frames are neighbours in memory: a row of the panel.
    private static void CopyRows(ReadOnlySpan<float> bands, int frames, int first, int count, Span<float> panel)
    {
        for (int band = 0; band < Stride; band++)
        {
            bands.Slice((band * frames) + first, count).CopyTo(panel.Slice(band * Lanes, Lanes));
        }
    }
}
