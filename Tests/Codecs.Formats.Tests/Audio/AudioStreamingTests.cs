using System.Buffers.Binary;
using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Audio;

[Trait("needs", "ffmpeg")]
[Collection(nameof(Alone))]
public sealed class AudioStreamingTests
{
    [Theory]
    [InlineData(AudioFormat.Wav)]
    [InlineData(AudioFormat.Flac)]
    [InlineData(AudioFormat.Opus)]
    [InlineData(AudioFormat.Mp3)]
    [InlineData(AudioFormat.M4a)]
    [InlineData(AudioFormat.Vorbis)]
    public void EveryFormatGoesThroughStreamsThatCannotSeek(AudioFormat format)
    {
        var metadata = new AudioMetadata { Tags = new Dictionary<string, string> { ["title"] = "t" }, Cover = TestSounds.Cover(ImageFormat.Jpeg) };
        using var bytes = new MemoryStream();
        AudioFile.Write(new OneWayStream(bytes), format, TestSounds.Tones(48000, 2, 48000), metadata: metadata);
        bytes.Position = 0;

        AudioReadResult back = AudioFile.Read(new OneWayStream(bytes));

        Assert.InRange(back.Waveform.SampleCount, 48000 - 128, 48000 + 2304);
        Assert.Equal("t", back.Metadata.Tags["title"]);
        Assert.Equal(AudioFormats.SupportsCover(format), back.Metadata.Cover is not null);
        Assert.Empty(back.Warnings);
    }

    [Fact]
    public void PiecesOfAnySizeGiveTheSameSamples()
    {
        using var folder = new TempFolder();
        Waveform sound = TestSounds.Levels(16, 2);
        float[] frames = new float[sound.SampleCount * 2];
        sound.CopyInterleaved(0, frames);
        var random = new Random(5);
        using (AudioWriter writer = AudioWriter.Create(folder.At("a.flac"), 48000, 2))
        {
            for (int at = 0; at < frames.Length;)
            {
                int take = Math.Min(2 * random.Next(30000), frames.Length - at);
                writer.Write(frames.AsSpan(at, take));
                at += take;
            }

            Assert.Equal(sound.SampleCount, writer.Position);
            writer.Finish();
        }

        using AudioReader reader = AudioReader.Open(folder.At("a.flac"));
        List<float> read = [];
        float[] block = new float[1235];
        for (int count; (count = reader.Read(block)) > 0;)
        {
            read.AddRange(block.AsSpan(0, count * 2));
        }

        Assert.Equal(frames, read);
        Assert.Equal(sound.SampleCount, reader.Position);
        Assert.Equal(0, reader.Read(block));
    }

