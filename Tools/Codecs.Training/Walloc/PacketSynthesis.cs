using Codecs.Models.Walloc;
using Codecs.Models.Wavelets;
using static TorchSharp.torch;

namespace Codecs.Training.Walloc;

/// <summary>Audio packets to samples inside torch, with gradients: every packet's waveform, added where they overlap.</summary>
internal sealed class PacketSynthesis
{
    private const int Bands = AudioWalloc.Stride, Before = 3, After = 5, Blocks = Before + 1 + After;
    private readonly Tensor _waveforms;

    internal PacketSynthesis()
    {
        // A frame in the middle of silence, band by band; nine frames hold the longest waveform.
        float[] waveforms = new float[Bands * Blocks * Bands], packets = new float[Blocks * 2 * Bands], samples = new float[Blocks * 2 * Bands];
        const int at = Blocks;
        for (int band = 0; band < Bands; band++)
        {
            packets[(at * Bands) + band] = 1;
            WaveletPacket1D.Synthesize(packets, AudioWalloc.WaveletLevels, samples);
            samples.AsSpan((at - Before) * Bands, Blocks * Bands).CopyTo(waveforms.AsSpan(band * Blocks * Bands));
            packets[(at * Bands) + band] = 0;
        }

        _waveforms = tensor(waveforms, [Bands, Blocks * Bands]).DetachFromDisposeScope();
        Energy = _waveforms.square().sum(1).DetachFromDisposeScope();
    }

    /// <summary>Energy of each band's waveform, [256]: what an error in a packet costs in samples.</summary>
    internal Tensor Energy { get; }

    /// <param name="packets">[N, 1, T, 512], mid before side.</param>
    /// <returns>Left and right, [N, 2, 256 T]; silence is assumed around.</returns>
    internal Tensor Stereo(Tensor packets)
    {
        long n = packets.shape[0], frames = packets.shape[2];
        Tensor blocks = packets.reshape(n, frames, 2, Bands).permute(0, 2, 1, 3).matmul(_waveforms).reshape(n, 2, frames, Blocks, Bands);
        Tensor sum = zeros(n, 2, frames + Blocks - 1, Bands);
        for (int k = 0; k < Blocks; k++)
        {
            sum = sum + nn.functional.pad(blocks.select(3, k), [0, 0, k, Blocks - 1 - k]);
        }

        Tensor channels = sum.narrow(2, Before, frames).reshape(n, 2, frames * Bands);
        Tensor mid = channels.select(1, 0), side = channels.select(1, 1);
        return stack([mid + side, mid - side], 1) * Math.Sqrt(0.5);
    }
}
