using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.Walloc.Faithful.Networks;

/// <summary>WaLLoC for stereo sound: a linear layer (or an Oobleck encoder) and an Oobleck decoder without strides, all at the frame rate.</summary>
/// <remarks>Oobleck is the autoencoder of Stable Audio (Evans et al. 2024). The encoder adds a frame at each end, the decoder takes them away again.</remarks>
internal sealed class AudioNetwork : IFaithfulNetwork
{
    private const int PostKernel = 129;
    private readonly GaussianCompander _compander;
    private readonly int _levels;
    private readonly Convolution1d? _post;

    internal AudioNetwork(FaithfulWallocConfig config, WeightScope weights)
    {
        _levels = config.Levels;
        _compander = new GaussianCompander(config.LatentBits);
        WeightScope encoder = weights.At("encoder.0");
        Encoder = config.LightweightEncoder
            ? Convolution1d.Plain(encoder, config.BandChannels, config.LatentChannels, kernel: 1, padding: 1)
            : CreateEncoder(encoder, config.BandChannels, config.LatentChannels, config.EncoderWidth);
        Decoder = CreateDecoder(weights.At("decoder.1"), config.LatentChannels, config.DecoderWidth, config.BandChannels);
        _post = config.PostFilter ? Convolution1d.Plain(weights.At("post"), config.Channels, config.Channels, PostKernel, PostKernel / 2) : null;
    }

    public ILayer Encoder { get; }

    public ILayer Decoder { get; }

    /// <param name="x">[N, 2, L], L a multiple of 2^J.</param>
    /// <returns>[N, latent channels, L/2^J + 2].</returns>
    public Tensor Analyze(Tensor x)
    {
        using Tensor bands = WaveletPackets.Analyze1d(x, _levels), y = Encoder.Forward(bands), u = _compander.ToUniform(y);
        return GaussianCompander.Quantize(u);
    }

    /// <param name="q">[N, latent channels, T + 2].</param>
    /// <returns>[N, 2, T·2^J].</returns>
    public Tensor Synthesize(Tensor q)
    {
        using Tensor z = _compander.ToNormal(q), bands = Decoder.Forward(z);
        Tensor x = WaveletPackets.Synthesize1d(bands, _levels);
        if (_post is null)
        {
            return x;
        }

        using (x)
        {
            return _post.Forward(x);
        }
    }

    private static LayerChain CreateDecoder(WeightScope weights, int latent, int width, int bands)
    {
        // The published widths are multiples of the latent's.
        int wide = width / latent * latent;
        return new LayerChain(
            Convolution1d.Normalized(weights.At("conv1"), latent, wide, kernel: 7, padding: 3),
            DecoderBlock(weights.At("block.0"), wide, wide),
            DecoderBlock(weights.At("block.1"), wide, latent),
            new SnakeLayer(weights.At("snake1"), latent),
            Convolution1d.Normalized(weights.At("conv2"), latent, bands, kernel: 7, padding: 3, hasBias: false));
    }

    private static LayerChain DecoderBlock(WeightScope weights, int inputs, int outputs) => new(
        new SnakeLayer(weights.At("snake1"), inputs),
        new ShorteningConvolution(weights.At("conv_t1"), inputs, outputs),
        ResidualUnit(weights.At("res_unit1"), outputs, dilation: 1),
        ResidualUnit(weights.At("res_unit2"), outputs, dilation: 3),
        ResidualUnit(weights.At("res_unit3"), outputs, dilation: 9));

    private static LayerChain CreateEncoder(WeightScope weights, int bands, int latent, int width)
    {
        int wide = width / latent * latent;
        return new LayerChain(
            Convolution1d.Normalized(weights.At("conv1"), bands, latent, kernel: 7, padding: 3),
            EncoderBlock(weights.At("block.0"), latent, wide),
            EncoderBlock(weights.At("block.1"), wide, wide),
            new SnakeLayer(weights.At("snake1"), wide),
            Convolution1d.Normalized(weights.At("conv2"), wide, latent, kernel: 3, padding: 1));
    }

    // Kernel 2 and padding 1: one frame longer.
    private static LayerChain EncoderBlock(WeightScope weights, int inputs, int outputs) => new(
        ResidualUnit(weights.At("res_unit1"), inputs, dilation: 1),
        ResidualUnit(weights.At("res_unit2"), inputs, dilation: 3),
        ResidualUnit(weights.At("res_unit3"), inputs, dilation: 9),
        new SnakeLayer(weights.At("snake1"), inputs),
        Convolution1d.Normalized(weights.At("conv1"), inputs, outputs, kernel: 2, padding: 1));

    private static ResidualLayer ResidualUnit(WeightScope weights, int channels, int dilation) => new(
        new SnakeLayer(weights.At("snake1"), channels),
        Convolution1d.Normalized(weights.At("conv1"), channels, channels, kernel: 7, padding: 3 * dilation, dilation),
        new SnakeLayer(weights.At("snake2"), channels),
        Convolution1d.Normalized(weights.At("conv2"), channels, channels, kernel: 1, padding: 0));
}
