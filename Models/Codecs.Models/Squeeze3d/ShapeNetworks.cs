using System.Runtime.InteropServices;
using Codecs.Formats.Weights;
using Codecs.Models.Layers;
using static TorchSharp.torch;

namespace Codecs.Models.Squeeze3d;

/// <summary>The networks of <c>squeeze3d</c> at work: volumes to codes, shapes to volumes. Needs torch.</summary>
internal sealed class ShapeNetworks : IDisposable
{
    private const long BytesPerRun = 8 << 20;
    private readonly Squeeze3dNetwork _network;
    private readonly Device _device;

    /// <param name="file">The weights.</param>
    /// <param name="device">Where to run.</param>
    /// <param name="threads">Threads of torch; a process-wide setting.</param>
    /// <exception cref="ModelMismatchException">A tensor is missing or has another shape.</exception>
    internal ShapeNetworks(SafetensorsFile file, ComputeDevice device, int threads)
    {
        NativeBackend.EnsureLoaded();
        set_num_threads(threads);
        _device = device.ToTorch();
        _network = new Squeeze3dNetwork(_device);
        using (var scope = NewDisposeScope())
        {
            _network.mapping.Set(
                tensor(WeightLoader.Floats(file, "mapping.mean", ShapeCode.LatentLength)),
                tensor(AxisTensors.Read(file), [ShapeCode.Length, ShapeCode.LatentLength]));
        }

        WeightLoader.Load(_network, file, "", _device);
        foreach (var parameter in _network.parameters())
        {
            parameter.requires_grad = false; // only codes are fitted
        }
    }

    /// <summary>z of a volume.</summary>
    /// <param name="volume"><see cref="ShapeCode.VolumeLength"/> truncated distances, z slowest.</param>
    internal float[] Encode(float[] volume)
    {
        using var pause = CollectionPause.Start(BytesPerRun);
        using var ungraded = no_grad();
        using var scope = NewDisposeScope();
        return Values(_network.mapping.Encode(_network.Latents(Volumes(volume))));
    }

    /// <summary>What a code lacks: z_E less the place of the code.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="step">Index of the step.</param>
    /// <param name="code">The code in steps.</param>
    internal float[] Residual(float[] volume, int step, int[] code)
    {
        using var pause = CollectionPause.Start(BytesPerRun);
        using var ungraded = no_grad();
        using var scope = NewDisposeScope();
        return Values(_network.Latents(Volumes(volume)) - _network.mapping.Place(Scaled(code, step)));
    }

    /// <summary>The volume of a shape.</summary>
    internal float[] Generate(ShapeSymbols shape)
    {
        using var pause = CollectionPause.Start(BytesPerRun);
        using var ungraded = no_grad();
        using var scope = NewDisposeScope();
        return Values(_network.forward(Scaled(shape.Code, shape.Step), Residuals(shape), LogStep(shape.Step)));
    }

    /// <summary>Moves a shape's symbols so that its volume comes nearer for the same bits: test-time fitting through frozen networks.</summary>
    /// <param name="volume">What it shall be.</param>
    /// <param name="start">Unquantised z and residual in steps, and the step; where the residual of the start is null none is fitted.</param>
    /// <param name="bits">Bits of an element are about log2(1 + |value| * slope), see <see cref="ShapeFitting"/>.</param>
    /// <param name="steps">Steps of Adam.</param>
    /// <param name="progress">Told the steps done.</param>
    /// <param name="cancellation">Checked after each step; what was reached until then counts.</param>
    internal (float[] Code, float[]? Residual) Fit(
        float[] volume, ShapeStart start, ShapeFitting bits, int steps, Action<int>? progress, CancellationToken cancellation)
    {
        using var outer = NewDisposeScope();
        random.manual_seed(1);
        Tensor target = Volumes(volume).reshape(1, ShapeCode.Nodes, ShapeCode.Nodes, ShapeCode.Nodes);
        Tensor weights = VolumeLoss.Weights(target);
        var code = new Fitted(start.Code, bits.CodeScales, _device);
        Fitted? residual = start.Residual is null ? null : new Fitted(start.Residual, bits.ResidualScales, _device);
        Tensor none = zeros(1, ShapeCode.LatentLength, device: _device), logStep = LogStep(start.Step), size = tensor(ShapeSymbols.SizeOf(start.Step)).to(_device);
        for (int i = 0; i < steps && !cancellation.IsCancellationRequested; i++)
        {
            using var pause = CollectionPause.Start(BytesPerRun);
            using var scope = NewDisposeScope();
            bool hard = i >= steps * bits.SoftShare;
            Tensor generated = _network.forward(code.Rounded(hard) * size, residual is null ? none : residual.Rounded(hard) * size, logStep);
            Tensor loss = VolumeLoss.Sum(generated, target, weights) + ((code.Bits() + (residual?.Bits() ?? zeros(1, device: _device))) * bits.Price);
            loss.backward();
            double rate = bits.Rate * (i < steps * 0.6 ? 1 : i < steps * 0.85 ? 0.5 : 0.2);
            code.Step(rate, i + 1);
            residual?.Step(rate, i + 1);
            progress?.Invoke(i + 1);
        }

        return (code.Result(), residual?.Result());
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private static float[] Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.cpu().contiguous().bytes).ToArray();

    private Tensor Volumes(float[] volume) => tensor(volume, [1, ShapeCode.VolumeLength]).to(_device);

    private Tensor LogStep(int step) => tensor(new[] { MathF.Log(ShapeSymbols.SizeOf(step)) }).to(_device);

    private Tensor Scaled(int[] values, int step) => tensor(Array.ConvertAll(values, v => v * ShapeSymbols.SizeOf(step)), [1, values.Length]).to(_device);

    private Tensor Residuals(ShapeSymbols shape) =>
        shape.Residual is { } residual ? Scaled(residual, shape.Step) : zeros(1, ShapeCode.LatentLength, device: _device);

    /// <summary>Elements that are fitted, in steps, with Adam's moments.</summary>
    private sealed class Fitted
    {
        private const double Beta1 = 0.9, Beta2 = 0.99;
        private readonly Tensor _values, _slopes, _first, _second;

        internal Fitted(float[] start, float[] scales, Device device)
        {
            _values = tensor(start, [1, start.Length]).to(device).requires_grad_();
            _slopes = tensor(scales, [1, scales.Length]).to(device).clamp(0.05).reciprocal();
            (_first, _second) = (zeros_like(_values).detach(), zeros_like(_values).detach());
        }

        // Uniform noise stands for rounding at first; later rounding itself, straight through.
        internal Tensor Rounded(bool hard) => hard ? _values + (_values.round() - _values).detach() : _values + (rand_like(_values) - 0.5).detach();

        // Laplace: |v| / b nats, flat around 0.
        internal Tensor Bits() => ((_values.square() + 0.04).sqrt() * _slopes).sum() * (1 / Math.Log(2));

        internal void Step(double rate, int step)
        {
            using var ungraded = no_grad();
            Tensor gradient = _values.grad!;
            _first.mul_(Beta1).add_(gradient, 1 - Beta1);
            _second.mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
            _values.sub_(_first * (rate / (1 - Math.Pow(Beta1, step))) / ((_second / (1 - Math.Pow(Beta2, step))).sqrt() + 1e-8));
            gradient.zero_();
        }

        internal float[] Result()
        {
            using var ungraded = no_grad();
            return Values(_values.detach());
        }
    }
}
