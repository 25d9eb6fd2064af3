using Codecs.Formats.Media;
using Codecs.Models.Nirvana;
using Codecs.Tests;
using Codecs.Video.Nirvana;

namespace Codecs.Video.Tests.Nirvana;

/// <summary>Small made-up clips in any format, coded with networks of random numbers.</summary>
internal static class TestClips
{
    private static readonly Lazy<NirvanaWeights> s_weights = new(() => MadeUpNirvana.Weights(11));

    /// <summary>The weights that the tests share.</summary>
    internal static NirvanaWeights Weights => s_weights.Value;

    /// <summary>Texture that moves to the left by 1.5 samples a frame, in front of one that stands still.</summary>
    /// <param name="format">Any.</param>
    /// <param name="count">Frames.</param>
    /// <param name="speed">0 for a clip that does not move.</param>
    internal static VideoFrame[] Moving(VideoFormat format, int count, double speed = 1.5) => [.. Enumerable.Range(0, count).Select(f => Frame(format, f * speed))];

    /// <summary>Frames of the smallest and the largest sample in turn, without any order.</summary>
    internal static VideoFrame[] Extreme(VideoFormat format, int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(_ => Create(format, (_, _, _) => random.Next(2)))];
    }

    /// <summary>Encodes groups of the given sizes.</summary>
    internal static EncodedGroup[] Encode(VideoFrame[] frames, int[] groups, double quality = 40, int effort = 1)
    {
        using var codec = new NirvanaClipCodec(Weights);
        using IChunkEncoder encoder = codec.CreateEncoder(frames[0].Format, new ChunkOptions { Quality = quality, Effort = effort });
        var coded = new List<EncodedGroup>();
        int first = 0;
        foreach (int count in groups)
        {
            coded.Add(encoder.Encode(frames[first..(first + count)], null, CancellationToken.None));
            first += count;
        }

        return [.. coded];
    }

    /// <summary>Decodes all groups.</summary>
    internal static VideoFrame[][] Decode(VideoFormat format, EncodedGroup[] coded, int[] groups)
    {
        using IChunkDecoder decoder = Decoder(format);
        return [.. coded.Zip(groups).Select(g => decoder.Decode(g.First.Payloads, g.Second, CancellationToken.None))];
    }

    /// <summary>A decoder at the start of a chunk.</summary>
    internal static IChunkDecoder Decoder(VideoFormat format) => new NirvanaClipCodec(Weights).CreateDecoder(format);

    private static VideoFrame Frame(VideoFormat format, double moved) => Create(format, (plane, x, y) =>
    {
        bool isFront = Math.Abs(x + y - 24) < 14;
        double at = isFront ? x + moved : x;
        return 0.5 + (0.2 * Math.Sin((at * 0.7) + plane)) + (0.15 * Math.Cos((y * 0.4) - (at * 0.2))) + (0.08 * Math.Sin(at * y * 0.11));
    });

    private static VideoFrame Create(VideoFormat format, Func<int, double, double, double> value)
    {
        var frame = new VideoFrame(format, new byte[format.FrameBytes]);
        for (int p = 0; p < format.PlaneCount; p++)
        {
            int width = format.PlaneWidth(p), height = format.PlaneHeight(p), largest = (1 << format.BitDepth) - 1;
            double scaleX = (double)format.Width / width, scaleY = (double)format.Height / height;
            ushort[] samples = [.. Enumerable.Range(0, width * height).Select(i => (ushort)Math.Clamp(value(p, i % width * scaleX, i / width * scaleY) * largest, 0, largest))];
            frame.Write(p, samples);
        }

        return frame;
    }
}
