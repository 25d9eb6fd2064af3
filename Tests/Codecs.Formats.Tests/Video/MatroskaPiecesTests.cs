using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Video;

public sealed class MatroskaPiecesTests
{
    private static readonly byte[] s_start =
    [
        0x1A, 0x45, 0xDF, 0xA3, 0x83, 0x42, 0x86, 0x80, 0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0x15, 0x49, 0xA9, 0x66, 0x87, 0x2A, 0xD7, 0xB1, 0x83, 0x1E, 0x84, 0x80, // two million nanoseconds a tick
    ];

    [Fact]
    public void PiecesBeginAtClustersAndHaveTheirTimes()
    {
        byte[] first = Cluster(3), second = Cluster(250);
        (double Seconds, ReadOnlyMemory<byte> Bytes)[] pieces = [.. MatroskaPieces.Split(new MemoryStream([.. s_start, .. first, .. second]))];
        Assert.Equal([0, 0.006, 0.5], pieces.Select(p => p.Seconds));
        Assert.Equal([s_start, first, second], pieces.Select(p => p.Bytes.ToArray()));
    }

    [Fact]
    public void WhatFfmpegWritesIsPutTogetherAgain()
    {
        string folder = Directory.CreateTempSubdirectory("codecs-pieces-").FullName;
        try
        {
            var sound = new Waveform(8000, 1, 8000 * 12);
            for (int i = 0; i < sound.SampleCount; i++)
            {
                sound.Channel(0)[i] = 0.3f * MathF.Sin(0.3f * i);
            }

            string path = Path.Combine(folder, "sound.ogg");
            AudioFile.Write(path, sound);
            using var whole = new MemoryStream();
            using (Stream stream = SideTracks.Open(path)!)
            {
                stream.CopyTo(whole);
            }

            whole.Position = 0;
            (double Seconds, ReadOnlyMemory<byte> Bytes)[] pieces = [.. MatroskaPieces.Split(whole)];
            Assert.Equal(whole.ToArray(), pieces.SelectMany(p => p.Bytes.ToArray()));
            Assert.InRange(pieces.Length, 3, 100);
            Assert.Equal(pieces.Select(p => p.Seconds).Order(), pieces.Select(p => p.Seconds));
            Assert.InRange(pieces[^1].Seconds, 5, 12);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(37)]
    public void ACutWithinAnElementIsNoticed(int length) =>
        Assert.Throws<MediaException>(() => MatroskaPieces.Split(new MemoryStream([.. s_start[..Math.Min(length, 32)], .. Cluster(1)[..Math.Max(0, length - 32)]])).Count());

    [Fact]
    public void OtherBytesAreNoMatroska() => Assert.Throws<MediaException>(() => MatroskaPieces.Split(new MemoryStream("RIFF no"u8.ToArray())).Count());

    [Fact]
    public void LargeSizesAreRefusedBeforeAnythingIsRead() =>
        Assert.Throws<MediaException>(() => MatroskaPieces.Split(new MemoryStream([.. s_start, 0x1F, 0x43, 0xB6, 0x75, 0x08, 0x7F, 0xFF, 0xFF, 0xFF])).Count());

    private static byte[] Cluster(byte ticks) => [0x1F, 0x43, 0xB6, 0x75, 0x87, 0xE7, 0x81, ticks, 0xA3, 0x82, 1, 2];
}
