using Codecs.Formats.Weights;
using Codecs.Models.Layers;
using Codecs.Models.Wavelets;
using static TorchSharp.torch;

namespace Codecs.Models.Walloc;

/// <summary>The decoder of <c>walloc-image</c>: the network tile by tile on any device, then the inverse wavelet packets.</summary>
/// <remarks>Tiles overlap by more than the network's reach, so the result is that of a whole-picture run.</remarks>
internal sealed class WallocImageSynthesis : IDisposable
{
    private const int TileSize = 96, Halo = ImageWalloc.Blocks + 1; // latent positions; each block reaches one
    private const long BytesPerTile = 64 << 20;
    private const int Channels = ImageWalloc.Latents, Coefficients = ImageWalloc.Coefficients;
    private readonly ImageWallocDecoder _decoder;
    private readonly LatentSteps _steps;
    private readonly Device _device;
    private readonly int _threads;

    /// <param name="file">The weights.</param>
    /// <param name="device">Where to run.</param>
    /// <param name="threads">Threads to use; for torch a process-wide setting.</param>
    /// <exception cref="ModelMismatchException">A tensor is missing or has another shape.</exception>
    internal WallocImageSynthesis(SafetensorsFile file, ComputeDevice device, int threads)
    {
        NativeBackend.EnsureLoaded();
        set_num_threads(threads);
        (_device, _threads) = (device.ToTorch(), threads);
        var policy = new ComputePolicy();
        _decoder = new ImageWallocDecoder(policy, policy);
        WeightLoader.Load(_decoder, file, "decoder.", _device);
        _steps = new LatentSteps(file, Channels);
    }

    /// <summary>The picture of a latent.</summary>
    /// <param name="steps">[rows, columns, channels] in companded steps.</param>
    /// <param name="width">Columns of the picture; the padding is cut off.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="rate">Rate index with which it was coded.</param>
    /// <param name="progress">Tiles done, of how many.</param>
    /// <param name="cancellation">Checked between tiles.</param>
    /// <returns>Interleaved 8-bit RGB rows.</returns>
    internal byte[] Synthesize(float[] steps, int width, int height, int rate, Action<int, int>? progress, CancellationToken cancellation)
    {
        (int rows, int columns) = WallocImageAnalysis.LatentSize(width, height);
        float[] packets = Packets(steps, rows, columns, rate, progress, cancellation);
        byte[] rgb = new byte[checked(width * height * 3)];
        ParallelStrips.Run((rows + WaveletPacket2D.SynthesisRows - 1) / WaveletPacket2D.SynthesisRows, _threads, () => new WaveletPacket2D(), (strip, i) =>
        {
            for (int left = 0; left < columns; left += WaveletPacket2D.Columns)
            {
                strip.Synthesize(packets, i * WaveletPacket2D.SynthesisRows, left, rgb, width, height);
            }
        }, cancellation);
        return rgb;
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();

    private float[] Packets(float[] steps, int rows, int columns, int rate, Action<int, int>? progress, CancellationToken cancellation)
    {
        using var _ = inference_mode();
        float[] latent = new float[steps.Length], packets = new float[rows * columns * Coefficients];
        _steps.Expand(steps, rate, latent);
        foreach (Tile tile in Tile.Cover(columns, rows, TileSize, Halo, progress, cancellation))
        {
            using var pause = CollectionPause.Start(BytesPerTile);
            using var scope = NewDisposeScope();
            long[] shape = [1, tile.OuterHeight, tile.OuterWidth, Channels];
            Tensor decoded = _decoder.Forward(
                tensor(tile.Outer(steps, columns, Channels), shape).to(_device), tensor(tile.Outer(latent, columns, Channels), shape).to(_device),
                tensor(new float[] { rate }).to(_device));
            tile.CopyInner(decoded.cpu().contiguous(), packets, columns, Coefficients);
        }

        return packets;
    }
}
