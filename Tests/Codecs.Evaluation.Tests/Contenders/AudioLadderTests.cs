using Codecs.Audio;

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

    [Fact]
    public void CodebooksBecomeOptionsOfTheEncoder()
    {
        Assert.Equal("codebooks", AudioLadder.Codebooks.SettingName);
        Assert.Equal([3, 4, 5, 6, 8], AudioLadder.Codebooks.Settings.Select(s => AudioLadder.Codebooks.Options(s).Codebooks!.Value));
    }

    [Fact]
    public void ACodecIsMeasuredByWhatItHas()
    {
        using var music = AudioCodec.Open("walloc-audio");
        using var speech = AudioCodec.Open("language-codec");
        var contender = new NeuralAudioContender(speech);

        Assert.Equal("quality", new NeuralAudioContender(music).SettingName);
        Assert.Equal(("codebooks", AudioLadder.Codebooks.Settings), (contender.SettingName, contender.Ladder));
        Assert.Equal("quality", new NeuralAudioContender(speech, AudioLadder.Qualities()).SettingName);
        int[] bytes = [.. contender.Ladder.Select(codebooks => contender.Encode(MediaFiles.Sound(0.5, 24_000, 1), codebooks, CancellationToken.None).Length)];
        Assert.Equal(bytes.Distinct().Order(), bytes);
    }
}
