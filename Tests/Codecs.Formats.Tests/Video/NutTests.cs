using Codecs.Formats.Media;
using CsCheck;

namespace Codecs.Formats.Tests.Video;

public sealed class NutTests
{
    private static readonly VideoFormat s_format = new(4, 2, ChromaFormat.Grey);

    [Fact]
    public void FramesAndTimesComeBack() => Gen.Select(Gen.Long[0, 1L << 50].Array[1, 8], Gen.Int[1, 100_000], Gen.Int[1, 2000]).Sample((times, numerator, denominator) =>
    {
        Array.Sort(times);
        using var stream = new MemoryStream(Write(times, new FrameClock(numerator, denominator)));
        var reader = new NutReader(stream);
        byte[] frame = new byte[8];
        foreach (long expected in times)
        {
            Assert.True(reader.TryNext(out long time, out long size));
            reader.ReadFrame(frame);
            Assert.Equal((expected, 8L, (byte)(expected & 255)), (time, size, frame[7]));
        }

        Assert.Equal((denominator, numerator), reader.TimeBase);
        Assert.False(reader.TryNext(out _, out _));
    });

    [Fact]
    public void DamageGivesNothingButOurError()
    {
        byte[] whole = Write([0, 5, 1000], new FrameClock(25, 1));
        Gen.Select(Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Array[1, 6], Gen.Int[0, whole.Length]).Sample((changes, length) =>
        {
            byte[] damaged = [.. whole];
            foreach ((int at, byte value) in changes)
            {
                damaged[at] = value;
            }

            try
            {
                using var stream = new MemoryStream(damaged, 0, length);
                var reader = new NutReader(stream);
                byte[] frame = new byte[8];
                while (reader.TryNext(out _, out long size))
                {
                    reader.ReadFrame(frame.AsSpan(0, (int)Math.Clamp(size, 0, 8)));
                }
            }
            catch (InvalidBitstreamException)
            {
                // What is wanted.
            }
        });
    }

    [Fact]
    public void ChecksumsAreThoseOfTheStandard()
    {
        // CRC-32 of the generator 04C11DB7 without reflection, from 0: the check value of CRC-32/CKSUM is its complement over the same bytes.
        Assert.Equal(~0x765E7680u, NutFormat.Crc(0, "123456789"u8));
    }

    private static byte[] Write(long[] times, FrameClock clock)
    {
        using var stream = new MemoryStream();
        var writer = new NutWriter(stream, "Y800"u8, s_format, clock, clock);
        foreach (long time in times)
        {
            writer.BeginFrame(time, 8);
            stream.Write([1, 2, 3, 4, 5, 6, 7, (byte)(time & 255)]);
        }

        return stream.ToArray();
    }
}
