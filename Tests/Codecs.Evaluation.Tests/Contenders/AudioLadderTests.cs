namespace Codecs.Evaluation.Tests.Contenders;

public sealed class AudioLadderTests
{
    [Fact]
    public void QualitiesBecomeOptionsOfTheEncoder()
    {
        AudioLadder ladder = AudioLadder.Qualities([20, 60]);

        Assert.Equal("quality", ladder.SettingName);
        Assert.Equal([20, 60], ladder.Settings.Select(s => ladder.Options(s).Quality));
        Assert.Equal(NeuralContender.DefaultLadder, AudioLadder.Qualities().Settings);
        Assert.Throws<ArgumentException>(() => AudioLadder.Qualities([0]));
        Assert.Throws<ArgumentException>(() => AudioLadder.Qualities([]));
    }
}
