using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Formats.Media;
using Codecs.Models.Exact;
using Codecs.Models.Nirvana;
using Codecs.Video.Nirvana;

namespace Codecs.Video.Tests.Nirvana;

public sealed class DamageTests
{
    private const int Frames = 3;
    private static readonly VideoFormat s_format = new(40, 24, ChromaFormat.Yuv420);
    private static readonly EncodedGroup[] s_coded = TestClips.Encode(TestClips.Moving(s_format, 1 + Frames), [1, Frames], quality: 30);

    // All payloads of the chunk: the first group has one, the second two.
    private static readonly byte[][] s_payloads = [.. s_coded.SelectMany(g => g.Payloads).Select(p => p.ToArray())];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void TruncatedPayloadsAreNoticed(int which)
    {
        int length = s_payloads[which].Length;
        AssertNoticed(which, Enumerable.Range(0, 100).Select(i => i * length / 100).Distinct().Select(l => s_payloads[which][..l]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void DamagedPayloadsAreNoticed(int which)
    {
        var random = new Random(which);
        AssertNoticed(which, Enumerable.Range(0, 100).Select(i =>
        {
            byte[] damaged = [.. s_payloads[which]];
            for (int changes = 1 + (i % 4); changes > 0; changes--)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            return damaged.AsSpan().SequenceEqual(s_payloads[which]) ? [] : damaged;
        }));
    }

    [Fact]
    public void NoiseIsNoticed()
    {
        var random = new Random(9);
        for (int which = 0; which < s_payloads.Length; which++)
        {
            AssertNoticed(which, Enumerable.Range(0, 40).Select(i =>
            {
                byte[] noise = new byte[i * 5];
                random.NextBytes(noise);
                return noise;
            }));
        }
    }

    [Fact]
    public void PayloadsOfAnotherFormatAreRefused()
    {
        foreach (VideoFormat other in (VideoFormat[])[s_format with { Width = 39 }, s_format with { Height = 25 }, s_format with { Chroma = ChromaFormat.Yuv422 }, s_format with { BitDepth = 10 }])
        {
            using IChunkDecoder decoder = TestClips.Decoder(other);
            Assert.Throws<InvalidBitstreamException>(() => decoder.Decode(s_coded[0].Payloads, 1, CancellationToken.None));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Frames - 1)]
    [InlineData(Frames + 1)]
    [InlineData(9)]
    [InlineData(-1)]
    public void AnotherNumberOfFramesIsRefused(int frames)
    {
        using IChunkDecoder decoder = TestClips.Decoder(s_format);
        decoder.Decode(s_coded[0].Payloads, 1, CancellationToken.None);
        Assert.Throws<InvalidBitstreamException>(() => decoder.Decode(s_coded[1].Payloads, frames, CancellationToken.None));
    }

    [Fact]
    public void GroupsOutOfOrderAreRefused()
    {
        using IChunkDecoder decoder = TestClips.Decoder(s_format);
        Assert.Throws<InvalidBitstreamException>(() => decoder.Decode(s_coded[1].Payloads, Frames, CancellationToken.None));
        Assert.Throws<InvalidBitstreamException>(() => decoder.Decode([], 1, CancellationToken.None));
        decoder.Decode(s_coded[0].Payloads, 1, CancellationToken.None);
        Assert.Throws<InvalidBitstreamException>(() => decoder.Decode(s_coded[0].Payloads, 1, CancellationToken.None));

        // The chunk is broken now.
        Assert.Throws<InvalidBitstreamException>(() => decoder.Decode(s_coded[1].Payloads, Frames, CancellationToken.None));
    }

    [Fact]
    public void UpdatesThatCouldOverflowAreRefused()
    {
        SplitNetworks networks = TestClips.Weights.Networks;
        short[] parameters = [.. networks[0].Parameters];
        for (int i = 0; i < 4; i++)
        {
            parameters[i] = (short)(parameters[i] + (parameters[i] < 0 ? -16000 : 16000));
        }

        var bytes = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(bytes, TestClips.Weights.Tables.Tables);
        encoder.Bind(PayloadContext.Of(s_format, 1, isKey: true));
        var port = new SymbolWriter(encoder);
        Assert.Throws<ModelMismatchException>(() => new NetworkUpdate().Run(networks, new Dictionary<int, short[]> { [0] = parameters }, ref port));
        encoder.Finish(CheckMode.Check16);

        using IChunkDecoder decoder = TestClips.Decoder(s_format);
        Assert.Throws<InvalidBitstreamException>(() => decoder.Decode([bytes.WrittenMemory], 1, CancellationToken.None));
    }

    // Each in place of the payload that was written; the 16 bits of the check let one in 65,536 pass.
    private static void AssertNoticed(int which, IEnumerable<byte[]> damaged)
    {
        int passed = 0;
        long usual = 0;
        foreach (byte[] payload in damaged.Prepend(s_payloads[which]))
        {
            byte[][] all = [.. s_payloads];
            all[which] = payload;
            using IChunkDecoder decoder = TestClips.Decoder(s_format);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                decoder.Decode([all[0]], 1, CancellationToken.None);
                if (which > 0)
                {
                    decoder.Decode([all[1], all[2]], Frames, CancellationToken.None);
                }

                passed++;
            }
            catch (InvalidBitstreamException) when (!ReferenceEquals(payload, s_payloads[which]))
            {
            }

            // New networks are the largest thing that a payload can ask for.
            long taken = GC.GetAllocatedBytesForCurrentThread() - before;
            usual = usual == 0 ? taken : usual;
            Assert.InRange(taken, 0, usual + (32 << 20));
        }

        Assert.InRange(passed, 1, 2);
    }
}
