using Codecs.Models.Faithful;
using static TorchSharp.torch;

namespace Codecs.Models.Walloc.Faithful.Networks;

/// <summary>A whole codec between signal and integers.</summary>
internal interface IFaithfulNetwork
{
    /// <summary>Wavelet coefficients to latents, before the compander.</summary>
    ILayer Encoder { get; }

    /// <summary>Latents, after the inverse compander, to wavelet coefficients.</summary>
    ILayer Decoder { get; }

    /// <summary>A padded signal in ±0.5 to integers, as floats.</summary>
    Tensor Analyze(Tensor x);

    /// <summary>Integers, as floats, to a padded signal, not yet clamped.</summary>
    Tensor Synthesize(Tensor q);

    /// <summary>Builds the network that a configuration describes.</summary>
    static IFaithfulNetwork Create(FaithfulWallocConfig config, IWeightSource source)
    {
        WeightScope weights = new(source);
        WaveletBuffers.Check(weights, config.IsAudio);
        return config.IsAudio ? new AudioNetwork(config, weights) : new ImageNetwork(config, weights);
    }

    /// <summary>Names and shapes of an official state dictionary, filters included.</summary>
    static IReadOnlyDictionary<string, long[]> Shapes(FaithfulWallocConfig config) => ShapeRecorder.Record(source => Create(config, source));

    /// <summary>Number of learned values.</summary>
    static long CountParameters(IReadOnlyDictionary<string, long[]> shapes) => ShapeRecorder.Count(shapes, static name => !WaveletBuffers.Contains(name));
}
