using Codecs.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.Mlicv2;

/// <summary>The shipped MLICv2 instance as a trainable network: transforms, hyperprior, context model, gain vectors.</summary>
/// <remarks>
/// x → g_a → ×gain → y → h_a → z → round → h_s → state; four context steps give means and scales of y; ŷ ×inverse gain → g_s → x̂.
/// Each rate level owns gain vectors and a state embedding; rates between levels interpolate them linearly (gains in the log domain).
/// </remarks>
internal sealed class L20Network : nn.Module
{
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly AnalysisTransform g_a;
    internal readonly SynthesisTransform g_s;
    internal readonly HyperAnalysis h_a;
    internal readonly HyperSynthesis h_s;
    internal readonly ContextModel context;
    internal readonly Parameter log_gain;
    internal readonly Parameter log_inverse_gain;
    internal readonly Parameter analysis_gain;
    internal readonly Parameter synthesis_gain;
    internal readonly Parameter embedding;
    internal readonly Parameter z_scale_index;
    internal readonly Parameter z_mean;
#pragma warning restore IDE1006

    internal L20Network()
        : base("L20")
    {
        const int levels = L20Config.Levels, y = L20Config.LatentChannels, wide = L20Config.TransformChannels, z = L20Config.HyperChannels;
        Policy = new ComputePolicy();
        ExactPolicy = new ComputePolicy();
        g_a = new AnalysisTransform(Policy, ExactPolicy);
        g_s = new SynthesisTransform(Policy, ExactPolicy);
        h_a = new HyperAnalysis(Policy, ExactPolicy);
        h_s = new HyperSynthesis(Policy);
        context = new ContextModel(Policy, ExactPolicy);
        log_gain = new Parameter(zeros(levels, y));
        log_inverse_gain = new Parameter(zeros(levels, y));
        analysis_gain = new Parameter(ones(levels, wide));
        synthesis_gain = new Parameter(ones(levels, wide));
        embedding = new Parameter(zeros(levels, y));
        z_scale_index = new Parameter(full(levels, z, (float)L20Config.ScaleIndexCentre));
        z_mean = new Parameter(zeros(z));
        RegisterComponents();
    }

    // Beyond 6 sigma (|v| / (sigma sqrt 2) = 4.2) an escape's bits take over: they grow with the logarithm of the distance.
    private const double OutlierAt = 4.2, OutlierBits = 4;

    // Bits per step of a scale index outside the bank.
    private const double LeashBits = 0.05;

    /// <summary>Number format of the products; bfloat16 in training.</summary>
    internal ComputePolicy Policy { get; }

    /// <summary>Number format where whole latents pass: always float32.</summary>
    internal ComputePolicy ExactPolicy { get; }

    /// <summary>One training or evaluation pass with estimated bits.</summary>
    /// <param name="picture">Pictures in 0..1, [N, H, W, 3], H and W multiples of 64.</param>
    /// <param name="rate">Rate index per picture, 0..<see cref="L20Config.MaxRate"/>, float [N].</param>
    /// <param name="noise">True: rate under uniform noise (training); false: of the rounded values.</param>
    /// <returns>Bits per pixel [N] and squared error (mean over samples, 0..1 scale) [N].</returns>
    internal (Tensor BitsPerPixel, Tensor Mse) Forward(Tensor picture, Tensor rate, bool noise)
    {
        RateVectors v = Vectors(rate);
        Tensor x = picture - 0.5;
        Tensor y = g_a.forward(x, v.AnalysisGain) * v.Gain;
        Tensor z = h_a.forward(y) - z_mean;
        Tensor zRounded = z + (z.round() - z).detach();
        Tensor start = h_s.forward(zRounded + z_mean) + v.Embedding;
        (Tensor yRounded, Tensor mean, Tensor index) = context.Forward(y, start);
        Tensor bits = GaussianBits(noise ? WithNoise(z) : zRounded, v.ZScaleIndex, noise)
            + GaussianBits(noise ? WithNoise(y - mean) : yRounded - mean, index, noise);
        Tensor decoded = g_s.forward(yRounded * v.InverseGain, v.SynthesisGain);
        double pixels = picture.shape[1] * picture.shape[2];
        return (bits / pixels, (decoded - x).square().mean([1L, 2, 3]));
    }

    /// <summary>The interpolated gain vectors of a batch of rates, each [N, 1, 1, channels].</summary>
    internal RateVectors Vectors(Tensor rate)
    {
        Tensor position = rate / L20Config.SubLevels;
        Tensor low = position.floor().clamp(0, L20Config.Levels - 2);
        Tensor fraction = (position - low).unsqueeze(-1);
        Tensor row = low.to(ScalarType.Int64);
        Tensor Mix(Tensor table)
        {
            Tensor mixed = (table.index_select(0, row) * (1 - fraction)) + (table.index_select(0, row + 1) * fraction);
            return mixed.reshape(rate.shape[0], 1, 1, -1);
        }

        return new RateVectors(
            Mix(log_gain).exp(), Mix(log_inverse_gain).exp(), Mix(analysis_gain), Mix(synthesis_gain), Mix(embedding), Mix(z_scale_index));
    }

    private static Tensor WithNoise(Tensor x) => x + empty_like(x).uniform_(-0.5, 0.5);

    // -log2 of the Gaussian's mass on [v - 1/2, v + 1/2], summed per picture. Scales stop at the ends of the bank, and so do their
    // gradients: an index that is pushed on where it changes nothing runs away, and the network with it (it reached 250,000). The
    // leash brings an index outside back to where gradients are. Where the mass underflows the bits grow on as an escape's do.
    private static Tensor GaussianBits(Tensor value, Tensor scaleIndex, bool leash)
    {
        Tensor index = scaleIndex.clamp(0, L20Config.Scales - 1);
        Tensor inverse = (index * -L20Config.ScaleStep).exp() * (1 / (L20Config.MinScale * Math.Sqrt(2)));
        Tensor magnitude = value.abs();
        Tensor mass = 0.5 * (special.erfc((magnitude - 0.5) * inverse) - special.erfc((magnitude + 0.5) * inverse));
        Tensor outlier = nn.functional.relu((magnitude * inverse) - OutlierAt);
        Tensor bits = mass.clamp_min(1e-9).log2().neg() + ((outlier + 1).log2() * OutlierBits);
        return (leash ? bits + ((scaleIndex - index.detach()).abs() * LeashBits) : bits).sum([1L, 2, 3]);
    }
}

/// <summary>What one rate multiplies with and adds, each [N, 1, 1, channels].</summary>
internal readonly record struct RateVectors(
    Tensor Gain, Tensor InverseGain, Tensor AnalysisGain, Tensor SynthesisGain, Tensor Embedding, Tensor ZScaleIndex);
