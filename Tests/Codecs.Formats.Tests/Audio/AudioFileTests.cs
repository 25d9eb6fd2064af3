using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Audio;

[Trait("needs", "ffmpeg")]
public sealed class AudioFileTests
{
    [Theory]
    [InlineData("a.wav", 16, 2)]
    [InlineData("a.wav", 24, 1)]
    [InlineData("a.flac", 16, 2)]
    [InlineData("a.flac", 24, 2)]
    public void EveryLevelOfIntegerSamplesComesBackExactly(string name, int bits, int channels)
    {
        using var folder = new TempFolder();
        Waveform sound = TestSounds.Levels(bits, channels);

        AudioFile.Write(folder.At(name), sound, new() { BitDepth = bits });
        AudioReadResult back = AudioFile.Read(folder.At(name));

        TestSounds.AssertSame(sound, back.Waveform);
        Assert.Equal(bits, back.Info.BitDepth);
        Assert.Equal(sound.SampleCount, back.Info.SampleCount);
        Assert.Equal(back.Info, AudioFile.Identify(folder.At(name)));
        Assert.Empty(back.Warnings);
        Assert.Equal([name], folder.Files());
    }

    [Fact]
    public void FloatSamplesComeBackExactlyBeyondFullScaleToo()
    {
        using var folder = new TempFolder();
        Waveform sound = TestSounds.Tones(44100, 2, 5000);
        (sound.Channel(0)[7], sound.Channel(1)[9], sound.Channel(1)[11]) = (3.7f, -120.25f, 1e-30f);

        AudioFile.Write(folder.At("a.wav"), sound, new() { BitDepth = 32 });

        TestSounds.AssertSame(sound, AudioFile.Read(folder.At("a.wav")).Waveform);
    }

    [Theory]
    [InlineData("a.wav", 16)]
    [InlineData("a.wav", 24)]
    [InlineData("a.flac", 24)]
    public void SamplesBetweenTwoLevelsGoToTheNearest(string name, int bits)
    {
        using var folder = new TempFolder();
        Waveform sound = TestSounds.Tones(44100, 1, 3000);
        var expected = new Waveform(44100, 1, 3000);
        SampleLoops.Quantize(sound.Channel(0), expected.Channel(0), bits);

        AudioFile.Write(folder.At(name), sound, new() { BitDepth = bits });

        TestSounds.AssertSame(expected, AudioFile.Read(folder.At(name)).Waveform);
    }

    [Theory]
    [InlineData("a.opus", "opus", 48000)]
    [InlineData("a.mp3", "mp3", 44100)]
    [InlineData("a.m4a", "aac", 44100)]
    [InlineData("a.ogg", "vorbis", 44100)]
    public void LossyFormatsKeepTheSoundAndItsTiming(string name, string codec, int rate)
    {
        using var folder = new TempFolder();
        Waveform sound = TestSounds.Tones(44100, 2, 44100);

        AudioFile.Write(folder.At(name), sound);
        AudioReadResult back = AudioFile.Read(folder.At(name));

        Assert.Equal((codec, rate, 2, "stereo"), (back.Info.Codec, back.Info.SampleRate, back.Info.ChannelCount, back.Info.ChannelLayout));
        // AAC fills its last block, ffmpeg's Vorbis loses a quarter of one.
        Assert.InRange(back.Waveform.SampleCount, rate - 128, rate + 1024);
        Waveform expected = Resampler.Convert(sound, rate);
        double snr = TestSounds.Snr(expected.Channel(1), back.Waveform.Channel(1), 2000);
        Assert.True(snr > 20, $"{snr:F1} dB");
        Assert.Equal([name], folder.Files());
    }

    [Theory]
    [InlineData(".opus")]
    [InlineData(".mp3")]
    [InlineData(".m4a")]
    [InlineData(".ogg")]
    public void ALowerBitRateGivesASmallerFile(string extension)
    {
        using var folder = new TempFolder();
        Waveform sound = TestSounds.Tones(44100, 2, 44100);

        AudioFile.Write(folder.At("small" + extension), sound, new() { BitRate = 64_000 });
        AudioFile.Write(folder.At("large" + extension), sound, new() { BitRate = 192_000 });

        Assert.True(new FileInfo(folder.At("small" + extension)).Length < new FileInfo(folder.At("large" + extension)).Length);
    }

