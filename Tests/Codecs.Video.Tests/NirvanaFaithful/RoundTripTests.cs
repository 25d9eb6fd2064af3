using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Models;
using Codecs.Video.NirvanaFaithful;
using TorchSharp;

namespace Codecs.Video.Tests.NirvanaFaithful;

public sealed class RoundTripTests : IDisposable
{
    private const int Width = 40, Height = 30;
    private static readonly ChunkOptions s_fast = new() { Effort = 1 };
    private readonly NirvanaFaithfulCodec _codec = new(NcfLimits.Default);

    public RoundTripTests()
    {
        // A fit has nothing to share out, and waiting threads would keep the processors busy.
        NativeBackend.EnsureLoaded();
        torch.set_num_threads(1);
    }

    public void Dispose() => _codec.Dispose();

    [Fact]
    public void ADecoderShowsWhatTheEncoderSays()
    {
        VideoFrame[] frames = Clips.Moving(Width, Height, 0, 8);
        EncodedGroup[] groups = Encode(frames, s_fast);
        using IChunkDecoder decoder = _codec.CreateDecoder(frames[0].Format);
        int first = 0;
        foreach (EncodedGroup group in groups)
        {
            // The tail of the clip has two frames.
            int count = Math.Min(3, frames.Length - first);
            VideoFrame[] shown = decoder.Decode(group.Payloads, count, CancellationToken.None);

            Assert.Equal(count, shown.Length);
            Assert.All(shown, f => Assert.Equal(frames[0].Format, f.Format));
            Assert.Equal(Psnr(frames.AsSpan(first, count), shown), group.PsnrDb, 1e-6);
            Assert.Equal(group.Payloads.Sum(p => p.Length), group.Parts.Values.Sum());
            Assert.Equal(group.Parts, decoder.Parts);
            first += count;
        }

        Assert.Equal((3, 8), (groups.Length, first));
    }

    [Fact]
    public void SkippedGroupsLeadToTheSameFrames()
    {
        VideoFrame[] frames = Clips.Moving(Width, Height, 0, 9);
        EncodedGroup[] groups = Encode(frames, s_fast);
        using IChunkDecoder all = _codec.CreateDecoder(frames[0].Format);
        using IChunkDecoder some = _codec.CreateDecoder(frames[0].Format);
        VideoFrame[][] shown = [.. groups.Select(g => all.Decode(g.Payloads, 3, CancellationToken.None))];

        VideoFrame last = some.Skip(groups[0].Payloads, 3, CancellationToken.None);
        some.Skip(groups[1].Payloads, 3, CancellationToken.None);
        VideoFrame[] third = some.Decode(groups[2].Payloads, 3, CancellationToken.None);

        Assert.All(shown[0][2].Samples.Zip(last.Samples), p => Assert.InRange(p.First - p.Second, -1, 1));
        Assert.Equal(shown[2].Select(f => f.Samples), third.Select(f => f.Samples));
    }

    [Fact]
    public void AChunkNeedsNoOther()
    {
        VideoFrame[] frames = Clips.Moving(Width, Height, 0, 6);
        EncodedGroup[] first = Encode(frames[..3], s_fast), second = Encode(frames[3..], s_fast);
        byte[] damaged = first[0].Payloads[0].ToArray();
        damaged[^3] ^= 0x10;
        using IChunkDecoder broken = _codec.CreateDecoder(frames[0].Format);
        Assert.Throws<InvalidBitstreamException>(() => broken.Decode([damaged, first[0].Payloads[1]], 3, CancellationToken.None));

        using IChunkDecoder whole = _codec.CreateDecoder(frames[0].Format);
        VideoFrame[] shown = whole.Decode(second[0].Payloads, 3, CancellationToken.None);
        Assert.Equal(second[0].PsnrDb, Psnr(frames.AsSpan(3), shown), 1e-6);
    }

