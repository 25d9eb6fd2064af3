using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Training.Tests;

public sealed class OptimizerTests
{
    [Fact]
    public void FrozenParametersStayAtTheirAveragesWhileOthersLearn()
    {
        using var network = new Pair();
        var optimizer = new Optimizer(network);
        Learn(optimizer, network, 20);
        float[] average = Values(State(optimizer, "ema.first.weight")), other = Values(network.second.weight);
        Assert.NotEqual(average, Values(network.first.weight));

        optimizer.Freeze(name => name.StartsWith("first.", StringComparison.Ordinal));
        Learn(optimizer, network, 20);

        Assert.Equal(average, Values(network.first.weight));
        Assert.Equal(average, Values(State(optimizer, "ema.first.weight")));
        Assert.NotEqual(other, Values(network.second.weight));
        Assert.NotEqual(other, Values(State(optimizer, "ema.second.weight")));
    }

    [Fact]
    public void AFrozenPartNeedsNoGradient()
    {
        using var network = new Pair();
        var optimizer = new Optimizer(network);
        optimizer.Freeze(name => name.StartsWith("first.", StringComparison.Ordinal));
        float[] before = Values(network.first.weight), other = Values(network.second.weight);

        network.second.forward(ones(4, 2)).square().mean().backward();
        optimizer.Step(0.01);

        Assert.Equal(1, optimizer.Steps);
        Assert.Equal(before, Values(network.first.weight));
        Assert.NotEqual(other, Values(network.second.weight));
    }

    [Fact]
    public void AFrozenPartStaysWhereItIsThroughSwapsAndRestores()
    {
        using var network = new Pair();
        var optimizer = new Optimizer(network);
        Learn(optimizer, network, 20);
        optimizer.Freeze(name => name.StartsWith("first.", StringComparison.Ordinal));
        float[] frozen = Values(network.first.weight);

        optimizer.SwapAverages();
        Assert.Equal(frozen, Values(network.first.weight));
        optimizer.SwapAverages();
        optimizer.Restore();
        optimizer.Freeze(name => name.StartsWith("first.", StringComparison.Ordinal));

        Assert.Equal(frozen, Values(network.first.weight));
    }

    [Fact]
    public void TheStateHoldsTheBuffers()
    {
        using var folder = new TempFolder();
        using var network = new Pair();
        using var other = new Pair();
        Optimizer before = new(network), after = new(other);
        Learn(before, network, 3);
        network.seen.fill_(7);
        string path = folder.At("state.safetensors");

        Checkpoint.Save(path, before.State(), new Dictionary<string, double> { ["steps"] = 3 });
        Checkpoint.Load(path, after.State());

        Assert.Equal([7, 7, 7], Values(other.seen));
        Assert.Equal(before.State().Select(s => s.Name), after.State().Select(s => s.Name));
        Assert.All(before.State().Zip(after.State()), pair => Assert.Equal(Values(pair.First.Value), Values(pair.Second.Value)));
    }

    private static void Learn(Optimizer optimizer, Pair network, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            using var scope = NewDisposeScope();
            (network.second.forward(network.first.forward(ones(4, 2))) - 3).square().mean().backward();
            optimizer.Step(0.1);
        }
    }

    private static Tensor State(Optimizer optimizer, string name) => optimizer.State().Single(s => s.Name == name).Value;

    private static float[] Values(Tensor x) => [.. x.detach().data<float>()];

    private sealed class Pair : nn.Module
    {
#pragma warning disable IDE1006 // The field names are the state-dict names.
        internal readonly Linear first = nn.Linear(2, 2);
        internal readonly Linear second = nn.Linear(2, 1);
        internal readonly Tensor seen = zeros(3);
#pragma warning restore IDE1006

        internal Pair()
            : base(nameof(Pair)) => RegisterComponents();
    }
}
