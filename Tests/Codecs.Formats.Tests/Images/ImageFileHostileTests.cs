using System.Buffers.Binary;
using System.Text;
using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Images;

public sealed class ImageFileHostileTests
{
    private static readonly string[] s_files =
    [
        TestImages.Lake, TestImages.Alpha, TestImages.Gray, TestImages.GrayJpeg, TestImages.SixteenBit, TestImages.Turned, TestImages.AdobeRgb,
        TestImages.WebP, TestImages.Avif, TestImages.Jxl, TestImages.Heic,
    ];

    public static TheoryData<string> Files() => [.. s_files];

    [Fact]
    public void EmptyInputIsRefused()
    {
        var error = Assert.Throws<MediaException>(() => ImageFile.Read([], name: "nothing.png"));

        Assert.Contains("nothing.png", error.Message, StringComparison.Ordinal);
        Assert.Contains("empty", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("This is a text and no picture.")]
    [InlineData("BM is how this text begins; it is long enough for a header.")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")]
    [InlineData("<?xml version='1.0'?><image><read filename='/etc/passwd'/></image>")]
    [InlineData("%!PS-Adobe-3.0 EPSF-3.0")]
    [InlineData("push graphic-context\nviewbox 0 0 9 9\nimage over 0,0 0,0 'a.png'\npop graphic-context")]
    [InlineData("GIF89a\u0001\0\u0001\0\0\0\0;")]
    [InlineData("P6 but then words")]
    [InlineData("P3\n-4 5\n255\n1 2 3")]
    public void TextsAndFormatsOutsideTheListAreRefused(string text)
    {
        var error = Assert.Throws<MediaException>(() => ImageFile.Read(Encoding.Latin1.GetBytes(text), name: "fake.png"));

        Assert.Contains("fake.png", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void TruncatedFilesAreRefused(string name)
    {
        byte[] data = TestImages.Bytes(name);
        foreach (double share in new[] { 0.1, 0.5, 0.9 })
        {
            Assert.ThrowsAny<CodecException>(() => ImageFile.Read(data.AsSpan(0, (int)(data.Length * share))));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void DamagedFilesGiveAPictureOrOneOfOurErrors(string name)
    {
        byte[] data = TestImages.Bytes(name);
        var random = new Random(20260101);
        var options = new ImageReadOptions { MaxPixels = 1 << 16 };
        for (int round = 0; round < 40; round++)
        {
            byte[] damaged = [.. data];
            // Headers are hit more often than their share of the file.
            int reach = round % 2 == 0 ? Math.Min(200, data.Length) : data.Length;
            for (int hits = 1 + (round % 4); hits > 0; hits--)
            {
                damaged[random.Next(reach)] = (byte)random.Next(256);
            }

            try
            {
                Image image = ImageFile.Read(damaged, options).Image;
                Assert.True(image.PixelCount <= options.MaxPixels);
            }
            catch (CodecException)
            {
                // Refused in our own words.
            }
        }
    }

    [Theory]
    [InlineData(50_000, 50_000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(1 << 28, 1)]
    public void HugeDimensionsAreRefusedBeforeDecoding(int width, int height)
    {
        var error = Assert.ThrowsAny<CodecException>(() => ImageFile.Read(Png(width, height)));

        Assert.IsType<LimitExceededException>(error);
    }

    [Fact]
    public void HugeDimensionsAreRefusedInOtherFormats()
    {
        Assert.Throws<LimitExceededException>(() => ImageFile.Read("P6\n90000 90000\n255\n"u8));
        Assert.Throws<LimitExceededException>(() => ImageFile.Read("P7\nWIDTH 90000\nHEIGHT 90000\nDEPTH 3\nMAXVAL 255\nTUPLTYPE RGB\nENDHDR\n"u8));
        byte[] bmp = ImageFile.Encode(TestImages.Synthetic(4, 4, ImageLayout.Rgb), ImageFormat.Bmp);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(18), 90_000);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(22), 90_000);
        Assert.ThrowsAny<CodecException>(() => ImageFile.Read(bmp));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(-1, -1)]
    public void ImpossibleDimensionsAreRefused(int width, int height) =>
        Assert.Throws<MediaException>(() => ImageFile.Read(Png(width, height)));

    [Fact]
    public void LimitsAreTheCallers()
    {
        string path = TestImages.PathOf(TestImages.Lake);

        Assert.Equal(96, ImageFile.Read(path, new ImageReadOptions { MaxPixels = 96 * 64 }).Image.Width);
        var pixels = Assert.Throws<LimitExceededException>(() => ImageFile.Read(path, new ImageReadOptions { MaxPixels = (96 * 64) - 1 }));
        Assert.Contains("96 x 64", pixels.Message, StringComparison.Ordinal);
        Assert.Throws<LimitExceededException>(() => ImageFile.Read(path, new ImageReadOptions { MaxFileBytes = 1000 }));
        using var endless = new ZeroStream();
        Assert.Throws<LimitExceededException>(() => ImageFile.Read(endless, new ImageReadOptions { MaxFileBytes = 1 << 20 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageReadOptions { MaxPixels = 0 });
    }

    [Fact]
    public void MissingFilesAndFoldersAreNamed()
    {
        string missing = TestImages.PathOf("missing.png");

        Assert.Contains(missing, Assert.Throws<MediaException>(() => ImageFile.Read(missing)).Message, StringComparison.Ordinal);
        Assert.Throws<MediaException>(() => ImageFile.Read(TestImages.PathOf(string.Empty)));
    }

    /// <summary>A PNG with honest checksums and whatever dimensions, but hardly any data.</summary>
    private static byte[] Png(int width, int height)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = 2;
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", [0x78, 0x9C, 3, 0, 0, 0, 0, 1]), .. Chunk("IEND", [])];

        static byte[] Chunk(string name, byte[] content)
        {
            byte[] body = [.. Encoding.ASCII.GetBytes(name), .. content];
            byte[] chunk = [0, 0, 0, (byte)content.Length, .. body, 0, 0, 0, 0];
            BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32(body));
            return chunk;
        }
    }

    /// <summary>The checksum of PNG, annex D, bit by bit.</summary>
    private static uint Crc32(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }

    private sealed class ZeroStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => count;

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