    [Theory]
    [InlineData("a.flac", ImageFormat.Png)]
    [InlineData("a.mp3", ImageFormat.Jpeg)]
    [InlineData("a.opus", ImageFormat.Png)]
    [InlineData("a.m4a", ImageFormat.Jpeg)]
    [InlineData("a.wav", null)]
    public void TagsAndCoverComeBack(string name, ImageFormat? cover)
    {
        using var folder = new TempFolder();
        var metadata = new AudioMetadata
        {
            Tags = new Dictionary<string, string>
            {
                ["Title"] = "Une = année; #1 \\ \"двойная\"",
                ["artist"] = "-i x",
                ["album"] = "two\nlines",
            },
            Cover = TestSounds.Cover(cover ?? ImageFormat.Png),
        };

        AudioFile.Write(folder.At(name), TestSounds.Tones(48000, 1, 4800), metadata: metadata);
        AudioReadResult back = AudioFile.Read(folder.At(name));

        Assert.Empty(back.Warnings);
        Assert.Equal(metadata.Tags, back.Metadata.Tags);
        Assert.Equal(cover is null ? null : metadata.Cover.MimeType, back.Metadata.Cover?.MimeType);
        Assert.Equal(cover is null ? [] : metadata.Cover.Data.ToArray(), back.Metadata.Cover?.Data.ToArray() ?? []);
    }

    [Fact]
    public void TagsOfOtherNamesComeBackWhereTheFormatHoldsAny()
    {
        using var folder = new TempFolder();
        var metadata = new AudioMetadata { Tags = new Dictionary<string, string> { ["replaygain_track_gain"] = "-3.2 dB" } };

        AudioFile.Write(folder.At("a.flac"), TestSounds.Tones(48000, 1, 4800), metadata: metadata);

        Assert.Equal("-3.2 dB", AudioFile.Read(folder.At("a.flac")).Metadata.Tags["REPLAYGAIN_TRACK_GAIN"]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(64)]
    public void ManyChannelsComeBackInOrder(int channels)
    {
        using var folder = new TempFolder();
        Waveform sound = TestSounds.Tones(8000, channels, 300);

        AudioFile.Write(folder.At("a.wav"), sound, new() { BitDepth = 32 });

        TestSounds.AssertSame(sound, AudioFile.Read(folder.At("a.wav")).Waveform);
    }

    [Fact]
    public void SilenceOfNoLengthIsSoundToo()
    {
        using var folder = new TempFolder();

        AudioFile.Write(folder.At("a.wav"), new Waveform(44100, 2, 0));

        Assert.Equal(0, AudioFile.Read(folder.At("a.wav")).Waveform.SampleCount);
    }

    [Fact]
    public void TheSameSoundGivesTheSameFile()
    {
        using var folder = new TempFolder();
        Waveform sound = TestSounds.Tones(48000, 2, 4800);
        foreach (AudioFormat format in AudioFormats.All)
        {
            using var first = new MemoryStream();
            using var second = new MemoryStream();
            AudioFile.Write(first, format, sound);
            AudioFile.Write(second, format, sound);
            Assert.Equal(first.ToArray(), second.ToArray());
        }
    }

    [Fact]
    public void SoundLongerThanTheLimitIsRefused()
    {
        using var folder = new TempFolder();
        AudioFile.Write(folder.At("a.flac"), new Waveform(8000, 2, 200_000));

        Assert.Throws<LimitExceededException>(() => AudioFile.Read(folder.At("a.flac"), maxSamples: 399_999));
        Assert.Equal(200_000, AudioFile.Read(folder.At("a.flac"), maxSamples: 400_000).Waveform.SampleCount);
    }

    [Theory]
    [InlineData(AudioFormat.Mp3, 3, 16)]
    [InlineData(AudioFormat.Flac, 9, 16)]
    [InlineData(AudioFormat.Flac, 2, 32)]
    public void WhatAFormatCannotHoldIsRefused(AudioFormat format, int channels, int bits)
    {
        using var stream = new MemoryStream();

        Assert.Throws<MediaException>(() => AudioFile.Write(stream, format, new Waveform(44100, channels, 10), new() { BitDepth = bits }));
        Assert.Equal(0, stream.Length);
    }
}
