using Codecs.Formats.Weights;
using Codecs.Models.Layers;
using Codecs.Models.Wavelets;

namespace Codecs.Models.Walloc;

/// <summary>The encoder of <c>walloc-image</c>: wavelet packets and one matrix, in plain code.</summary>
internal sealed class WallocImageAnalysis
{
    private const int Channels = ImageWalloc.Latents;
    private readonly FloatMatrix _matrix;
    private readonly LatentSteps _steps;

    /// <exception cref="ModelMismatchException">A tensor is missing or has another size.</exception>
    internal WallocImageAnalysis(SafetensorsFile file)
    {
        _matrix = new FloatMatrix(
            WeightLoader.Floats(file, "encoder.weight", ImageWalloc.Coefficients * Channels), WeightLoader.Floats(file, "encoder.bias", Channels));
        _steps = new LatentSteps(file, Channels);
    }

    /// <summary>Rows and columns of the latent of a picture.</summary>
    internal static (int Rows, int Columns) LatentSize(int width, int height) => (WaveletPacket2D.Cells(height), WaveletPacket2D.Cells(width));

    /// <summary>The latent of a picture in companded steps, not rounded.</summary>
    /// <param name="rgb">Interleaved 8-bit RGB rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="rate">Rate index.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <returns>[rows, columns, channels].</returns>
    internal float[] Analyze(ReadOnlyMemory<byte> rgb, int width, int height, int rate, int threads = 1)
    {
        float[] gain = _steps.Gain(rate);
        return Run(rgb, width, height, threads, latent => _steps.Compand(latent, gain));
    }

    /// <summary>The linear part alone: packets and matrix.</summary>
    /// <inheritdoc cref="Analyze" path="/param|/returns"/>
    internal float[] Transform(ReadOnlyMemory<byte> rgb, int width, int height, int threads = 1) => Run(rgb, width, height, threads, null);

    private float[] Run(ReadOnlyMemory<byte> rgb, int width, int height, int threads, SpanAction? finish)
    {
        (int rows, int columns) = LatentSize(width, height);
        float[] latent = GC.AllocateUninitializedArray<float>(checked(rows * columns * Channels));
        int strips = (rows + WaveletPacket2D.AnalysisRows - 1) / WaveletPacket2D.AnalysisRows;
        ParallelStrips.Run(strips, threads, () => new Strip(), (strip, i) =>
        {
            int row = i * WaveletPacket2D.AnalysisRows, count = Math.Min(WaveletPacket2D.AnalysisRows, rows - row);
            Span<float> part = latent.AsSpan(row * columns * Channels, count * columns * Channels);
            for (int left = 0; left < columns; left += WaveletPacket2D.Columns)
            {
                strip.Packets.Analyze(rgb.Span, width, height, row, left);
                for (int column = left; column < Math.Min(left + WaveletPacket2D.Columns, columns); column++)
                {
                    strip.Packets.CopyPanel(column, strip.Panel);
                    _matrix.Apply(strip.Panel, count, part[(column * Channels)..], columns * Channels);
                }
            }

            finish?.Invoke(part);
        });
        return latent;
    }

    private delegate void SpanAction(Span<float> latent);

    private sealed class Strip
    {
        internal WaveletPacket2D Packets { get; } = new();

        internal float[] Panel { get; } = new float[WaveletPacket2D.Channels * Layers.Panel.Lanes];
    }
}
