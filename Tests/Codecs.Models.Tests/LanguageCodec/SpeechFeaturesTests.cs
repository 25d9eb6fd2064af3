using Codecs.Models.LanguageCodec;
using Codecs.Models.LanguageCodec.Plain;
using Codecs.Models.Tests.Wavelets;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.LanguageCodec;

public sealed class SpeechFeaturesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    public void FeaturesAreThoseOfTraining(int frames)
    {
        using var scope = NewDisposeScope();
        using var network = new SpeechNetwork();
        float[] sound = Signals.Random(frames * SpeechShape.Hop, seed: 1), padded = new float[sound.Length + (2 * SpeechShape.Lead)];
        sound.CopyTo(padded, SpeechShape.Lead);

        FrameMap features = new SpeechFeatures().Of(padded);

        Assert.Equal((SpeechShape.Features, frames), (features.Channels, features.Frames));
        float[] expected = [.. network.Features(tensor(sound, [1, sound.Length])).data<float>()];
        Signals.AssertNear(Array.ConvertAll(expected, v => (double)v), SpeechFiles.Vectors(features), 2e-4);
    }

    [Fact]
    public void SilenceHasFiniteFeatures()
    {
        FrameMap features = new SpeechFeatures().Of(new float[SpeechShape.Window]);

        double floor = Math.Pow(SpeechFeatures.SmallestPower, 0.125);
        Assert.All(Enumerable.Range(0, 2 * SpeechShape.PhaseBins), i => Assert.Equal(0, features.Row(i)[0]));
        Assert.All(Enumerable.Range(2 * SpeechShape.PhaseBins, SpeechShape.MelBands), i => Assert.Equal(floor, features.Row(i)[0], 1e-6));
    }

    [Fact]
    public void EveryMelBandHearsSomethingAndEveryBinIsHeard()
    {
        float[] bank = SpeechFeatures.MelBank();
        double[] ofBand = new double[SpeechShape.MelBands], ofBin = new double[SpeechShape.Bins];
        for (int i = 0; i < bank.Length; i++)
        {
            Assert.InRange(bank[i], 0, 1);
            ofBand[i / SpeechShape.Bins] += bank[i];
            ofBin[i % SpeechShape.Bins] += bank[i];
        }

        Assert.All(ofBand, sum => Assert.InRange(sum, 0.5, 100));
        Assert.All(ofBin[1..600], sum => Assert.InRange(sum, 0.5, 4)); // above, the last triangle falls alone
    }
}
