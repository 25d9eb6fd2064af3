using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Formats.Container;
using Codecs.Models.Walloc;

namespace Codecs.Images.Walloc;

/// <summary><c>walloc-image</c> behind the picture-codec interface. Only synthesis needs torch; it is loaded then.</summary>
internal sealed class WallocImageCodec : IPictureCodec
{
    private const int Channels = ImageWalloc.Latents;
    private readonly WallocImageWeights _weights;
    private readonly int _threads;
    private readonly Lazy<ExactLatentModel> _model;
    private readonly Lazy<WallocImageAnalysis> _analysis;
    private readonly Lazy<WallocImageSynthesis> _synthesis;

    internal WallocImageCodec(WallocImageWeights weights, ImageCodecOptions options)
    {
        (_weights, _threads) = (weights, options.Threads);
        _model = new(weights.CreateLatentModel);
        _analysis = new(() => new WallocImageAnalysis(weights.File));
        _synthesis = new(() => new WallocImageSynthesis(weights.File, options.ParseDevice(), options.Threads));
    }

    /// <inheritdoc/>
    public Fingerprint EntropyFingerprint => _weights.EntropyFingerprint;

    /// <inheritdoc/>
    public Fingerprint SynthesisFingerprint => _weights.SynthesisFingerprint;

    /// <inheritdoc/>
    public int MaxRate => WallocRates.MaxRate;

    /// <inheritdoc/>
    public CoderId Coder => CoderId.Bac;

    /// <inheritdoc/>
    public ImageLatent Analyze(ReadOnlyMemory<byte> rgb, int width, int height, int rate, CodecWatch watch)
    {
        watch.Report("analysis", 0, 1);
        float[] steps = _analysis.Value.Analyze(rgb, width, height, rate, _threads);
        watch.Report("analysis", 1, 1);
        return Latent(width, height, rate, steps);
    }

    /// <inheritdoc/>
    public (ImageLatent Rounded, double EstimatedBits) Encode(
        ImageLatent latent, ReadOnlySpan<byte> context, CheckMode check, IBufferWriter<byte> destination, CodecWatch watch)
    {
        short[] rounded = LatentSteps.Round(latent.Values);

        // An adaptive coder has no other estimate than what it wrote.
        long bytes = LatentCoding.Encode(
            _model.Value, rounded, latent.Rows, latent.Columns, latent.Rate, context, check, destination, Progress(latent.Rows, watch));
        return (Latent(latent.Width, latent.Height, latent.Rate, Array.ConvertAll(rounded, v => (float)v)), bytes * 8.0);
    }

    /// <inheritdoc/>
    public ImageLatent DecodeLatent(
        ReadOnlyMemory<byte> payload, long offset, int width, int height, int rate, ReadOnlySpan<byte> context, CheckMode check, CodecWatch watch)
    {
        if (rate > MaxRate)
        {
            throw new InvalidBitstreamException($"The file names rate point {rate}; the model's highest is {MaxRate}", offset);
        }

        (int rows, int columns) = WallocImageAnalysis.LatentSize(width, height);
        short[] values = LatentCoding.Decode(
            _model.Value, payload, offset, rows, columns, Channels, rate, context, check, Progress(rows, watch));
        return Latent(width, height, rate, Array.ConvertAll(values, v => (float)v));
    }

    /// <inheritdoc/>
    public byte[] Synthesize(ImageLatent latent, CodecWatch watch) => _synthesis.Value.Synthesize(
        latent.Values, latent.Width, latent.Height, latent.Rate, (done, total) => watch.Report("synthesis", done, total), watch.Cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_synthesis.IsValueCreated)
        {
            _synthesis.Value.Dispose();
        }
    }

    private static Action<int> Progress(int rows, CodecWatch watch) => row =>
    {
        watch.Cancellation.ThrowIfCancellationRequested();
        watch.Report("entropy coding", row, rows);
    };

    private static ImageLatent Latent(int width, int height, int rate, float[] values)
    {
        (int rows, int columns) = WallocImageAnalysis.LatentSize(width, height);
        return new ImageLatent(width, height, rate, rows, columns, Channels, values, []);
    }
}
