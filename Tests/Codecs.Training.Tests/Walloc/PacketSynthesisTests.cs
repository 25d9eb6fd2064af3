using Codecs.Models.Walloc;
using Codecs.Models.Wavelets;
using Codecs.Training.Walloc;
using static TorchSharp.torch;

namespace Codecs.Training.Tests.Walloc;

public sealed class PacketSynthesisTests
{
    private const int Frames = 24, Margin = 6; // beyond it nobody sees whether silence or a mirror is at the ends

    [Fact]
    public void InTheMiddleItIsTheCodecsSynthesis()
    {
        var random = new Random(1);
        float[] packets = [.. Enumerable.Range(0, Frames * AudioWalloc.Coefficients).Select(_ => (float)(random.NextDouble() - 0.5))];
        using var scope = NewDisposeScope();

        Tensor stereo = new PacketSynthesis().Stereo(tensor(packets, [1, 1, Frames, AudioWalloc.Coefficients]));

        Assert.Equal([1, 2, Frames * AudioWalloc.Stride], stereo.shape);
        float[] samples = stereo.data<float>().ToArray(), mid = Synthesize(packets, 0), side = Synthesize(packets, 1);
        for (int i = Margin * AudioWalloc.Stride; i < (Frames - Margin) * AudioWalloc.Stride; i++)
        {
            Assert.Equal((mid[i] + side[i]) * Math.Sqrt(0.5), samples[i], tolerance: 1e-3);
            Assert.Equal((mid[i] - side[i]) * Math.Sqrt(0.5), samples[mid.Length + i], tolerance: 1e-3);
        }
    }

    private static float[] Synthesize(float[] packets, int channel)
    {
        float[] frames = new float[Frames * AudioWalloc.Stride], samples = new float[frames.Length];
        for (int t = 0; t < Frames; t++)
        {
            packets.AsSpan(((2 * t) + channel) * AudioWalloc.Stride, AudioWalloc.Stride).CopyTo(frames.AsSpan(t * AudioWalloc.Stride));
        }

        WaveletPacket1D.Synthesize(frames, AudioWalloc.WaveletLevels, samples);
        return samples;
    }
}
