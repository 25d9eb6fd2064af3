using Codecs.Formats.Media;
using Codecs.Training.Data;

namespace Codecs.Training.Tests.Data;

public sealed class MusicExcerptTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 2)]
    public void TheFirstChannelsFromTheTenthSecondOnAreRead(int channels, int kept)
    {
        using var folder = new TempFolder();
        Waveform sound = Sounds.Chords(8000, channels, 12);
        AudioFile.Write(folder.At("data/track.wav"), sound);

        Waveform excerpt = MusicExcerpt.Read(folder.At("data/track.wav"), 8000);

        Assert.Equal((kept, 16000L), (excerpt.ChannelCount, excerpt.SampleCount));
        for (int c = 0; c < kept; c++)
        {
            Assert.InRange(Sounds.SnrDb(sound.Channel(c)[80000..], excerpt.Channel(c)), 60, 400);
        }
    }

    [Fact]
    public void AnExcerptIsNoLongerThanTwoAndAHalfMinutes()
    {
        using var folder = new TempFolder();
        AudioFile.Write(folder.At("data/track.wav"), Sounds.Chords(2000, 1, 170));

        Assert.Equal(TimeSpan.FromSeconds(150), MusicExcerpt.Read(folder.At("data/track.wav"), 4000).Duration);
    }

    [Fact]
    public void OfAShortTrackNothingIsLeft()
    {
        using var folder = new TempFolder();
        AudioFile.Write(folder.At("data/track.wav"), Sounds.Chords(8000, 2, 9));

        Assert.Equal(0, MusicExcerpt.Read(folder.At("data/track.wav"), 44100).SampleCount);
    }
}
