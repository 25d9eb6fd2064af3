using Codecs.Formats.Weights;
using Codecs.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Codecs.Models.Vqgan;

/// <summary>The two networks at inference, tile by tile, on any device.</summary>
/// <remarks>Tiles overlap by at least the networks' reach, so the result is that of a whole-picture run; memory is that of one tile.</remarks>
internal sealed class VqxTransforms : IDisposable
{
    // Each block reaches one position at its stride: 4 + 2/2 + 2/4 sites in the encoder, 6 + 4/2 + 4/4 in the decoder.
    private const int EncoderHalo = 6, DecoderHalo = 9;
    private const int DefaultTileSize = 64; // sites kept per tile and axis
    private const long BytesPerTile = 64 << 20;
    private static readonly Scalar s_half = 0.5, s_white = 255.0, s_black = 0.0; // held for ever: TorchSharp 0.107 may free a number that only a call refers to
    private readonly VqxEncoder _encoder;
    private readonly VqxDecoder _decoder;
    private readonly Device _device;
    private readonly int _tileSize;

    /// <param name="file">The weights.</param>
    /// <param name="device">Where to run.</param>
    /// <param name="threads">Threads of torch; a process-wide setting.</param>
    /// <param name="tileSize">Sites kept per tile and axis; only memory depends on it.</param>
    /// <exception cref="ModelMismatchException">A tensor is missing or has another shape.</exception>
    internal VqxTransforms(SafetensorsFile file, ComputeDevice device, int threads, int tileSize = DefaultTileSize)
    {
        NativeBackend.EnsureLoaded();
        set_num_threads(threads);
        (_device, _tileSize) = (device.ToTorch(), tileSize);
        var policy = new ComputePolicy();
        _encoder = new VqxEncoder(policy, policy);
        _decoder = new VqxDecoder(policy, policy);
        WeightLoader.Load(_encoder, file, "encoder.", _device);
        WeightLoader.Load(_decoder, file, "decoder.", _device);
    }

    /// <summary>The vectors of a picture before quantisation.</summary>
    /// <param name="rgb">Interleaved 8-bit RGB rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="progress">Tiles done, of how many.</param>
    /// <param name="cancellation">Checked between tiles.</param>
    /// <returns>[rows, columns, <see cref="VqxShape.Dimensions"/>] of <see cref="VqxShape.MapSize"/>.</returns>
    internal float[] Analyze(ReadOnlyMemory<byte> rgb, int width, int height, Action<int, int>? progress, CancellationToken cancellation)
    {
        using var _ = inference_mode();
        (int rows, int columns) = VqxShape.MapSize(width, height);
        float[] vectors = new float[rows * columns * VqxShape.Dimensions];
        foreach (Tile tile in Tile.Cover(columns, rows, _tileSize, EncoderHalo, progress, cancellation))
        {
            using var pause = CollectionPause.Start(BytesPerTile);
            using var scope = NewDisposeScope();
            Tensor pixels = tensor(PictureTiles.Read(rgb.Span, width, height, tile), [1, tile.OuterHeight * VqxShape.Stride, tile.OuterWidth * VqxShape.Stride, 3]);
            tile.CopyInner(_encoder.forward(pixels.to(_device)).cpu().contiguous(), vectors, columns, VqxShape.Dimensions);
        }

        return vectors;
    }

    /// <summary>The picture of a map of code vectors.</summary>
    /// <param name="vectors">[rows, columns, <see cref="VqxShape.Dimensions"/>].</param>
    /// <param name="bits">Bits of an index.</param>
    /// <param name="width">Columns of the picture; the padding is cut off.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="progress">Tiles done, of how many.</param>
    /// <param name="cancellation">Checked between tiles.</param>
    /// <returns>Interleaved 8-bit RGB rows.</returns>
    internal byte[] Synthesize(float[] vectors, int bits, int width, int height, Action<int, int>? progress, CancellationToken cancellation)
    {
        using var _ = inference_mode();
        (int rows, int columns) = VqxShape.MapSize(width, height);
        byte[] rgb = new byte[checked(width * height * 3)];
        foreach (Tile tile in Tile.Cover(columns, rows, _tileSize, DecoderHalo, progress, cancellation))
        {
            using var pause = CollectionPause.Start(BytesPerTile);
            using var scope = NewDisposeScope();
            Tensor codes = tensor(tile.Outer(vectors, columns, VqxShape.Dimensions), [1, tile.OuterHeight, tile.OuterWidth, VqxShape.Dimensions]).to(_device);
            Tensor x = _decoder.Forward(codes, tensor(new long[] { bits }).to(_device));
            Tensor bytes = ((x + s_half) * s_white).round().clamp(s_black, s_white).to(ScalarType.Byte).cpu().contiguous();
            PictureTiles.Write(bytes.bytes, rgb, width, height, tile);
        }

        return rgb;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encoder.Dispose();
        _decoder.Dispose();
    }
}
