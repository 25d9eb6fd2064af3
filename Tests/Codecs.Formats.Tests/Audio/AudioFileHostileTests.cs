using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Audio;

[Trait("needs", "ffmpeg")]
public sealed class AudioFileHostileTests
{
    [Fact]
    public void AMissingFileIsNamed()
    {
        var error = Assert.Throws<MediaException>(() => AudioFile.Read("no-such-file.wav"));

        Assert.Contains("no-such-file.wav", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EmptyInputIsRefused()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.At("a.wav"), []);

        Assert.Contains("empty", Assert.Throws<MediaException>(() => AudioFile.Read(folder.At("a.wav"))).Message, StringComparison.Ordinal);
        Assert.Contains("empty", Assert.Throws<MediaException>(() => AudioReader.Open(Stream.Null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TextsPlayListsAndBareSignaturesAreRefused()
    {
        using var folder = new TempFolder();
        AudioFile.Write(folder.At("a.wav"), TestSounds.Tones(8000, 1, 8000));
        foreach (string text in new[]
        {
            "This is a text and no sound.\n",
            "ffconcat version 1.0\nfile a.wav\n",
            "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\na.wav\n#EXT-X-ENDLIST\n",
            "<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011'/>",
            "RIFF....WAVEfmt ",
            "fLaC but then words",
            "OggS but then words",
        })
        {
            File.WriteAllText(folder.At("fake.wav"), text);
            var error = Assert.Throws<MediaException>(() => AudioFile.Read(folder.At("fake.wav")));
            Assert.Contains("fake.wav", error.Message, StringComparison.Ordinal);
        }

        Assert.Throws<MediaException>(() => AudioFile.Read(new MemoryStream("neither in a stream"u8.ToArray())));
        Assert.Equal(["a.wav", "fake.wav"], folder.Files());
    }

    [Fact]
    public void RandomBytesAreRefused()
    {
        using var folder = new TempFolder();
        byte[] bytes = new byte[50_000];
        for (int seed = 0; seed < 2; seed++)
        {
            new Random(seed).NextBytes(bytes);
            File.WriteAllBytes(folder.At("a.mp3"), bytes);
            Assert.Throws<MediaException>(() => AudioFile.Read(folder.At("a.mp3")));
        }
    }

    [Fact]
    public void APictureIsNoSound()
    {
        using var folder = new TempFolder();
        ImageFile.Write(new Image(9, 9, ImageLayout.Rgb), folder.At("a.png"));

        Assert.Throws<MediaException>(() => AudioFile.Read(folder.At("a.png")));
    }

    [Theory]
    [InlineData("-i.wav")]
    [InlineData("with spaces 'and' \"quotes\".wav")]
    [InlineData("concat:a.wav|b.wav")]
    [InlineData("data:audio.wav")]
    [InlineData("%03d.wav")]
    [InlineData("ünï.wav")]
    public void AnyNameIsOnlyAName(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && name.AsSpan().ContainsAny("\":|"), "Windows has no such names.");
        using var folder = new TempFolder();
        Waveform sound = TestSounds.Levels(16, 1);

        AudioFile.Write(folder.At(name), sound);

        Assert.Equal([name], folder.Files());
        TestSounds.AssertSame(sound, AudioFile.Read(folder.At(name)).Waveform);
    }

    [Theory]
    [InlineData("concat:a.wav|a.wav")]
    [InlineData("subfile,,start,0,end,0,,:a.wav")]
    [InlineData("http://127.0.0.1:9/a.wav")]
    [InlineData("pipe:0")]
    public void ProtocolsAreNeverReached(string name) => Assert.Contains(
        "no such file", Assert.Throws<MediaException>(() => AudioFile.Read(name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(AudioFormat.Wav)]
    [InlineData(AudioFormat.Flac)]
    [InlineData(AudioFormat.M4a)]
    [InlineData(AudioFormat.Mp3)]
    public void ATruncatedFileGivesWhatIsLeftWithAWarningOrAnError(AudioFormat format)
    {
        using var folder = new TempFolder();
        using var stream = new MemoryStream();
        AudioFile.Write(stream, format, TestSounds.Tones(48000, 2, 96000));
        byte[] whole = stream.ToArray();
        foreach (double share in new[] { 0.001, 0.6 })
        {
            File.WriteAllBytes(folder.At("cut"), whole[..(int)(whole.Length * share)]);
            try
            {
                AudioReadResult back = AudioFile.Read(folder.At("cut"));
                Assert.InRange(back.Waveform.SampleCount, 1, 95_000);
                Assert.NotEmpty(back.Warnings);
            }
            catch (MediaException error)
            {
                Assert.Contains("cut", error.Message, StringComparison.Ordinal);
                Assert.True(share < 0.1, error.Message);
            }
        }
    }

    [Theory]
    [InlineData(AudioFormat.Wav)]
    [InlineData(AudioFormat.Flac)]
    [InlineData(AudioFormat.Opus)]
    [InlineData(AudioFormat.M4a)]
    public void DamagedFilesGiveSoundOrOneOfOurErrors(AudioFormat format)
    {
        var metadata = new AudioMetadata { Tags = new Dictionary<string, string> { ["title"] = "t" }, Cover = TestSounds.Cover(ImageFormat.Jpeg) };
        using var stream = new MemoryStream();
        AudioFile.Write(stream, format, TestSounds.Tones(8000, 1, 4000), metadata: metadata);
        byte[] whole = stream.ToArray();
        var random = new Random(11);
        for (int round = 0; round < 3; round++)
        {
            byte[] damaged = [.. whole];
            for (int hits = 0; hits < 4; hits++)
            {
                damaged[random.Next(Math.Min(400, damaged.Length))] = (byte)random.Next(256);
            }

            try
            {
                AudioReadResult back = AudioFile.Read(new MemoryStream(damaged), maxSamples: 10_000_000);
                Assert.True(back.Waveform.SampleCount >= 0);
            }
            catch (CodecException)
            {
                // Said what was wrong.
            }
        }
    }

    [Fact]
    public void ALengthThatTheHeaderInventsAllocatesNothing()
    {
        using var stream = new MemoryStream();
        AudioFile.Write(stream, AudioFormat.Flac, TestSounds.Tones(48000, 1, 4800));
        byte[] file = stream.ToArray();
        // The 36 bits of the total number of samples in STREAMINFO: a year of sound.
        file[21] |= 0x0F;
        file.AsSpan(22, 4).Fill(0xFF);

        AudioReadResult back = AudioFile.Read(new MemoryStream(file));

        Assert.Equal(4800, back.Waveform.SampleCount);
        Assert.Equal((1L << 36) - 1, back.Info.SampleCount);
        Assert.NotEmpty(back.Warnings);
    }

    [Fact]
    public void AFolderThatDoesNotExistIsNamed()
    {
        using var folder = new TempFolder();
        string path = Path.Combine(folder.At("missing"), "a.wav");

        var error = Assert.Throws<MediaException>(() => AudioFile.Write(path, new Waveform(8000, 1, 1)));

        Assert.Contains("folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEncoderThatRefusesSaysWhyAndLeavesNothing()
    {
        using var folder = new TempFolder();

        var error = Assert.Throws<MediaException>(() => AudioFile.Write(
            folder.At("a.flac"), new Waveform(768_000, 1, 1_000_000), metadata: new() { Cover = new AudioCover(new byte[] { 0xFF, 0xD8, 0xFF, 1, 2, 3 }) }));

        Assert.Contains("a.flac", error.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Files());
    }

    [Fact]
    public void AMissingProgramSaysHowToGetIt()
    {
        foreach (string program in new[] { "ffmpeg", Path.Combine(Path.GetTempPath(), "no-such-folder", "ffmpeg") })
        {
            var error = Assert.Throws<MediaException>(() => FfmpegProcess.Start(program, []));
            Assert.Contains("apt install ffmpeg", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ProgramsAreOnlyTakenFromFullPaths()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At(OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg"), string.Empty);
        string full = Path.GetDirectoryName(folder.At("x"))!;
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, full);

        Assert.Null(FfmpegLocation.FindFolder($".{Path.PathSeparator}{relative}"));
        Assert.Equal(full, FfmpegLocation.FindFolder($"{relative}{Path.PathSeparator}{full}"));
    }
}
