using static TorchSharp.torch;

namespace Codecs.Models.NirvanaFaithful;

/// <summary>Everything that a fit changes, as one vector, with its optimiser.</summary>
/// <remarks>
/// Order: integer weights, scales, biases and convolutions, priors of integers, priors of differences. One vector makes a step of Adam (Kingma and Ba, 2015; betas 0.9 and 0.999) a
/// handful of operations. Rates are those of the published settings: 5e-4 for biases and convolutions, times 100 for integers and times 10 for scales; momenta live on from
/// group to group. Priors move by 1.6 in a fit, as at the published 16,000 iterations of 1e-4, however short it is.
/// </remarks>
internal sealed class FitParameters : IDisposable
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;
    private const float BaseRate = 5e-4f, LatentFactor = 100, ScaleFactor = 10, PriorTravel = 1.6f, SmallestPriorRate = 1e-4f;

    // Integers that are rounded in the forward pass move more slowly.
    private const float RoundingFactor = 0.15f;

    // Rounding to this changes nothing that matters: scales and priors.
    private const float FineStep = 1e-7f;

    // Largest integer of a bias or a convolution when its step is chosen: 8 bits, with room to grow.
    private const int SideLevels = 127;

    private readonly NirvanaShape _shape;
    private readonly Device _device;
    private readonly long[] _sizes;
    private readonly Tensor _values;
    private readonly Tensor _first;
    private readonly Tensor _second;
    private readonly Tensor _rates;
    private readonly Tensor _steps;
    private readonly float[] _divisors = new float[NirvanaShape.Layers];
    private Half[]? _sideSteps;
    private long _age;

    /// <summary>The published start.</summary>
    internal FitParameters(NirvanaShape shape, Device device)
    {
        (_shape, _device) = (shape, device);
        _sizes =
        [
            .. Enumerable.Range(0, NirvanaShape.Layers).Select(i => (long)shape.LatentLength(i)),
            NirvanaShape.Layers,
            .. Enumerable.Range(0, NirvanaShape.Sides).Select(i => (long)shape.SideLength(i)),
            2 * NirvanaShape.Layers * LogisticPrior.Parameters,
        ];
        float[] start = Start();
        _values = tensor(start).to(device).DetachFromDisposeScope();
        _values.requires_grad = true;
        _first = zeros(start.Length, device: device).DetachFromDisposeScope();
        _second = zeros(start.Length, device: device).DetachFromDisposeScope();
        _rates = zeros(start.Length, device: device).DetachFromDisposeScope();
        _steps = zeros(start.Length, device: device).DetachFromDisposeScope();
        UpdateDivisors();
    }

    /// <summary>Numbers that are integers in the file.</summary>
    internal int LatentCount => _shape.LatentCount;

    /// <summary>From here on, and until the next group, integers are rounded in the forward pass, and so are multiples of steps that stay as they are.</summary>
    internal void BeginRounding()
    {
        using var _ = no_grad();
        _sideSteps ??= SideSteps(Read());
        float[] steps = [.. Enumerable.Repeat(1f, LatentCount), .. Enumerable.Repeat(FineStep, NirvanaShape.Layers),
            .. Enumerable.Range(0, NirvanaShape.Sides).SelectMany(i => Enumerable.Repeat(Math.Max((float)_sideSteps[i], FineStep), _shape.SideLength(i))),
            .. Enumerable.Repeat(FineStep, (int)_sizes[^1])];
        using Tensor made = tensor(steps);
        _steps.copy_(made);
        _rates.narrow(0, 0, LatentCount).mul_(RoundingFactor);
    }

    /// <summary>Begins a group.</summary>
    /// <param name="state">Where from: the group before; null to go on from the start.</param>
    /// <param name="iterations">Most iterations.</param>
    internal void BeginGroup(NirvanaState? state, int iterations)
    {
        using var _ = no_grad();
        float prior = Math.Max(PriorTravel / iterations, SmallestPriorRate);
        float[] rates = [.. Enumerable.Repeat(BaseRate * LatentFactor, LatentCount), .. Enumerable.Repeat(BaseRate * ScaleFactor, NirvanaShape.Layers),
            .. Enumerable.Repeat(BaseRate, _shape.SideCount), .. Enumerable.Repeat(prior, (int)_sizes[^1])];
        using Tensor made = tensor(rates);
        _rates.copy_(made);
        _sideSteps = null;
        if (state is not null)
        {
            Return(state);
        }
    }

    /// <summary>The published normalisation: the largest integer of each layer, without a gradient, now and then.</summary>
    internal void UpdateDivisors()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        long at = 0;
        for (int i = 0; i < NirvanaShape.Layers; i++)
        {
            _divisors[i] = Math.Max(_values.narrow(0, at, _sizes[i]).abs().max().round().item<float>(), 1);
            at += _sizes[i];
        }
    }

    /// <summary>The weights of an iteration and the bits that the priors give their integers.</summary>
    /// <param name="isRounding">Rounds instead of adding noise.</param>
    /// <param name="reference">Integers of the group before, all layers in one vector, when differences are to be small; else null.</param>
    /// <param name="random">Of the fit.</param>
    internal (NirvanaTensors Weights, Tensor Bits) Sample(bool isRounding, Tensor? reference, Generator random)
    {
        Tensor noise = rand(LatentCount, device: _device, generator: random).sub(0.5);
        Tensor values = _values;
        if (isRounding)
        {
            using Tensor rounded = _values.detach().div(_steps).round().mul(_steps);
            values = _values.add(rounded.sub(_values.detach()));
        }

        Tensor[] parts = values.split(_sizes);
        Tensor[] noisy = _values.narrow(0, 0, LatentCount).add(noise).split(_sizes[..NirvanaShape.Layers]);
        Tensor[]? before = reference?.split(_sizes[..NirvanaShape.Layers]);
        Tensor priors = parts[^1].view(2, NirvanaShape.Layers, LogisticPrior.Parameters)[before is null ? 0 : 1];
        Tensor bits = zeros(1, device: _device);
        var layers = new Tensor[NirvanaShape.Layers];
        for (int i = 0; i < layers.Length; i++)
        {
            Tensor latents = isRounding ? parts[i] : noisy[i];
            Tensor scale = parts[NirvanaShape.Layers].narrow(0, i, 1).div(_divisors[i]);
            layers[i] = latents.mul(scale).view(NirvanaTensors.LayerShape(_shape, i));
            bits = bits.add(LogisticPrior.Bits(before is null ? noisy[i] : noisy[i].sub(before[i]), priors[i]));
        }

        Tensor[] sides = [.. Enumerable.Range(0, NirvanaShape.Sides).Select(i => parts[NirvanaShape.Layers + 1 + i].view(NirvanaTensors.SideShape(_shape, i)))];
        return (new NirvanaTensors(layers, sides), bits);
    }

    /// <summary>One step of Adam from the gradient of the last backward pass, which it clears.</summary>
    internal void Step()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        Tensor gradient = _values.grad!;
        _age++;
        _first.mul_(Beta1).add_(gradient, 1 - Beta1);
        _second.mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
        Tensor spread = _second.div(1 - Math.Pow(Beta2, _age)).sqrt_().add_(Epsilon);
        _values.addcdiv_(_first.mul(_rates), spread, -1 / (1 - Math.Pow(Beta1, _age)));
        gradient.zero_();
    }

    /// <summary>The coded network that is nearest.</summary>
    internal NirvanaState Quantize()
    {
        float[] values = Read();
        Half[] steps = _sideSteps ?? SideSteps(values);
        var state = new NirvanaState(_shape);
        int at = 0;
        foreach (short[] latents in state.Latents)
        {
            at = Round(values, at, latents, 1, NirvanaState.MaxLatent);
        }

        for (int i = 0; i < NirvanaShape.Layers; i++)
        {
            state.Scales[i] = (Half)values[at++];
        }

        for (int i = 0; i < NirvanaShape.Sides; i++)
        {
            state.Steps[i] = steps[i];
            at = Round(values, at, state.Sides[i], (float)steps[i], NirvanaState.MaxSide);
        }

        return state;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in (ReadOnlySpan<Tensor>)[_values, _first, _second, _rates, _steps])
        {
            tensor.Dispose();
        }
    }

    // Goes to a coded network, whose steps stay.
    private void Return(NirvanaState state)
    {
        float[] values =
        [
            .. state.Latents.SelectMany(l => l).Select(q => (float)q),
            .. state.Scales.Select(s => (float)s),
            .. Enumerable.Range(0, NirvanaShape.Sides).SelectMany(state.SideValues),
        ];
        using Tensor made = tensor(values);
        _values.narrow(0, 0, values.Length).copy_(made);
        _sideSteps = [.. state.Steps];
        UpdateDivisors();
    }

    private static int Round(float[] values, int at, short[] integers, float step, int limit)
    {
        for (int i = 0; i < integers.Length; i++)
        {
            integers[i] = step > 0 ? (short)Math.Clamp(MathF.Round(values[at + i] / step), -limit, limit) : (short)0;
        }

        return at + integers.Length;
    }

    private float[] Start() =>
    [
        .. Enumerable.Range(0, NirvanaShape.Layers).SelectMany(i => Enumerable.Range(0, _shape.LatentLength(i)).Select(j => NirvanaState.StartLatent(i, j))),
        .. Enumerable.Range(0, NirvanaShape.Layers).Select(i => NirvanaState.Bound(_shape, i)),
        .. Enumerable.Range(0, NirvanaShape.Sides).SelectMany(i => Enumerable.Range(0, _shape.SideLength(i)).Select(j => NirvanaState.StartSide(_shape, i, j))),
        .. Enumerable.Repeat((float[])[LogisticPrior.Absolute, 0], NirvanaShape.Layers).SelectMany(p => p),
        .. Enumerable.Repeat((float[])[LogisticPrior.Difference, 0], NirvanaShape.Layers).SelectMany(p => p),
    ];

    private Half[] SideSteps(float[] values)
    {
        var steps = new Half[NirvanaShape.Sides];
        int at = LatentCount + NirvanaShape.Layers;
        for (int i = 0; i < steps.Length; i++)
        {
            float largest = values.AsSpan(at, _shape.SideLength(i)).ToArray().Max(MathF.Abs);
            steps[i] = (Half)(largest / SideLevels);
            at += _shape.SideLength(i);
        }

        return steps;
    }

    private float[] Read()
    {
        using var _ = no_grad();
        using Tensor copy = _values.detach().cpu();
        return copy.data<float>().ToArray();
    }
}
