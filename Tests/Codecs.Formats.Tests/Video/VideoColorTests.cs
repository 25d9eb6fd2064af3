using Codecs.Formats.Media;
using Codecs.Formats.Tests.Audio;

namespace Codecs.Formats.Tests.Video;

[Collection(nameof(Alone))]
public sealed class VideoColorTests
{
    public static TheoryData<ChromaFormat, int, byte, bool> Formats => new()
    {
        { ChromaFormat.Yuv420, 8, 1, false },
        { ChromaFormat.Yuv420, 8, 6, true },
        { ChromaFormat.Yuv420, 10, 9, false },
        { ChromaFormat.Yuv422, 8, 6, false },
        { ChromaFormat.Yuv444, 8, 1, false },
        { ChromaFormat.Yuv444, 12, 9, true },
    };

    [Theory]
    [Trait("needs", "ffmpeg")]
    [MemberData(nameof(Formats))]
    public void ColoursAreThoseOfFfmpeg(ChromaFormat chroma, int depth, byte matrix, bool full)
    {
        using var folder = new TempFolder();
        var format = new VideoFormat(64, 48, chroma, depth) { Matrix = matrix, FullRange = full };
        VideoFrame frame = TestVideos.Colourful(format);
        File.WriteAllBytes(folder.At("a.yuv"), frame.Samples);
        string name = matrix switch { 1 => "bt709", 9 => "bt2020", _ => "bt601" };
        string siting = chroma switch
        {
            ChromaFormat.Yuv420 => "in_h_chr_pos=0:in_v_chr_pos=128:",
            ChromaFormat.Yuv422 => "in_h_chr_pos=0:",
            _ => string.Empty,
        };
        byte[] theirs = TestVideos.Run(
            "ffmpeg", "-v", "error", "-f", "rawvideo", "-s", "64x48", "-pix_fmt", PixelFormats.Name(chroma, depth), "-i", folder.At("a.yuv"), "-vf",
            $"scale=in_color_matrix={name}:in_range={(full ? "pc" : "tv")}:{siting}flags=bilinear+accurate_rnd+full_chroma_int+full_chroma_inp,format=gbrp",
            "-f", "rawvideo", "pipe:1");

        byte[] ours = new byte[3 * 64 * 48];
        VideoColor.ToRgb(frame, ours);

        int plane = 64 * 48;
        for (int i = 0; i < plane; i++)
        {
            Assert.InRange(ours[3 * i] - theirs[(2 * plane) + i], -2, 2);
            Assert.InRange(ours[(3 * i) + 1] - theirs[i], -2, 2);
            Assert.InRange(ours[(3 * i) + 2] - theirs[plane + i], -2, 2);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void WhatIsConvertedComesBack(ChromaFormat chroma, int depth, byte matrix, bool full)
    {
        // Colours that change slowly, so that fewer chroma samples tell the same.
        (int width, int height) = (33, 17);
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.Length; i++)
        {
            (int x, int y) = (i / 3 % width, i / 3 / width);
            rgb[i] = (byte)(40 + (i % 3 * 50) + (2 * x) - (y * (i % 3)));
        }

        var format = new VideoFormat(width, height, chroma, depth) { Matrix = matrix, FullRange = full };
        byte[] back = new byte[rgb.Length];
        VideoColor.ToRgb(VideoColor.FromRgb(rgb, format, 5), back);

        Assert.Equal(5, VideoColor.FromRgb(rgb, format, 5).Timestamp);
        Assert.InRange(rgb.Zip(back).Max(pair => Math.Abs(pair.First - pair.Second)), 0, chroma == ChromaFormat.Yuv444 ? 2 : 4);
    }

    [Fact]
    public void KnownCodesAreMet()
    {
        // Black, white and the pure colours of BT.709 and BT.601 in 8 bits, as test pattern generators have them.
        Assert.Equal([16, 128, 128], Code(0, 0, 0, 1));
        Assert.Equal([235, 128, 128], Code(255, 255, 255, 1));
        Assert.Equal([63, 102, 240], Code(255, 0, 0, 1));
        Assert.Equal([81, 90, 240], Code(255, 0, 0, 6));
        // Not specified: by the number of rows.
        Assert.Equal(Code(255, 0, 0, 6), Code(255, 0, 0, 2));
        Assert.Equal(Code(255, 0, 0, 1), Code(255, 0, 0, 2, 720));

        static byte[] Code(byte r, byte g, byte b, byte matrix, int height = 1)
        {
            byte[] rgb = new byte[3 * height];
            (rgb[0], rgb[1], rgb[2]) = (r, g, b);
            VideoFrame frame = VideoColor.FromRgb(rgb, new VideoFormat(1, height, ChromaFormat.Yuv444) { Matrix = matrix });
            return [frame.Plane(0)[0], frame.Plane(1)[0], frame.Plane(2)[0]];
        }
    }

    [Fact]
    public void GreyOfBothRangesAndOddBuffers()
    {
        var limited = new VideoFrame(new VideoFormat(2, 1, ChromaFormat.Grey), [16, 235]);
        byte[] rgb = new byte[6];
        VideoColor.ToRgb(limited, rgb);
        Assert.Equal([0, 0, 0, 255, 255, 255], rgb);
        VideoColor.ToRgb(new VideoFrame(limited.Format with { FullRange = true }, [16, 235]), rgb);
        Assert.Equal([16, 16, 16, 235, 235, 235], rgb);
        Assert.Throws<ArgumentException>(() => VideoColor.ToRgb(limited, new byte[5]));
        Assert.Throws<ArgumentException>(() => VideoColor.FromRgb(new byte[7], limited.Format));
    }
}
