using TorchSharp;
using static TorchSharp.torch;

namespace Codecs.Models.NirvanaFaithful;

/// <summary>Frames of coded networks, a batch of patches at a time.</summary>
internal sealed class NirvanaSynthesis : IDisposable
{
    private const int Batch = 128;
    private const long BytesPerBatch = 8 << 20;
    private static readonly Scalar s_black = 0.0, s_one = 1.0, s_white = 255.0; // held for ever: TorchSharp 0.107 may free a number that only a call refers to
    private readonly PatchGrid _grid;
    private readonly Device _device;
    private readonly Tensor _centres;

    internal NirvanaSynthesis(PatchGrid grid, ComputeDevice device)
    {
        NativeBackend.EnsureLoaded();
        _grid = grid;
        _device = device.ToTorch();
        _centres = tensor(grid.Coordinates(), [grid.Count, 2]).to(_device).DetachFromDisposeScope();
    }

    /// <summary>Frames of a group.</summary>
    /// <param name="state">Its network.</param>
    /// <param name="firstFrame">First frame wanted.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellation">Checked between batches.</param>
    /// <returns>Planar 8-bit RGB, [3, height, width] each.</returns>
    internal byte[][] Render(NirvanaState state, int firstFrame, int count, CancellationToken cancellation)
    {
        using var _ = inference_mode();
        using var network = new NirvanaNetwork(state.Shape, _device, firstFrame, count);
        byte[][] frames = [.. Enumerable.Range(0, count).Select(_ => new byte[NirvanaShape.Colors * _grid.Width * _grid.Height])];
        using var outer = NewDisposeScope();
        NirvanaTensors weights = NirvanaTensors.Of(state, _device).Frames(firstFrame, count);
        for (int first = 0; first < _grid.Count; first += Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            using var pause = CollectionPause.Start(BytesPerBatch);
            using var scope = NewDisposeScope();
            Tensor patches = network.Forward(weights, _centres.narrow(0, first, Math.Min(Batch, _grid.Count - first)));
            patches = patches.clamp(s_black, s_one).mul(s_white).round().to(ScalarType.Byte).cpu().contiguous();
            _grid.Place(patches.data<byte>().ToArray(), first, frames);
        }

        return frames;
    }

    /// <inheritdoc/>
    public void Dispose() => _centres.Dispose();
}
