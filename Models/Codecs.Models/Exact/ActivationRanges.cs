using Codecs.Models.Layers;
using static TorchSharp.torch;

namespace Codecs.Models.Exact;

/// <summary>Largest magnitudes that layers produced on sample pictures; they choose the number format of each activation.</summary>
internal sealed class ActivationRanges
{
    // Twice the largest value seen still fits; beyond that the integers saturate, which costs bits but never exactness.
    private const double Headroom = 2;
    private const int MostBits = 12;
    private readonly Dictionary<nn.Module, double> _largest = [];

    /// <summary>Observes the networks that compute under these policies until the returned handle is disposed.</summary>
    internal IDisposable Observe(params ComputePolicy[] policies)
    {
        foreach (ComputePolicy policy in policies)
        {
            policy.Observer = Record;
        }

        return new Ending(() => Array.ForEach(policies, p => p.Observer = null));
    }

    /// <summary>Fraction bits with which the outputs of all these layers fit 16 bits with headroom.</summary>
    /// <param name="factor">Multiplies the magnitudes, for values that are summed before they are stored.</param>
    /// <param name="layers">Layers whose outputs share the format.</param>
    internal int FractionBits(double factor, params ReadOnlySpan<nn.Module> layers)
    {
        double largest = 1e-3;
        foreach (nn.Module layer in layers)
        {
            largest = Math.Max(largest, _largest[layer] * factor);
        }

        return Math.Clamp((int)Math.Floor(Math.Log2(Requantizer.Limit / (Headroom * largest))), 0, MostBits);
    }

    private void Record(nn.Module layer, Tensor output)
    {
        using var scope = NewDisposeScope();
        float largest = output.detach().abs().max().to(ScalarType.Float32).item<float>();
        _largest[layer] = Math.Max(_largest.GetValueOrDefault(layer), largest);
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
