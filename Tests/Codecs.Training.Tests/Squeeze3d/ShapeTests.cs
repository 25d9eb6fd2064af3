using System.Numerics;
using Codecs.Geometry.Fields;
using Codecs.Metrics.Geometry;
using Codecs.Models.Squeeze3d;
using Codecs.Training.Squeeze3d;
using Codecs.Training.Squeeze3d.Shapes;
using static TorchSharp.torch;

namespace Codecs.Training.Tests.Squeeze3d;

public sealed class ShapeTests
{
    [Fact]
    public void ShapesDependOnTheirSeedAloneAndAreSolids()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            Solid solid = new ShapeMaker(new Random(seed)).Draw();
            TriangleTree? surface = ShapeVolume.Surface(solid);
            if (surface is null)
            {
                continue;
            }

            DistanceVolume volume = ShapeVolume.Sample(solid, surface, ShapeCode.Nodes);
            Solid again = new ShapeMaker(new Random(seed)).Draw();
            Assert.Equal(solid(new Vector3(0.1f, 0.2f, 0.3f)), again(new Vector3(0.1f, 0.2f, 0.3f)));
            Assert.Contains(volume.Values, v => v < 0);
            Assert.All(volume.Values, v => Assert.InRange(v, -1, 1));
        }
    }

    [Fact]
    public void TheTransformOfTorchIsThatOfTheFields()
    {
        var random = new Random(2);
        float[] volume = [.. Enumerable.Range(0, ShapeCode.VolumeLength).Select(_ => random.NextSingle() - 0.5f)];
        using var scope = NewDisposeScope();
        using var transform = new VolumeTransform(CPU);

        Tensor latents = transform.Forward(tensor(volume, [1, volume.Length]));

        float[] all = CosineTransform.Forward(volume, ShapeCode.Nodes), low = latents.data<float>().ToArray();
        for (int i = 0; i < low.Length; i++)
        {
            int x = i % 16, y = i / 16 % 16, z = i / 256;
            Assert.Equal(all[(((z * ShapeCode.Nodes) + y) * ShapeCode.Nodes) + x], low[i], 1e-4f);
        }

        float[] back = transform.Forward(transform.Inverse(latents).reshape(1, -1)).data<float>().ToArray();
        Assert.All(low.Zip(back), p => Assert.Equal(p.First, p.Second, 1e-4f));
    }

    [Fact]
    public void SymmetriesAreAllDifferentAndLeaveNothingOut()
    {
        var seen = new HashSet<string>();
        for (int way = 0; way < CubeSymmetry.Count; way++)
        {
            int[] sources = CubeSymmetry.Of(way).ToArray();
            Assert.Equal(ShapeCode.VolumeLength, sources.Distinct().Count());
            Assert.True(seen.Add($"{sources[1]} {sources[32]} {sources[1024]}"));
        }
    }

    [Fact]
    public void PrincipalAxesAreCentredAndOrthonormal()
    {
        using var scope = NewDisposeScope();
        var sampler = (int count) => randn(count, 5, float32) * tensor(new[] { 3f, 2f, 1f, 0.5f, 0.1f }) + 7;
        (Tensor mean, Tensor axes) = PrincipalAxes.Of(() => sampler(500), 4, 5, 3);

        Assert.All(mean.data<float>().ToArray(), m => Assert.Equal(7, m, 0.5f));
        Assert.Equal(0, (axes.matmul(axes.t()) - eye(3)).abs().max().item<float>(), 1e-4f);
        Assert.InRange(Math.Abs(axes[0, 0].item<float>()), 0.98, 1.01);
    }
}
