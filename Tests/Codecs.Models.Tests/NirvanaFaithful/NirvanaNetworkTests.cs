using Codecs.Models.NirvanaFaithful;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.NirvanaFaithful;

public sealed class NirvanaNetworkTests
{
    [Fact]
    public void ThePublishedNetworkHasThePublishedSize()
    {
        NirvanaShape shape = NirvanaShape.Published;

        Assert.Equal([1_024, 262_144, 2_097_152], Enumerable.Range(0, 3).Select(shape.LatentLength));
        Assert.Equal(2_360_320, shape.LatentCount);
        Assert.Equal(5_120, Enumerable.Range(0, 3).Sum(shape.SideLength));
        Assert.Equal(13_920, shape.SideLength(3) + shape.SideLength(4));
        Assert.Equal(657, shape.SideLength(5) + shape.SideLength(6));
        Assert.InRange(shape.MacsPerPatch, 6_500_000, 6_600_000);
    }

    [Fact]
    public void APatchHasAllFramesOfItsGroup()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        using var network = new NirvanaNetwork(NirvanaShape.Published, CPU);

        Tensor patches = network.Forward(NirvanaTensors.Of(Full(NirvanaShape.Published), CPU), Centres());

        Assert.Equal([6, 9, 32, 32], patches.shape);
        Assert.True(patches.isfinite().all().item<bool>());
    }

    [Fact]
    public void FramesAloneAreThoseOfTheGroup()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var shape = new NirvanaShape(16, 5);
        NirvanaTensors weights = NirvanaTensors.Of(Full(shape), CPU);
        using var all = new NirvanaNetwork(shape, CPU);
        using var last = new NirvanaNetwork(shape, CPU, firstFrame: 2, frames: 1);

        Tensor expected = all.Forward(weights, Centres()).narrow(1, 6, 3);

        Assert.True(expected.allclose(last.Forward(weights.Frames(2, 1), Centres()), 1e-4, 1e-5));
    }

    [Fact]
    public void FramesSeeTheMapPlusTheirEncoding()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var shape = new NirvanaShape(24, 5);
        NirvanaTensors weights = NirvanaTensors.Of(Full(shape), CPU);
        using var network = new NirvanaNetwork(shape, CPU);
        float[] encoding = NirvanaNetwork.Encoding(shape);

        // The definition, frame by frame.
        Tensor x = NirvanaNetwork.Sine(NirvanaNetwork.Sine(Centres(), weights, 0), weights, 1);
        Tensor map = NirvanaNetwork.Preactivation(x, weights, 2).view(-1, 5, 16, 16);
        IEnumerable<Tensor> frames = Enumerable.Range(0, 3).Select(t =>
        {
            Tensor own = map.add(tensor(encoding[(5 * t)..(5 * (t + 1))], [1, 5, 1, 1]));
            Tensor fine = nn.functional.conv2d(own, weights.Sides[3].narrow(0, 32 * t, 32), weights.Sides[4].narrow(0, 32 * t, 32), padding: [1, 1]);
            fine = nn.functional.gelu(nn.functional.pixel_shuffle(fine, 2));
            return nn.functional.conv2d(fine, weights.Sides[5].narrow(0, 3 * t, 3), weights.Sides[6].narrow(0, 3 * t, 3), padding: [1, 1]);
        });

        Assert.Equal((0f, 1f, (float)Math.Sin(2), (float)Math.Cos(0.02)), (encoding[0], encoding[1], encoding[10], encoding[13]));
        Assert.True(cat([.. frames], 1).allclose(network.Forward(weights, Centres()), 1e-4, 1e-5));
    }

    [Fact]
    public void SinesStartInTheirUsefulRange()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        NirvanaTensors weights = NirvanaTensors.Of(Full(NirvanaShape.Published), CPU);
        Tensor centres = tensor(new PatchGrid(640, 360).Coordinates(), [240, 2]);

        Tensor second = NirvanaNetwork.Preactivation(NirvanaNetwork.Sine(centres, weights, 0), weights, 1);

        // Sitzmann and others: normal with variance 1 before each sine.
        Assert.InRange(second.std().item<float>() * NirvanaState.Omega, 0.8, 1.2);
    }

    [Fact]
    public void TheStartIsTheSameForEver()
    {
        Assert.Equal([8361230 / 8388608f, 308425 / 8388608f, -5759096 / 8388608f], [StartNoise.Uniform(0, 0), StartNoise.Uniform(0, 1), StartNoise.Uniform(9, 12345)]);
        float[] many = [.. Enumerable.Range(0, 30_000).Select(i => StartNoise.Uniform(1, i))];
        Assert.InRange(many.Average(), -0.02, 0.02);
        Assert.InRange(many.Average(v => v * v), 0.32, 0.35);
        Assert.All(many, v => Assert.InRange(v, -1, 1));
    }

    /// <summary>A network at its start, biases and convolutions included.</summary>
    internal static NirvanaState Full(NirvanaShape shape)
    {
        var state = NirvanaState.Start(shape);
        for (int s = 0; s < NirvanaShape.Sides; s++)
        {
            state.Steps[s] = (Half)(1f / 1024);
            for (int i = 0; i < state.Sides[s].Length; i++)
            {
                state.Sides[s][i] = (short)MathF.Round(1024 * NirvanaState.StartSide(shape, s, i));
            }
        }

        return state;
    }

    private static Tensor Centres() => tensor(new PatchGrid(96, 64).Coordinates(), [6, 2]);
}
