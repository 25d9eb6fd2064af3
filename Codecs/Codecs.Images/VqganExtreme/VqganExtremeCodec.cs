using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Formats.Container;
using Codecs.Models.IndexMaps;
using Codecs.Models.IndexMaps.Concealment;
using Codecs.Models.Vqgan;

namespace Codecs.Images.VqganExtreme;

/// <summary><c>vqgan-extreme</c> behind the picture-codec interface.</summary>
internal sealed class VqganExtremeCodec : IIndexCodec
{
    private const int Channels = VqxShape.Dimensions;
    private readonly VqxWeights _weights;
    private readonly Lazy<ExactMapModel> _model;
    private readonly Lazy<VqxCodebook> _codebook;
    private readonly Lazy<VqxTransforms> _transforms;
    private readonly Lazy<MapConcealer> _concealer;

    internal VqganExtremeCodec(VqxWeights weights, ImageCodecOptions options)
    {
        _weights = weights;
        _model = new(weights.CreateMapModel);
        _codebook = new(() => new VqxCodebook(weights.File));
        _transforms = new(() => new VqxTransforms(weights.File, options.ParseDevice(), options.Threads));
        _concealer = new(() => new MapConcealer(weights.File, _codebook.Value.Nodes, VqxShape.Depth, options.ParseDevice()));
    }

    /// <inheritdoc/>
    public Fingerprint EntropyFingerprint => _weights.EntropyFingerprint;

    /// <inheritdoc/>
    public Fingerprint SynthesisFingerprint => _weights.SynthesisFingerprint;

    /// <inheritdoc/>
    public int MaxRate => _weights.Rates.Max;

    /// <inheritdoc/>
    public CoderId Coder => CoderId.Bac;

    /// <inheritdoc/>
    public bool AnalysisDependsOnRate => false;

    /// <inheritdoc/>
    public int Stride => VqxShape.Stride;

    /// <inheritdoc/>
    public (int Fewest, int Most) IndexBits => (VqxShape.FewestBits, VqxShape.Depth);

    /// <inheritdoc/>
    public ImageLatent Analyze(ReadOnlyMemory<byte> rgb, int width, int height, int rate, CodecWatch watch) => Latent(
        width, height, rate, _transforms.Value.Analyze(rgb, width, height, (done, total) => watch.Report("analysis", done, total), watch.Cancellation), []);

    /// <inheritdoc/>
    public (ImageLatent Rounded, double EstimatedBits) Encode(
        ImageLatent latent, ReadOnlySpan<byte> context, CheckMode check, IBufferWriter<byte> destination, CodecWatch watch)
    {
        IndexMap map = MapOf(latent, watch);
        long bytes = MapCoding.Encode(new MapCoder(_model.Value), map, context, check, destination, Progress("entropy coding", latent.Rows, watch));
        return (LatentOf(map, latent.Width, latent.Height, latent.Rate), bytes * 8.0);
    }

    /// <inheritdoc/>
    public ImageLatent DecodeLatent(
        ReadOnlyMemory<byte> payload, long offset, int width, int height, int rate, ReadOnlySpan<byte> context, CheckMode check, CodecWatch watch)
    {
        if (rate > MaxRate)
        {
            throw new InvalidBitstreamException($"The file names rate point {rate}; the model's highest is {MaxRate}", offset);
        }

        (int rows, int columns) = VqxShape.MapSize(width, height);
        IndexMap map = MapCoding.Decode(
            new MapCoder(_model.Value), payload, offset, rows, columns, _weights.Rates.Bits(rate), context, check, Progress("entropy coding", rows, watch));
        return LatentOf(map, width, height, rate);
    }

    /// <inheritdoc/>
    public byte[] Synthesize(ImageLatent latent, CodecWatch watch) => _transforms.Value.Synthesize(
        latent.Values, _weights.Rates.Bits(latent.Rate), latent.Width, latent.Height, (done, total) => watch.Report("synthesis", done, total), watch.Cancellation);

    /// <inheritdoc/>
    public IndexMap Quantize(ImageLatent latent, int bits) =>
        new VqxQuantizer(_codebook.Value, _model.Value).Quantize(latent.Values, latent.Rows, latent.Columns, bits, lambda: 0);

    /// <inheritdoc/>
    public ImageLatent LatentOf(IndexMap map, int width, int height)
    {
        return map.Bits is >= VqxShape.FewestBits and <= VqxShape.Depth
            ? LatentOf(map, width, height, _weights.Rates.RateOf(map.Bits))
            : throw new InvalidBitstreamException($"Indices of {map.Bits} bits; this model makes pictures of {VqxShape.FewestBits} to {VqxShape.Depth}", 0);
    }

    /// <inheritdoc/>
    public float[] Conceal(Span<ushort> values, ReadOnlySpan<bool> lost, int columns, int bits, CodecWatch watch) =>
        _concealer.Value.Fill(values, lost, columns, bits, watch.Cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_transforms.IsValueCreated)
        {
            _transforms.Value.Dispose();
        }

        if (_concealer.IsValueCreated)
        {
            _concealer.Value.Dispose();
        }
    }

    private static Action<int> Progress(string stage, int rows, CodecWatch watch) => row =>
    {
        watch.Cancellation.ThrowIfCancellationRequested();
        watch.Report(stage, row, rows);
    };

    // A latent that came out of a file keeps its indices where its values are still theirs: rewriting a file leaves its picture alone, even where two codes are equal.
    private IndexMap MapOf(ImageLatent latent, CodecWatch watch)
    {
        int bits = _weights.Rates.Bits(latent.Rate);
        bool isDecoded = latent.Hyper.Length > 0;
        IndexMap map = new VqxQuantizer(_codebook.Value, _model.Value).Quantize(
            latent.Values, latent.Rows, latent.Columns, bits, isDecoded ? 0 : _weights.Rates.Lambda(latent.Rate), Progress("choosing codes", latent.Rows, watch));
        if (!isDecoded)
        {
            return map;
        }

        ushort[] indices = map.Values.ToArray();
        for (int site = 0; site < indices.Length; site++)
        {
            int before = latent.Hyper[site];
            if (before < 1 << bits && _codebook.Value.Vector(bits, before).SequenceEqual(_codebook.Value.Vector(bits, indices[site])))
            {
                indices[site] = (ushort)before;
            }
        }

        return new IndexMap(map.Rows, map.Columns, bits, indices);
    }

    private ImageLatent LatentOf(IndexMap map, int width, int height, int rate)
    {
        float[] vectors = new float[map.Values.Length * Channels];
        for (int site = 0; site < map.Values.Length; site++)
        {
            _codebook.Value.Vector(map.Bits, map.Values[site]).CopyTo(vectors.AsSpan(site * Channels));
        }

        return Latent(width, height, rate, vectors, Array.ConvertAll(map.Values.ToArray(), v => (short)v));
    }

    private static ImageLatent Latent(int width, int height, int rate, float[] values, short[] indices)
    {
        (int rows, int columns) = VqxShape.MapSize(width, height);
        return new ImageLatent(width, height, rate, rows, columns, Channels, values, indices);
    }
}
