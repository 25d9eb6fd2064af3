using Codecs.Models.LanguageCodec;
using Codecs.Training.LanguageCodec;
using static TorchSharp.torch;

namespace Codecs.Training.Tests.LanguageCodec;

public sealed class SpeechLossTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void EqualSoundsCostNothing(long step)
    {
        using var scope = NewDisposeScope();
        var loss = new SpeechLoss();
        Tensor sound = Sound();

        TrainingStep same = loss.Forward(sound, sound, step);

        Assert.Equal(0, same.Loss.item<float>(), 1e-3);
        Assert.All(same.Numbers, n => Assert.Equal(0, n.Value, 1e-3));
        Assert.Equal(0, loss.Mel(sound, sound));
    }

    [Theory]
    [InlineData(0, "complex")]
    [InlineData(1, "envelope")]
    public void EveryPartFallsWithTheNoise(long step, string special)
    {
        using var scope = NewDisposeScope();
        var loss = new SpeechLoss();
        Tensor sound = Sound(), noise = randn(sound.shape);
        Dictionary<string, double> before = [];
        double total = double.PositiveInfinity, mel = double.PositiveInfinity;
        foreach (double level in (double[])[0.1, 0.03, 0.01, 0.003])
        {
            Tensor signal = sound + (noise * level);
            TrainingStep found = loss.Forward(signal, sound, step);
            Assert.Equal(["mel", "spectrum", special, "wave"], found.Numbers.Select(n => n.Name));
            Assert.All(found.Numbers, n => Assert.InRange(n.Value, 1e-6, before.GetValueOrDefault(n.Name, 100) * 0.95));
            Assert.InRange(found.Loss.item<float>(), 0, total);
            Assert.InRange(loss.Mel(signal, sound), 0, mel);
            (before, total, mel) = (found.Numbers.ToDictionary(n => n.Name, n => n.Value), found.Loss.item<float>(), loss.Mel(signal, sound));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void GradientsAreFiniteEvenForSilence(long step)
    {
        using var scope = NewDisposeScope();
        var loss = new SpeechLoss();
        foreach (Tensor reference in (Tensor[])[Sound(), zeros(2, 24000)])
        {
            Tensor signal = (randn(2, 24000) * 0.01).requires_grad_();
            loss.Forward(signal, reference, step).Loss.backward();
            Assert.True(isfinite(signal.grad!).all().item<bool>());
            Assert.InRange(signal.grad!.abs().max().item<float>(), 1e-9, 1e9);
        }
    }

    [Fact]
    public void ALevelHasItsLogarithm()
    {
        using var scope = NewDisposeScope();
        Tensor sound = randn(2, 24000);

        Assert.Equal(1, new SpeechLoss().Mel(sound * 0.1, sound), tolerance: 1e-3);
    }

    // Harmonics of two voices, in syllables, over a little hiss.
    private static Tensor Sound()
    {
        random.manual_seed(1);
        Tensor time = arange(24000, ScalarType.Float32) / SpeechShape.SampleRate;
        Tensor Voice(double pitch) => Enumerable.Range(1, 20).Select(k => (time * (2 * Math.PI * pitch * k)).sin() / k).Aggregate((a, b) => a + b);
        Tensor syllables = (time * (2 * Math.PI * 4)).sin().clamp_min(0) * 0.2;
        return (stack([Voice(110), Voice(190)]) * syllables) + (randn(2, 24000) * 0.001);
    }
}