    [Fact]
    public void AStillClipCostsItsFirstGroup()
    {
        EncodedGroup[] groups = Encode(Clips.Still(Width, Height, 9), s_fast);
        int first = groups[0].Parts.Values.Sum();

        Assert.All(groups.Skip(1), g => Assert.InRange(g.Parts.Values.Sum(), 1, first / 100));
        Assert.All(groups, g => Assert.Equal(groups[0].PsnrDb, g.PsnrDb, 1e-9));
    }

    [Fact]
    public void AnotherSceneStartsAfresh()
    {
        VideoFrame[] frames = [.. Clips.Moving(Width, Height, 0, 3), .. Clips.Checkers(Width, Height, 3)];
        EncodedGroup[] groups = Encode(frames, s_fast), alone = Encode(frames[3..], s_fast);

        // The same as a first group would be, but for the bit that says so.
        Assert.InRange(groups[1].Parts.Values.Sum(), 0.9 * alone[0].Parts.Values.Sum(), 1.1 * alone[0].Parts.Values.Sum());
        using IChunkDecoder decoder = _codec.CreateDecoder(frames[0].Format);
        decoder.Skip(groups[0].Payloads, 3, CancellationToken.None);
        Assert.Equal(groups[1].PsnrDb, Psnr(frames.AsSpan(3), decoder.Decode(groups[1].Payloads, 3, CancellationToken.None)), 1e-6);
    }

    [Fact]
    public void AGroupIsFittedToItsPsnr()
    {
        VideoFrame[] frames = Clips.Moving(Width, Height, 0, 3);

        Assert.InRange(Encode(frames, new() { PsnrDb = 17 })[0].PsnrDb, 16.99, 24);
    }

    [Fact]
    public void DamageGivesOurOwnErrors()
    {
        VideoFrame[] frames = Clips.Moving(Width, Height, 0, 3);
        IReadOnlyList<ReadOnlyMemory<byte>> coded = Encode(frames, s_fast)[0].Payloads;

        Reject([coded[0]], 3);
        Reject([coded[1], coded[0]], 3);
        Reject([coded[0], coded[1]], 2);
        Reject([coded[0], coded[1]], 4);
        Reject([], 3);
        foreach (int half in (int[])[0, 1])
        {
            for (int i = 0; i < 12; i++)
            {
                byte[] damaged = coded[half].ToArray();
                damaged[i * (damaged.Length - 1) / 11] ^= (byte)(1 << (i % 8));
                Reject(half == 0 ? [damaged, coded[1]] : [coded[0], damaged], 3);
                Reject(half == 0 ? [coded[0][..(i * coded[0].Length / 12)], coded[1]] : [coded[0], coded[1][..(i * coded[1].Length / 12)]], 3);
            }
        }

        // Another size than the encoder's.
        using IChunkDecoder other = _codec.CreateDecoder(frames[0].Format with { Width = Width + 1 });
        Assert.Throws<InvalidBitstreamException>(() => other.Decode(coded, 3, CancellationToken.None));

        void Reject(IReadOnlyList<ReadOnlyMemory<byte>> payloads, int count)
        {
            using IChunkDecoder decoder = _codec.CreateDecoder(frames[0].Format);
            Assert.Throws<InvalidBitstreamException>(() => decoder.Decode(payloads, count, CancellationToken.None));
        }
    }

    private EncodedGroup[] Encode(VideoFrame[] frames, ChunkOptions options)
    {
        using IChunkEncoder encoder = _codec.CreateEncoder(frames[0].Format, options);
        return [.. frames.Chunk(3).Select(g => encoder.Encode(g, null, CancellationToken.None))];
    }

    private static double Psnr(ReadOnlySpan<VideoFrame> original, ReadOnlySpan<VideoFrame> shown)
    {
        double squares = 0, samples = 0;
        for (int f = 0; f < original.Length; f++)
        {
            squares += original[f].Samples.Zip(shown[f].Samples).Sum(p => Math.Pow(p.First - p.Second, 2));
            samples += original[f].Samples.Length;
        }

        return 10 * Math.Log10(255 * 255 * samples / squares);
    }
}
