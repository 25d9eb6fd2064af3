using Codecs.Formats.Media;

namespace Codecs.Evaluation.Tests.Contenders;

public sealed class SpeechContenderTests
{
    [Fact]
    public void SpeechHasContendersOfItsOwnBesidesThoseOfSound()
    {
        Assert.Equal(["opus", "codec2", "speex", "speex-wide"], ClassicalAudioContender.UsualForSpeech.Select(c => c.Name));
        Assert.Equal(["opus", "codec2", "speex", "speex-wide", "mp3", "aac", "vorbis"], ClassicalAudioContender.AllForSpeech.Select(c => c.Name));
        Assert.Equal([6, 8, 10, 12, 16, 24], ClassicalAudioContender.UsualForSpeech[0].Ladder);
        Assert.Equal([0.7, 1.2, 1.3, 1.4, 1.6, 2.4, 3.2], ClassicalAudioContender.UsualForSpeech[1].Ladder);
    }

    [Theory]
    [InlineData("opus", 48_000, 5, 8)]
    [InlineData("codec2", 8_000, 0.7, 0.9)]
    [InlineData("speex", 8_000, 2.15, 4)]
    [InlineData("speex-wide", 16_000, 3.95, 6)]
    public void EveryRateIsAFileOfThatRateAndComesBack(string name, int sampleRate, double leastKbit, double mostKbit)
    {
        ClassicalAudioContender contender = ClassicalAudioContender.UsualForSpeech.Single(c => c.Name == name);
        Assert.SkipUnless(contender.IsAvailable, $"This ffmpeg has no {name}.");
        Waveform sound = MediaFiles.Sound(3, 24_000, 1);
        int before = 0;
        foreach (double setting in contender.Ladder)
        {
            byte[] file = contender.Encode(sound, setting, CancellationToken.None);
            Waveform back = contender.Decode(file, CancellationToken.None);

            Assert.Equal((sampleRate, 1), (back.SampleRate, back.ChannelCount));
            Assert.InRange(back.Duration.TotalSeconds, 2.95, 3.1);
            Assert.True(file.Length >= before);
            if (before == 0)
            {
                Assert.InRange(file.Length * 8 / 3000.0, leastKbit, mostKbit);
            }

            before = file.Length;
        }

        Assert.NotNull(contender.CacheKey);
    }
}
