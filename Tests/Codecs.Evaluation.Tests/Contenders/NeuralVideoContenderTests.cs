using Codecs.Formats.Media;
using Codecs.Video;
using Codecs.Video.Tests;

namespace Codecs.Evaluation.Tests.Contenders;

public sealed class NeuralVideoContenderTests
{
    private static readonly VideoFormat s_format = new(32, 16, ChromaFormat.Yuv420);

    [Fact]
    public void AWholeFileIsMadeAndReadAgain()
    {
        using var codec = new VideoCodec("stored", new StoredClips());
        var contender = new NeuralVideoContender(codec, [20, 100], new VideoEncoderOptions { Effort = 3 });
        VideoClip clip = Clip(s_format, 9);
        byte[] coarse = contender.Encode(clip, 20, CancellationToken.None), exact = contender.Encode(clip, 100, CancellationToken.None);
        VideoClip back = contender.Decode(exact, CancellationToken.None);

        Assert.Equal(codec.Encode(clip.Frames, clip.Clock, new VideoEncoderOptions { Quality = 100, Effort = 3 }), exact);
        Assert.True(coarse.Length < exact.Length);
        Assert.Equal(clip.Frames.Select(f => f.Timestamp), back.Frames.Select(f => f.Timestamp));
        Assert.All(clip.Frames.Zip(back.Frames), pair => Assert.Equal(pair.First.Samples, pair.Second.Samples));
        Assert.Equal(("stored", "quality", false), (contender.Name, contender.SettingName, contender.IsAnchor));
        Assert.StartsWith("effort 3, a key group every 2.5 s, weights ", contender.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void FramesThatTheCodecDoesNotKeepAreConverted()
    {
        using var codec = new VideoCodec("stored", new StoredClips());
        VideoClip clip = Clip(s_format with { BitDepth = 12 }, 2);
        var contender = new NeuralVideoContender(codec);
        VideoClip back = contender.Decode(contender.Encode(clip, 90, CancellationToken.None), CancellationToken.None);

        Assert.Equal((10, 2), (back.Format.BitDepth, back.Frames.Count));
    }

    [Fact]
    public void WhatDecidesTheResultIsInTheCacheKey()
    {
        using var codec = new VideoCodec("stored", new StoredClips());
        string? Key(VideoEncoderOptions? options) => new NeuralVideoContender(codec, options: options).CacheKey;

        Assert.Equal(Key(null), Key(new VideoEncoderOptions { Quality = 3 }));
        Assert.NotEqual(Key(null), Key(new VideoEncoderOptions { Effort = 9 }));
        Assert.NotEqual(Key(null), Key(new VideoEncoderOptions { SecondsPerFrame = 0.5 }));
        Assert.NotEqual(Key(null), Key(new VideoEncoderOptions { KeyInterval = 1 }));
    }

    [Fact]
    public void OtherTargetsThanQualityAreRefused()
    {
        using var codec = new VideoCodec("stored", new StoredClips());
        Assert.Throws<ArgumentException>(() => new NeuralVideoContender(codec, options: new VideoEncoderOptions { PsnrDb = 30 }));
        Assert.Throws<ArgumentException>(() => new NeuralVideoContender(codec, options: new VideoEncoderOptions { KilobitsPerSecond = 30 }));
        Assert.Throws<ArgumentException>(() => new NeuralVideoContender(codec, [0]));
    }

    private static VideoClip Clip(VideoFormat format, int frames)
    {
        var random = new Random(1);
        return new VideoClip(format, new FrameClock(50, 1), new FrameClock(25, 1), [.. Enumerable.Range(0, frames).Select(i =>
        {
            ushort[] values = new ushort[format.Width * format.Height];
            var frame = new VideoFrame(format, new byte[format.FrameBytes], 2 * i);
            for (int p = 0; p < format.PlaneCount; p++)
            {
                int count = format.PlaneWidth(p) * format.PlaneHeight(p);
                for (int s = 0; s < count; s++)
                {
                    values[s] = (ushort)random.Next(1 << format.BitDepth);
                }

                frame.Write(p, values.AsSpan(0, count));
            }

            return frame;
        })]);
    }
}