    [Theory]
    [InlineData(16, 2, 1000)]
    [InlineData(24, 1, 1001)]
    [InlineData(32, 3, 100_000)]
    public void AWavStreamOfKnownLengthHasTrueSizes(int bits, int channels, int count)
    {
        var metadata = new AudioMetadata { Tags = new Dictionary<string, string> { ["title"] = "odd" } };
        using var stream = new MemoryStream();

        AudioFile.Write(new OneWayStream(stream), AudioFormat.Wav, TestSounds.Tones(44100, channels, count), new() { BitDepth = bits }, metadata);

        byte[] file = stream.ToArray();
        int data = file.AsSpan().IndexOf("data"u8);
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(data + 4));
        Assert.Equal((uint)(count * channels * bits / 8), size);
        Assert.Equal((uint)file.Length - 8, BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)));
        Assert.Equal(file.Length, data + 8 + size + (size & 1));
    }

    [Fact]
    public void AWavStreamOfUnknownLengthSaysSo()
    {
        using var stream = new MemoryStream();
        using (AudioWriter writer = AudioWriter.Create(new OneWayStream(stream), AudioFormat.Wav, 8000, 1))
        {
            writer.Write(new float[100]);
            writer.Finish();
        }

        byte[] file = stream.ToArray();
        Assert.Equal(uint.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)));
        Assert.Equal(uint.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(file.AsSpan().IndexOf("data"u8) + 4)));
        stream.Position = 0;
        Assert.Equal(100, AudioFile.Read(stream).Waveform.SampleCount);
    }

    [Fact]
    public void AnotherLengthThanPromisedIsRefused()
    {
        using var folder = new TempFolder();
        using (AudioWriter writer = AudioWriter.Create(folder.At("a.wav"), 8000, 1, new() { SampleCount = 5 }))
        {
            writer.Write(new float[6]);
            Assert.Throws<InvalidOperationException>(writer.Finish);
        }

        Assert.Empty(folder.Files());
    }

    [Fact]
    public void AnUnfinishedFileLeavesNothingAndTheOldOneStays()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("a.flac"), "old");
        using (AudioWriter writer = AudioWriter.Create(folder.At("a.flac"), 8000, 1))
        {
            writer.Write(new float[100_000]);
            Assert.Equal("old", File.ReadAllText(folder.At("a.flac")));
        }

        Assert.Equal(["a.flac"], folder.Files());
        Assert.Equal("old", File.ReadAllText(folder.At("a.flac")));
    }

    [Fact]
    public void AReaderCanBeLeftInTheMiddle()
    {
        using var folder = new TempFolder();
        AudioFile.Write(folder.At("a.wav"), new Waveform(48000, 2, 500_000));
        int before = Children();

        using (AudioReader reader = AudioReader.Open(folder.At("a.wav")))
        {
            Assert.Equal(50, reader.Read(new float[100]));
        }

        Assert.Equal(before, Children());
    }

    [Fact]
    public void CancellingEndsReaderAndWriter()
    {
        using var folder = new TempFolder();
        AudioFile.Write(folder.At("a.wav"), new Waveform(48000, 2, 500_000));
        using var cancel = new CancellationTokenSource();
        using AudioReader reader = AudioReader.Open(folder.At("a.wav"), cancel.Token);
        using AudioWriter writer = AudioWriter.Create(folder.At("b.wav"), 48000, 2, cancellation: cancel.Token);
        float[] block = new float[100_000];
        reader.Read(block);

        cancel.Cancel();

        Assert.Throws<OperationCanceledException>(() =>
        {
            while (reader.Read(block) > 0)
            {
            }
        });
        Assert.Throws<OperationCanceledException>(() =>
        {
            writer.Write(block);
            writer.Finish();
        });
        writer.Dispose();
        Assert.Equal(["a.wav"], folder.Files());
    }

    [Fact]
    public void WhatTheCallersStreamThrowsReachesTheCaller()
    {
        float[] block = new float[1 << 20];
        using var target = new BrokenStream(100_000);
        using AudioWriter writer = AudioWriter.Create(target, AudioFormat.Wav, 48000, 1);
        var writing = Assert.Throws<MediaException>(() =>
        {
            writer.Write(block);
            writer.Finish();
        });
        Assert.Contains("no room", writing.Message, StringComparison.Ordinal);

        using var wav = new MemoryStream();
        AudioFile.Write(wav, AudioFormat.Wav, new Waveform(48000, 1, 3_000_000));
        using var source = new BrokenStream(5 << 20, wav.ToArray());
        using AudioReader reader = AudioReader.Open(source);
        var reading = Assert.Throws<MediaException>(() =>
        {
            while (reader.Read(block) > 0)
            {
            }
        });
        Assert.Contains("no more", reading.Message, StringComparison.Ordinal);
    }

    /// <summary>Processes that this one has started and not yet buried; zombies count.</summary>
    private static int Children()
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        string parent = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        int count = 0;
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            try
            {
                // "pid (name) state parent ..."
                string[] fields = File.ReadAllText(Path.Combine(folder, "stat")).Split(") ")[^1].Split(' ');
                count += fields[1] == parent ? 1 : 0;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Not a process, or one that has just gone.
            }
        }

        return count;
    }

    /// <summary>Can only be read or written forwards, in small pieces.</summary>
    private sealed class OneWayStream(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, Math.Min(count, 1000));

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }

    /// <summary>Fails after a number of bytes.</summary>
    private sealed class BrokenStream(long limit, byte[]? content = null) : MemoryStream(content ?? new byte[1 << 24])
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            Position + count > limit ? throw new InvalidOperationException("no more") : base.Read(buffer, offset, count);

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Position + count > limit)
            {
                throw new InvalidOperationException("no room");
            }

            base.Write(buffer, offset, count);
        }
    }
}
