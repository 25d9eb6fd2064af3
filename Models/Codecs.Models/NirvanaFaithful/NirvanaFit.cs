using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Codecs.Models.NirvanaFaithful;

/// <summary>What a fit found.</summary>
/// <param name="State">The coded network with the least squared error plus lambda times bits per integer.</param>
/// <param name="Error">Squared error of its decoded frames, samples from 0 to 1.</param>
/// <param name="Iterations">Iterations done.</param>
internal sealed record FitResult(NirvanaState State, double Error, int Iterations);

/// <summary>Fits networks to the groups of one chunk, in order.</summary>
/// <remarks>
/// <para>Noise of one step on the integers first, then rounding with straight-through gradients. Every 25 iterations the network is measured as a decoder would have it:
/// integers, sides in steps, real bits, frames of 8 bits; the best by squared error + lambda bits per integer is kept. A group that starts from the
/// one before starts from its coded integers, pays for differences to them, and begins by measuring them unchanged.</para>
/// <para>The published training never rounds, keeps the best by the error before a step, and pays for whole integers in every group.</para>
/// </remarks>
internal sealed class NirvanaFit : IDisposable
{
    private const int MeasureEvery = 25, DivisorsEvery = 10, Window = 100, LargestBatch = 256;
    private const double LeastGain = 1e-3;
    private const long BytesPerStep = 16 << 20;
    private static readonly Scalar s_black = 0.0, s_one = 1.0, s_white = 255.0; // held for ever: TorchSharp 0.107 may free a number that only a call refers to
    private readonly PatchGrid _grid;
    private readonly Device _device;
    private readonly Tensor _centres;
    private readonly Tensor _mask;
    private readonly Generator _random;
    private readonly double _samples;
    private Tensor? _targets;
    private NirvanaNetwork? _network;
    private FitParameters? _parameters;

    internal NirvanaFit(PatchGrid grid, ComputeDevice device)
    {
        NativeBackend.EnsureLoaded();
        (_grid, _device) = (grid, device.ToTorch());
        _centres = tensor(grid.Coordinates(), [grid.Count, 2]).to(_device).DetachFromDisposeScope();
        _mask = tensor(grid.Mask(), [grid.Count, 1, NirvanaShape.Patch, NirvanaShape.Patch]).to(_device).DetachFromDisposeScope();
        _samples = (double)grid.Width * grid.Height * NirvanaShape.Frames * NirvanaShape.Colors;
        _random = new Generator(StartNoise.Seed, _device);
    }

    /// <summary>Forgets what was fitted: the next group starts afresh.</summary>
    internal void Restart(NirvanaShape shape)
    {
        _network?.Dispose();
        _parameters?.Dispose();
        _network = new NirvanaNetwork(shape, _device);
        _parameters = new FitParameters(shape, _device);
    }

    /// <summary>Sets the frames to fit.</summary>
    /// <param name="frames">Planar 8-bit RGB, as many as a group has.</param>
    internal void SetFrames(IReadOnlyList<byte[]> frames)
    {
        _targets?.Dispose();
        _targets = tensor(_grid.Cut(frames), [_grid.Count, NirvanaShape.Frames * NirvanaShape.Colors, NirvanaShape.Patch, NirvanaShape.Patch])
            .to(_device).DetachFromDisposeScope();
    }

    /// <summary>Squared error of what a coded network shows of the frames, samples from 0 to 1, padding left out.</summary>
    internal double Error(NirvanaState state)
    {
        using var _ = no_grad();
        using var outer = NewDisposeScope();
        using var network = new NirvanaNetwork(state.Shape, _device);
        NirvanaTensors weights = NirvanaTensors.Of(state, _device);
        double sum = 0;
        for (int first = 0; first < _grid.Count; first += LargestBatch)
        {
            using var pause = CollectionPause.Start(BytesPerStep);
            using var scope = NewDisposeScope();
            int count = Math.Min(LargestBatch, _grid.Count - first);
            Tensor shown = network.Forward(weights, _centres.narrow(0, first, count)).clamp(s_black, s_one).mul(s_white).round().div(s_white);
            sum += shown.sub(Targets.narrow(0, first, count)).square().mul(_mask.narrow(0, first, count)).sum().item<float>();
        }

        return sum / _samples;
    }

