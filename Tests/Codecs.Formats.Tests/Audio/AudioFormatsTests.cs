using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Audio;

public sealed class AudioFormatsTests
{
    [Fact]
    public void EveryFormatHasTraitsAndNoExtensionBelongsToTwo()
    {
        var extensions = AudioFormats.All.SelectMany(AudioFormats.Extensions).ToList();

        Assert.Equal(extensions.Count, extensions.Distinct().Count());
        Assert.All(AudioFormats.All, format => Assert.Equal(format, AudioFormats.FromPath("x" + AudioFormats.Extensions(format)[0].ToUpperInvariant())));
    }

    [Fact]
    public void AnUnknownExtensionIsAnsweredWithTheKnownOnes() =>
        Assert.Contains(".flac", Assert.Throws<MediaException>(() => AudioFormats.FromPath("a.xyz")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("a=b")]
    [InlineData("naïve")]
    [InlineData("a\nb")]
    public void NamesThatNoFormatHoldsAreRefused(string name) =>
        Assert.Throws<ArgumentException>(() => new AudioMetadata { Tags = new Dictionary<string, string> { [name] = "x" } });

    [Fact]
    public void ACoverIsRecognisedByItsFirstBytes()
    {
        Assert.Equal(AudioCover.Png, TestSounds.Cover(ImageFormat.Png).MimeType);
        Assert.Equal(AudioCover.Jpeg, TestSounds.Cover(ImageFormat.Jpeg).MimeType);
        Assert.Throws<ArgumentException>(() => new AudioCover("GIF89a"u8.ToArray()));
    }
}
