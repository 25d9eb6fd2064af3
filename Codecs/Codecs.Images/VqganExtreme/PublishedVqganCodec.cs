using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Formats.Container;
using Codecs.Models.IndexMaps;
using Codecs.Models.IndexMaps.Concealment;
using Codecs.Models.Vqgan.Faithful;

namespace Codecs.Images.VqganExtreme;

/// <summary>A published VQGAN, imported or reduced, behind the picture-codec interface.</summary>
/// <remarks>
/// Its indices are coded adaptively, in integers, without a model: files are parsed alike everywhere, although the networks are floats. A rate point is a number of bits
/// of an index; a codebook that is no tree has one.
/// </remarks>
internal sealed class PublishedVqganCodec : IIndexCodec
{
    private readonly FaithfulVqganWeights _weights;
    private readonly Lazy<FaithfulVqgan> _network;

    internal PublishedVqganCodec(FaithfulVqganWeights weights, ImageCodecOptions options)
    {
        _weights = weights;
        _network = new(() => FaithfulVqgan.Create(weights.File, options.ParseDevice(), options.Threads));
    }

    /// <inheritdoc/>
    public Fingerprint EntropyFingerprint => _weights.EntropyFingerprint;

    /// <inheritdoc/>
    public Fingerprint SynthesisFingerprint => _weights.SynthesisFingerprint;

    /// <inheritdoc/>
    public int MaxRate => Codebook.MostBits - Codebook.FewestBits;

    /// <inheritdoc/>
    public CoderId Coder => CoderId.Bac;

    /// <inheritdoc/>
    public bool AnalysisDependsOnRate => false;

    // Faded tiles add up in floats before they become pixels.
    /// <inheritdoc/>
    public int DecoderBytesPerPixel => IPictureCodec.UsualDecoderBytesPerPixel + (3 * sizeof(float));

    /// <inheritdoc/>
    public int Stride => _weights.Config.Stride;

    /// <inheritdoc/>
    public (int Fewest, int Most) IndexBits => (Codebook.FewestBits, Codebook.MostBits);

    private FaithfulVqganCodebook Codebook => _weights.Codebook;

    /// <inheritdoc/>
    public ImageLatent Analyze(ReadOnlyMemory<byte> rgb, int width, int height, int rate, CodecWatch watch)
    {
        MapSize(width, height);
        float[] vectors = _network.Value.Analyze(rgb.Span, width, height, (done, total) => watch.Report("analysis", done, total), watch.Cancellation).Vectors;
        return Latent(width, height, rate, vectors, []);
    }

    /// <inheritdoc/>
    public (ImageLatent Rounded, double EstimatedBits) Encode(
        ImageLatent latent, ReadOnlySpan<byte> context, CheckMode check, IBufferWriter<byte> destination, CodecWatch watch)
    {
        IndexMap map = Quantize(latent, BitsOf(latent.Rate));
        long bytes = MapCoding.Encode(new MapCoder(), map, context, check, destination, Progress(latent.Rows, watch));
        return (LatentOf(map, latent.Width, latent.Height), bytes * 8.0);
    }

    /// <inheritdoc/>
    public ImageLatent DecodeLatent(
        ReadOnlyMemory<byte> payload, long offset, int width, int height, int rate, ReadOnlySpan<byte> context, CheckMode check, CodecWatch watch)
    {
        if (rate > MaxRate)
        {
            throw new InvalidBitstreamException($"The file names rate point {rate}; the model's highest is {MaxRate}", offset);
        }

        (int rows, int columns) = MapSize(width, height);
        return LatentOf(MapCoding.Decode(new MapCoder(), payload, offset, rows, columns, BitsOf(rate), context, check, Progress(rows, watch)), width, height);
    }

    /// <inheritdoc/>
    public byte[] Synthesize(ImageLatent latent, CodecWatch watch) =>
        _network.Value.Synthesize(latent.Values, latent.Width, latent.Height, (done, total) => watch.Report("synthesis", done, total), watch.Cancellation);

    /// <inheritdoc/>
    public IndexMap Quantize(ImageLatent latent, int bits) => new(
        latent.Rows, latent.Columns, bits, KnownIndices(latent, bits) ?? _network.Value.Nearest(latent.Values, Codebook.Vectors(bits)));

    /// <inheritdoc/>
    public ImageLatent LatentOf(IndexMap map, int width, int height)
    {
        int codes = Codebook.Vectors(RequireBits(map.Bits)).Length / _weights.Config.CodeDimensions;
        float[] vectors = new float[map.Values.Length * _weights.Config.CodeDimensions];
        for (int site = 0; site < map.Values.Length; site++)
        {
            int index = map.Values[site];
            if (index >= codes)
            {
                throw new InvalidBitstreamException($"The index {index} is outside a codebook of {codes} vectors", 0);
            }

            Codebook.Vector(map.Bits, index).CopyTo(vectors.AsSpan(site * _weights.Config.CodeDimensions));
        }

        return Latent(width, height, map.Bits - Codebook.FewestBits, vectors, Array.ConvertAll(map.Values.ToArray(), v => unchecked((short)v)));
    }

    /// <inheritdoc/>
    public float[] Conceal(Span<ushort> values, ReadOnlySpan<bool> lost, int columns, int bits, CodecWatch watch)
    {
        // There is no network that has learned what belongs where in this codebook.
        NeighbourVote.Fill(values, lost, columns);
        float[] confidence = new float[lost.Length];
        for (int site = 0; site < confidence.Length; site++)
        {
            confidence[site] = lost[site] ? 0 : 1;
        }

        return confidence;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_network.IsValueCreated)
        {
            _network.Value.Dispose();
        }
    }

    private static Action<int> Progress(int rows, CodecWatch watch) => row =>
    {
        watch.Cancellation.ThrowIfCancellationRequested();
        watch.Report("entropy coding", row, rows);
    };

    private int BitsOf(int rate) => Codebook.FewestBits + rate;

    private int RequireBits(int bits) => bits >= Codebook.FewestBits && bits <= Codebook.MostBits
        ? bits
        : throw new InvalidBitstreamException($"Indices of {bits} bits; this model makes pictures of {Codebook.FewestBits} to {Codebook.MostBits}", 0);

    // The indices of a latent that came from indices and that nobody has changed: a file that is rewritten keeps its picture, and needs no network.
    private ushort[]? KnownIndices(ImageLatent latent, int bits)
    {
        int dimensions = _weights.Config.CodeDimensions;
        if (latent.Hyper.Length == 0 || BitsOf(latent.Rate) != bits)
        {
            return null;
        }

        ushort[] indices = Array.ConvertAll(latent.Hyper, v => unchecked((ushort)v));
        for (int site = 0; site < indices.Length; site++)
        {
            if (!Codebook.Vector(bits, indices[site]).SequenceEqual(latent.Values.AsSpan(site * dimensions, dimensions)))
            {
                return null;
            }
        }

        return indices;
    }

    private (int Rows, int Columns) MapSize(int width, int height) => _weights.Config.MapSize(width, height) is var (rows, columns) && (long)rows * columns <= IndexMap.MaxSites
        ? (rows, columns)
        : throw new LimitExceededException($"A picture of {width}x{height} pixels has more than {IndexMap.MaxSites} indices at one for {Stride} x {Stride} pixels.");

    private ImageLatent Latent(int width, int height, int rate, float[] values, short[] indices)
    {
        (int rows, int columns) = MapSize(width, height);
        return new ImageLatent(width, height, rate, rows, columns, _weights.Config.CodeDimensions, values, indices);
    }
}
