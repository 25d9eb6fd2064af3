using System.Globalization;
using System.Text;
using Codecs.Models.Squeeze3d;
using static TorchSharp.torch;

namespace Codecs.Training.Squeeze3d;

/// <summary>Trains <c>squeeze3d</c>: principal axes first, then the generator and the nonlinear part of the reverse mapping on quantised codes of generated shapes.</summary>
internal sealed class Squeeze3dRecipe(TrainingOptions options, Action<string> log)
{
    internal const string Model = "squeeze3d";
    private const double PeakRate = 1e-3;
    private const int Batch = 8, VolumesForAxes = 12_000, HeldOut = 32;
    private const double FinestStep = 0.3, CoarsestStep = 4.5, FinestWithoutResidual = 1.4;
    private static readonly double[] s_evaluatedSteps = [0.5, 1.0, 2.0, 4.0];
    private readonly Random _random = new(options.Seed);

    /// <summary>Runs until the time is used up or the token says stop.</summary>
    internal void Run(CancellationToken cancellation)
    {
        TrainingLoop.Prepare(options);
        using VolumeCache cache = VolumeCache.Open(options, log);
        using var network = new Squeeze3dNetwork(CPU);
        var sampler = new VolumeSampler(cache, options.Seed);
        var optimizer = new Optimizer(network);
        var loop = new TrainingLoop(options, Model, log);
        if (loop.Resume(optimizer))
        {
            sampler = new VolumeSampler(cache, options.Seed + (int)optimizer.Steps);
        }
        else
        {
            PrincipalAxes.Apply(network, sampler, Math.Min(VolumesForAxes, 50 * options.ContextMaps));
            log("principal axes are known");
            using (no_grad())
            {
                Evaluate(network, sampler);
            }
        }

        loop.Run(optimizer, PeakRate, _ => Next(network, sampler), () => Evaluate(network, sampler), cancellation);
    }

    private TrainingStep Next(Squeeze3dNetwork network, VolumeSampler sampler)
    {
        Tensor volumes = sampler.Next(Batch);
        double[] steps = new double[Batch];
        for (int i = 0; i < Batch; i++)
        {
            steps[i] = FinestStep * Math.Pow(CoarsestStep / FinestStep, _random.NextDouble());
        }

        (Tensor decoded, Tensor linear) = Decode(network, volumes, steps, _random.Next(2) == 0);
        Tensor target = volumes.reshape(decoded.shape);
        Tensor loss = VolumeLoss.Mean(decoded, target);
        return new TrainingStep(loss, ("linear", VolumeLoss.Mean(linear.detach(), target).item<float>()));
    }

    private static (Tensor Decoded, Tensor Linear) Decode(Squeeze3dNetwork network, Tensor volumes, double[] steps, bool residual)
    {
        Tensor codes, residuals, logSteps;
        using (no_grad())
        {
            Tensor step = tensor(Array.ConvertAll(steps, s => (float)s)).unsqueeze(1);
            logSteps = step.log().squeeze(1);
            Tensor latents = network.Latents(volumes);
            codes = Quantize(network.mapping.Encode(latents), step, 0.4f);
            Tensor rest = latents - network.mapping.Place(codes);
            residuals = Quantize(rest, step, 0.3f) * (step < FinestWithoutResidual).to(float32) * (residual ? 1 : 0);
        }

        Tensor linear = network.Linear(codes, residuals);
        return (network.generator.forward(linear, logSteps), linear);
    }

    private static Tensor Quantize(Tensor values, Tensor step, float offset) => ((values.abs() / step) + offset).floor() * values.sign() * step;

    private void Evaluate(Squeeze3dNetwork network, VolumeSampler sampler)
    {
        using var scope = NewDisposeScope();
        Tensor volumes = sampler.HeldOut(HeldOut), target = volumes.reshape(-1, ShapeCode.Nodes, ShapeCode.Nodes, ShapeCode.Nodes);
        Tensor near = (target.abs() < 0.5).to(float32);
        var line = new StringBuilder("held-out step: distance error near the surface in cells, linear / generated:");
        foreach (double step in s_evaluatedSteps)
        {
            (Tensor decoded, Tensor linear) = Decode(network, volumes, [.. Enumerable.Repeat(step, (int)volumes.shape[0])], residual: true);
            double Cells(Tensor x) => 3 * (((x - target).abs() * near).sum() / near.sum()).item<float>();
            line.Append(CultureInfo.InvariantCulture, $"  {step:F1} {Cells(linear):F3} / {Cells(decoded):F3}");
        }

        log(line.ToString());
    }
}
