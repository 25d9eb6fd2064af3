using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Formats.Container;
using Codecs.Models.Mlicv2;

namespace Codecs.Images.Mlicv2;

/// <summary>The shipped MLICv2 instance behind the picture-codec interface. Torch is loaded only when a transform is first needed.</summary>
internal sealed class Mlicv2Codec : IPictureCodec
{
    private const int Channels = L20Config.LatentChannels;
    private readonly L20Weights _weights;
    private readonly ImageCodecOptions _options;
    private readonly Lazy<ExactEntropyModel> _entropy;
    private readonly Lazy<L20Transforms> _transforms;

    internal Mlicv2Codec(L20Weights weights, ImageCodecOptions options)
    {
        _weights = weights;
        _options = options;
        _entropy = new(weights.CreateEntropyModel);
        _transforms = new(() => new L20Transforms(weights, options.ParseDevice(), options.Threads));
    }

    /// <inheritdoc/>
    public Fingerprint EntropyFingerprint => _weights.EntropyFingerprint;

    /// <inheritdoc/>
    public Fingerprint SynthesisFingerprint => _weights.SynthesisFingerprint;

    /// <inheritdoc/>
    public int MaxRate => L20Config.MaxRate;

    /// <inheritdoc/>
    public CoderId Coder => CoderId.R64;

    /// <inheritdoc/>
    public ImageLatent Analyze(ReadOnlyMemory<byte> rgb, int width, int height, int rate, CodecWatch watch)
    {
        (float[] latent, short[] hyper) = _transforms.Value.Analyze(
            rgb, width, height, rate, (done, total) => watch.Report("analysis", done, total), watch.Cancellation);
        return Latent(width, height, rate, latent, hyper);
    }

    /// <inheritdoc/>
    public (ImageLatent Rounded, double EstimatedBits) Encode(
        ImageLatent latent, ReadOnlySpan<byte> context, CheckMode check, IBufferWriter<byte> destination, CodecWatch watch)
    {
        ExactEntropyModel model = _entropy.Value;
        using var coder = new LatentEncoder(latent.Values, latent.Hyper, latent.Columns, model.Tables);
        float[] rounded = Run(model, latent.Width, latent.Height, latent.Rate, coder, watch);
        coder.Finish(context, check, destination);
        return (Latent(latent.Width, latent.Height, latent.Rate, rounded, latent.Hyper), coder.EstimatedBits);
    }

    /// <inheritdoc/>
    public ImageLatent DecodeLatent(
        ReadOnlyMemory<byte> payload, long offset, int width, int height, int rate, ReadOnlySpan<byte> context, CheckMode check, CodecWatch watch)
    {
        if (rate > MaxRate)
        {
            throw new InvalidBitstreamException($"The file names rate point {rate}; the model's highest is {MaxRate}", offset);
        }

        ExactEntropyModel model = _entropy.Value;
        var coder = new LatentDecoder(payload, model.Tables, check, offset);
        float[] decoded = Run(model, width, height, rate, coder, watch);
        coder.Finish(context);
        return Latent(width, height, rate, decoded, coder.Hyper);
    }

    /// <inheritdoc/>
    public byte[] Synthesize(ImageLatent latent, CodecWatch watch) => _transforms.Value.Synthesize(
        latent.Values, latent.Width, latent.Height, latent.Rate, (done, total) => watch.Report("synthesis", done, total), watch.Cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_transforms.IsValueCreated)
        {
            _transforms.Value.Dispose();
        }
    }

    private float[] Run(ExactEntropyModel model, int width, int height, int rate, ILatentCoder coder, CodecWatch watch)
    {
        (int rows, int columns) = L20Config.LatentSize(width, height);
        return model.Run(
            rows, columns, rate, coder, _options.Threads, done => watch.Report("entropy coding", done, L20Config.Steps), watch.Cancellation);
    }

    private static ImageLatent Latent(int width, int height, int rate, float[] values, short[] hyper)
    {
        (int rows, int columns) = L20Config.LatentSize(width, height);
        return new ImageLatent(width, height, rate, rows, columns, Channels, values, hyper);
    }
}
