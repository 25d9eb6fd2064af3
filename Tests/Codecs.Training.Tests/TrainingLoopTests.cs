using static TorchSharp.torch;

namespace Codecs.Training.Tests;

public sealed class TrainingLoopTests
{
    private const string Model = "line";

    [Fact]
    public void TheLossFallsAndTheDecayFollowsTheTime()
    {
        using var folder = new TempFolder();
        using var network = nn.Linear(1, 1);
        var losses = new List<double>();
        var decays = new List<double>();
        int evaluations = 0;

        new TrainingLoop(folder.Options with { DecayShare = 1, Minutes = 0.04 }, Model, _ => { }).Run(
            new Optimizer(network), 0.05,
            decayed =>
            {
                decays.Add(decayed);
                TrainingStep step = Step(network);
                losses.Add(step.Loss.item<float>());
                return step;
            },
            () => evaluations++, TestContext.Current.CancellationToken);

        Assert.InRange(losses[^1], 0, losses[0] / 2);
        Assert.Equal(decays.Order(), decays);
        Assert.InRange(decays[^1], decays[0] + 1e-9, 1);
        Assert.Equal(1, evaluations);
    }

    [Fact]
    public void AResumedRunStartsWhereTheLastOneEnded()
    {
        using var folder = new TempFolder();
        using var first = nn.Linear(1, 1);
        using var second = nn.Linear(1, 1);
        Optimizer before = new(first), after = new(second);
        new TrainingLoop(folder.Options, Model, _ => { }).Run(before, 0.05, _ => Step(first), () => { }, TestContext.Current.CancellationToken);

        bool resumed = new TrainingLoop(folder.Options with { Resume = true }, Model, _ => { }).Resume(after);

        Assert.True(resumed);
        Assert.Equal(before.Steps, after.Steps);
        Assert.All(before.State().Zip(after.State()), pair => Assert.Equal(pair.First.Value.data<float>().ToArray(), pair.Second.Value.data<float>().ToArray()));
    }

    [Fact]
    public void WithoutResumeTrainingStartsAnew()
    {
        using var folder = new TempFolder();
        using var network = nn.Linear(1, 1);
        var optimizer = new Optimizer(network);
        new TrainingLoop(folder.Options, Model, _ => { }).Run(optimizer, 0.05, _ => Step(network), () => { }, new CancellationToken(canceled: true));

        Assert.True(File.Exists(TrainingLoop.CheckpointPath(folder.Options, Model)));
        Assert.False(new TrainingLoop(folder.Options, Model, _ => { }).Resume(optimizer));
        Assert.True(new TrainingLoop(folder.Options with { Resume = true }, Model, _ => { }).Resume(optimizer));
    }

    [Fact]
    public void ACheckpointOfAnotherNetworkIsOurError()
    {
        using var folder = new TempFolder();
        using var network = nn.Linear(1, 1);
        using var other = nn.Linear(2, 1);
        new TrainingLoop(folder.Options, Model, _ => { }).Run(new Optimizer(network), 0.05, _ => Step(network), () => { }, new CancellationToken(canceled: true));

        Assert.Throws<InvalidBitstreamException>(() => new TrainingLoop(folder.Options with { Resume = true }, Model, _ => { }).Resume(new Optimizer(other)));
    }

    // y = 3 x - 1.
    private static TrainingStep Step(nn.Module<Tensor, Tensor> network)
    {
        Tensor x = linspace(-1, 1, 32).unsqueeze(1);
        return new TrainingStep((network.forward(x) - ((3 * x) - 1)).square().mean());
    }
}
