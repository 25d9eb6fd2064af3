using Codecs.Models.Squeeze3d;
using static TorchSharp.torch;

namespace Codecs.Training.Squeeze3d;

/// <summary>Draws batches of volumes, each turned in a random way.</summary>
internal sealed class VolumeSampler(VolumeCache cache, int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>A batch to train on, [count, <see cref="ShapeCode.VolumeLength"/>].</summary>
    internal Tensor Next(int count) => Read([.. Enumerable.Range(0, count).Select(_ => cache.Training[_random.Next(cache.Training.Count)])], () => _random.Next(CubeSymmetry.Count));

    /// <summary>Some volumes of the cache, the same every time.</summary>
    internal Tensor HeldOut(int count) => Read([.. cache.HeldOut.Take(count)], () => 0);

    private Tensor Read(long[] volumes, Func<int> way)
    {
        float[] values = new float[volumes.Length * ShapeCode.VolumeLength];
        for (int i = 0; i < volumes.Length; i++)
        {
            cache.Read(volumes[i], way(), values.AsSpan(i * ShapeCode.VolumeLength, ShapeCode.VolumeLength));
        }

        return tensor(values, [volumes.Length, ShapeCode.VolumeLength]);
    }
}
