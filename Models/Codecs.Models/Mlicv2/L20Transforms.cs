using Codecs.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Codecs.Models.Mlicv2;

/// <summary>The float side of the shipped instance: pictures to latents and back, tile by tile, on any device.</summary>
/// <remarks>
/// Tiles overlap by more than the networks' reach (48 pixels in analysis, 56 in synthesis), so that every sample that is kept has seen
/// all that a whole-picture run would have seen: the result is the same and there are no seams. Memory is that of one tile.
/// </remarks>
internal sealed class L20Transforms : IDisposable
{
    private const int Halo = L20Config.Stride; // pixels; a multiple of the latent stride above both reaches
    private const int DefaultTileSize = 1024; // pixels kept per tile and axis
    private const long BytesPerTile = 64 << 20;
    private const int Channels = L20Config.LatentChannels;

    // Held for ever: TorchSharp 0.107 may free a number that only a call refers to before torch has read it.
    private static readonly Scalar s_half = 0.5, s_white = 255.0, s_black = 0.0;
    private readonly AnalysisTransform _analysis;
    private readonly SynthesisTransform _synthesis;
    private readonly HyperAnalysis _hyperAnalysis;
    private readonly RateTables _rates;
    private readonly Device _device;
    private readonly int _tileSize;

    /// <param name="weights">The weights.</param>
    /// <param name="device">Where to run.</param>
    /// <param name="threads">Threads of torch; a process-wide setting.</param>
    /// <param name="tileSize">Pixels kept per tile and axis, a multiple of 64; only memory depends on it.</param>
    /// <exception cref="ModelMismatchException">A tensor is missing or has another shape.</exception>
    internal L20Transforms(L20Weights weights, ComputeDevice device, int threads, int tileSize = DefaultTileSize)
    {
        _tileSize = tileSize;
        NativeBackend.EnsureLoaded();
        set_num_threads(threads);
        _device = device.ToTorch();
        var policy = new ComputePolicy();
        _analysis = new AnalysisTransform(policy, policy);
        _synthesis = new SynthesisTransform(policy, policy);
        _hyperAnalysis = new HyperAnalysis(policy, policy);
        WeightLoader.Load(_analysis, weights.File, "g_a.", _device);
        WeightLoader.Load(_synthesis, weights.File, "g_s.", _device);
        WeightLoader.Load(_hyperAnalysis, weights.File, "h_a.", _device);
        _rates = new RateTables(weights.File);
    }

    /// <summary>y in quantiser steps and rounded z of a picture.</summary>
    /// <param name="rgb">Interleaved 8-bit RGB rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="rate">Rate index, 0..<see cref="L20Config.MaxRate"/>.</param>
    /// <param name="progress">Tiles done, of how many.</param>
    /// <param name="cancellation">Checked between tiles.</param>
    /// <returns>Latent [h, w, 192] and hyper latent [h/4, w/4, 64], h = ceil(height / 64) · 4.</returns>
    internal (float[] Latent, short[] Hyper) Analyze(
        ReadOnlyMemory<byte> rgb, int width, int height, int rate, Action<int, int>? progress, CancellationToken cancellation)
    {
        using var _ = inference_mode();
        using var vectors = NewDisposeScope();
        (int rows, int columns) = L20Config.LatentSize(width, height);
        float[] latent = new float[rows * columns * Channels];
        Tensor featureGain = Vector(_rates.AnalysisGain(rate));
        Tensor gain = Vector(_rates.Gain(rate));
        foreach (Tile tile in Tile.Cover(columns, rows, _tileSize / L20Config.LatentStride, Halo / L20Config.LatentStride, progress, cancellation))
        {
            using var pause = CollectionPause.Start(BytesPerTile);
            using var scope = NewDisposeScope();
            float[] pixels = PictureTiles.Read(rgb.Span, width, height, tile);
            Tensor x = tensor(pixels, [1, tile.OuterHeight * L20Config.LatentStride, tile.OuterWidth * L20Config.LatentStride, 3]).to(_device);
            Tensor y = _analysis.forward(x, featureGain) * gain;
            tile.CopyInner(y.cpu().contiguous(), latent, columns, Channels);
        }

        return (latent, HyperLatent(latent, rows, columns));
    }

    /// <summary>The picture of a dequantised latent.</summary>
    /// <param name="latent">[h, w, 192] in quantiser steps.</param>
    /// <param name="width">Columns of the picture; the padding is cut off.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="rate">Rate index with which it was coded.</param>
    /// <param name="progress">Tiles done, of how many.</param>
    /// <param name="cancellation">Checked between tiles.</param>
    /// <returns>Interleaved 8-bit RGB rows.</returns>
    internal byte[] Synthesize(float[] latent, int width, int height, int rate, Action<int, int>? progress, CancellationToken cancellation)
    {
        using var _ = inference_mode();
        using var vectors = NewDisposeScope();
        (int rows, int columns) = L20Config.LatentSize(width, height);
        byte[] rgb = new byte[checked(width * height * 3)];
        Tensor featureGain = Vector(_rates.SynthesisGain(rate));
        Tensor inverseGain = Vector(_rates.InverseGain(rate));
        foreach (Tile tile in Tile.Cover(columns, rows, _tileSize / L20Config.LatentStride, Halo / L20Config.LatentStride, progress, cancellation))
        {
            using var pause = CollectionPause.Start(BytesPerTile);
            using var scope = NewDisposeScope();
            Tensor y = tensor(tile.Outer(latent, columns, Channels), [1, tile.OuterHeight, tile.OuterWidth, Channels]).to(_device);
            Tensor x = _synthesis.forward(y * inverseGain, featureGain);
            Tensor bytes = ((x + s_half) * s_white).round().clamp(s_black, s_white).to(ScalarType.Byte).cpu().contiguous();
            PictureTiles.Write(bytes.bytes, rgb, width, height, tile);
        }

        return rgb;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _analysis.Dispose();
        _synthesis.Dispose();
        _hyperAnalysis.Dispose();
    }

    private short[] HyperLatent(float[] latent, int rows, int columns)
    {
        using var pause = CollectionPause.Start(BytesPerTile);
        using var scope = NewDisposeScope();
        Tensor z = _hyperAnalysis.forward(tensor(latent, [1, rows, columns, Channels]).to(_device)) - Vector(_rates.HyperMean);
        return z.round().clamp(-short.MaxValue, short.MaxValue).to(ScalarType.Int16).cpu().contiguous().data<short>().ToArray();
    }

    private Tensor Vector(float[] values) => tensor(values, [1, 1, 1, values.Length]).to(_device);
}