    /// <summary>Fits a network to the frames.</summary>
    /// <param name="coder">Knows the group before and counts bits; a group starts from there unless <paramref name="isFresh"/>.</param>
    /// <param name="isFresh">Just restarted.</param>
    /// <param name="schedule">How long and how.</param>
    /// <param name="progress">Receives iterations.</param>
    /// <param name="cancellation">Checked in every iteration.</param>
    internal FitResult Fit(GroupCoder coder, bool isFresh, FitSchedule schedule, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        FitParameters parameters = _parameters ?? throw new InvalidOperationException("Restart comes before the first group.");
        NirvanaState? before = isFresh ? null : coder.Before;
        using Tensor? reference = before is null ? null : tensor(before.Latents.SelectMany(l => l).Select(q => (float)q).ToArray()).to(_device);
        parameters.BeginGroup(before, schedule.Iterations);
        var best = new Candidates(coder, schedule, parameters.LatentCount);
        if (before is not null)
        {
            best.Offer(before, Error(before), 0);
        }

        long start = Stopwatch.GetTimestamp();
        bool isRounding = false;
        double roundingFrom = 1;
        int done = 0;
        while (!best.IsEnough)
        {
            cancellation.ThrowIfCancellationRequested();
            double now = Math.Max((double)done / schedule.Iterations, schedule.Time is { } time ? Stopwatch.GetElapsedTime(start) / time : 0);
            if (!isRounding && (now >= schedule.NoiseShare || best.IsIdle(done)))
            {
                (isRounding, roundingFrom) = (true, now);
                parameters.BeginRounding();
                best.Wake(done);
            }

            if (now >= 1 || (isRounding && (now - roundingFrom >= 1 - schedule.NoiseShare || best.IsIdle(done))))
            {
                break;
            }

            Iterate(parameters, isRounding, reference, schedule.Lambda);
            done++;
            if (done % DivisorsEvery == 0)
            {
                parameters.UpdateDivisors();
            }

            if (done % MeasureEvery == 0)
            {
                Measure();
                progress?.Report(new CodecProgress("fit", done, schedule.Iterations));
            }
        }

        if (best.State is null || done % MeasureEvery != 0)
        {
            Measure();
        }

        return new FitResult(best.State!, best.Error, done);

        void Measure()
        {
            NirvanaState state = parameters.Quantize();
            best.Offer(state, Error(state), done);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _centres.Dispose();
        _mask.Dispose();
        _targets?.Dispose();
        _network?.Dispose();
        _parameters?.Dispose();
        _random.Dispose();
    }

    private Tensor Targets => _targets ?? throw new InvalidOperationException("There are no frames to fit.");

    private void Iterate(FitParameters parameters, bool isRounding, Tensor? reference, double lambda)
    {
        using var pause = CollectionPause.Start(BytesPerStep);
        using var scope = NewDisposeScope();
        (Tensor centres, Tensor targets, Tensor mask) = (_centres, Targets, _mask);
        if (_grid.Count > LargestBatch)
        {
            Tensor chosen = randperm(_grid.Count, device: _device, generator: _random).narrow(0, 0, LargestBatch);
            (centres, targets, mask) = (centres.index_select(0, chosen), targets.index_select(0, chosen), mask.index_select(0, chosen));
        }

        (NirvanaTensors weights, Tensor bits) = parameters.Sample(isRounding, reference, _random);
        Tensor error = _network!.Forward(weights, centres).sub(targets).square().mul(mask).sum();
        Tensor loss = error.div(mask.sum().mul(NirvanaShape.Frames * NirvanaShape.Colors)).add(bits.mul(lambda / parameters.LatentCount));
        loss.backward();
        parameters.Step();
    }

    // The best network so far, and whether it still gets better.
    private sealed class Candidates(GroupCoder coder, FitSchedule schedule, int latents)
    {
        private double _cost = double.PositiveInfinity, _gained = double.PositiveInfinity;
        private int _since;

        internal NirvanaState? State { get; private set; }

        internal double Error { get; private set; } = double.PositiveInfinity;

        internal bool IsEnough => Error <= schedule.EnoughError;

        internal bool IsIdle(int iteration) => schedule.StopsEarly && iteration - _since >= Window;

        internal void Wake(int iteration) => (_gained, _since) = (double.PositiveInfinity, iteration);

        internal void Offer(NirvanaState state, double error, int iteration)
        {
            double cost = error + (schedule.Lambda * coder.Cost(state) / latents);
            bool isEnough = error <= schedule.EnoughError;
            if (cost < _cost || (isEnough && !IsEnough))
            {
                (_cost, Error, State) = (cost, error, state);
            }

            if (cost < _gained * (1 - LeastGain))
            {
                (_gained, _since) = (cost, iteration);
            }
        }
    }
}
