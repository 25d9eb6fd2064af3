using Codecs.Formats.Weights;
using Codecs.Models.Layers;
using Codecs.Models.Wavelets;

namespace Codecs.Models.Walloc;

/// <summary>The encoder of <c>walloc-image</c>: wavelet packets and one matrix, in plain code.</summary>
internal sealed class WallocImageAnalysis
{
    private const int Cell = ImageWalloc.Stride, Channels = ImageWalloc.Latents, Bands = Cell * Cell;
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
    internal static (int Rows, int Columns) LatentSize(int width, int height) => ((height + Cell - 1) / Cell, (width + Cell - 1) / Cell);

    /// <summary>The latent of a picture in companded steps, not rounded.</summary>
    /// <param name="rgb">Interleaved 8-bit RGB rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="rate">Rate index.</param>
    /// <returns>[rows, columns, channels].</returns>
    internal float[] Analyze(ReadOnlySpan<byte> rgb, int width, int height, int rate)
    {
        float[] latent = Transform(rgb, width, height);
        _steps.Compand(latent, rate);
        return latent;
    }

    /// <summary>The linear part alone: packets and matrix.</summary>
    internal float[] Transform(ReadOnlySpan<byte> rgb, int width, int height)
    {
        (int rows, int columns) = LatentSize(width, height);
        int paddedWidth = columns * Cell, paddedHeight = rows * Cell, samples = paddedWidth * paddedHeight;
        float[] plane = new float[samples], bands = new float[samples], packets = new float[samples * 3];
        for (int colour = 0; colour < 3; colour++)
        {
            // Beyond the right and bottom edge the picture is mirrored.
            for (int y = 0; y < paddedHeight; y++)
            {
                int row = Mirror(y, height) * width;
                for (int x = 0; x < paddedWidth; x++)
                {
                    plane[(y * paddedWidth) + x] = (rgb[((row + Mirror(x, width)) * 3) + colour] / 255f) - 0.5f;
                }
            }

            WaveletPacket2D.Analyze(plane, paddedWidth, ImageWalloc.WaveletLevels, bands);
            for (int p = 0; p < rows * columns; p++)
            {
                bands.AsSpan(p * Bands, Bands).CopyTo(packets.AsSpan((p * ImageWalloc.Coefficients) + (colour * Bands)));
            }
        }

        float[] latent = new float[rows * columns * Channels];
        _matrix.Apply(packets, latent);
        return latent;
    }

    private static int Mirror(int at, int size) => at < size ? at : Math.Max(0, (2 * size) - 1 - at);
}
