namespace Codecs.Training.Tests;

public sealed class DivergenceGuardTests
{
    [Fact]
    public void SingleOutliersAreRefusedAndForgotten()
    {
        DivergenceGuard guard = Settled();
        Assert.False(guard.Accepts(10));
        Assert.True(guard.Accepts(1.1));
        Assert.False(guard.Diverged);
    }

    [Fact]
    public void ManyInARowAreADivergence()
    {
        DivergenceGuard guard = Settled();
        for (int i = 0; i < 6; i++)
        {
            Assert.False(guard.Accepts(double.NaN));
        }

        Assert.True(guard.Diverged);
        guard.Reset();
        Assert.False(guard.Diverged);
    }

    private static DivergenceGuard Settled()
    {
        var guard = new DivergenceGuard();
        for (int i = 0; i < 60; i++)
        {
            Assert.True(guard.Accepts(1));
        }

        return guard;
    }
}
