using Codecs.Training.Walloc;
using static TorchSharp.torch;

namespace Codecs.Training.Tests.Walloc;

public sealed class MelLossTests
{
    [Fact]
    public void EqualSoundsHaveNoDistanceAndALevelHasItsLogarithm()
    {
        using var scope = NewDisposeScope();
        Tensor sound = randn(2, 16384);
        var loss = new MelLoss(44100);

        Assert.Equal(0, loss.Forward(sound, sound).item<float>());
        Assert.Equal(1, loss.Forward(sound * 0.1, sound).item<float>(), tolerance: 1e-3);
    }

    [Fact]
    public void AHigherToneIsFurtherAwayThanALouderOne()
    {
        using var scope = NewDisposeScope();
        Tensor time = arange(16384, ScalarType.Float32).unsqueeze(0) * (2 * Math.PI / 44100);
        Tensor tone = (time * 440).sin(), louder = tone * 1.5, higher = (time * 880).sin();
        var loss = new MelLoss(44100);

        Assert.True(loss.Forward(higher, tone).item<float>() > loss.Forward(louder, tone).item<float>());
    }
}
