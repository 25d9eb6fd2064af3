using System.Buffers.Binary;
using Codecs.Formats.Media;
using Codecs.Formats.Weights;
using Codecs.Models.Exact;
using Codecs.Models.Nirvana;
using Codecs.Video.Nirvana;
using Codecs.Video;

namespace Codecs.Fuzz.Targets;

/// <summary>The first two groups of a chunk of nirvana, with networks made of fixed numbers.</summary>
/// <remarks>Bytes: 0 samples, 1 columns and 2 rows less 1 (modulo 40), 3 frames of the second group less 1 (modulo 8), u16 lengths of the first group's payload and of the second
/// group's first one, these two, and the rest is the second group's other payload.</remarks>
internal sealed class NirvanaChunkTarget : FuzzTarget
{
    private const int FormatBytes = 4, HeaderBytes = FormatBytes + (2 * sizeof(ushort)), MaxSide = 40;
    private static readonly Lazy<NirvanaWeights> s_weights = new(CreateWeights);

    internal override string Name => "nirvana-chunk";

    internal override string Description => "the payloads of two groups of nirvana behind four bytes that choose format and frames, and two lengths";

    // Planes of nine small pictures with all that is known of them, and all networks anew in each group.
    internal override long MemoryCap(int inputBytes) => 256L << 20;

    internal override IEnumerable<byte[]> Seeds()
    {
        foreach (byte[] format in (byte[][])[[1, 32, 23, 7], [23, 16, 32, 2], [4, 11, 7, 0]])
        {
            (VideoFormat video, int frames) = Parse(format);
            using var encoder = new NirvanaChunkEncoder(s_weights.Value, video, new ChunkOptions { Quality = 30, Effort = 1 });
            VideoFrame[] clip = [.. Enumerable.Range(0, frames + 1).Select(f => Frame(video, f))];
            ReadOnlyMemory<byte> key = encoder.Encode(clip[..1], null, CancellationToken.None).Payloads[0];
            IReadOnlyList<ReadOnlyMemory<byte>> group = encoder.Encode(clip[1..], null, CancellationToken.None).Payloads;
            byte[] lengths = new byte[2 * sizeof(ushort)];
            BinaryPrimitives.WriteUInt16LittleEndian(lengths, (ushort)key.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(lengths.AsSpan(sizeof(ushort)), (ushort)group[0].Length);
            yield return [.. format, .. lengths, .. key.Span, .. group[0].Span, .. group.Skip(1).SelectMany(p => p.ToArray())];
        }
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        if (input.Length < HeaderBytes)
        {
            throw new InvalidBitstreamException("too short to be an input", 0);
        }

        (VideoFormat format, int frames) = Parse(input.Span);
        int first = BinaryPrimitives.ReadUInt16LittleEndian(input.Span[FormatBytes..]), second = BinaryPrimitives.ReadUInt16LittleEndian(input.Span[(FormatBytes + sizeof(ushort))..]);
        if (first + second > input.Length - HeaderBytes)
        {
            throw new InvalidBitstreamException("too short for its payloads", FormatBytes);
        }

        ReadOnlyMemory<byte> key = input.Slice(HeaderBytes, first), anchor = input.Slice(HeaderBytes + first, second), between = input[(HeaderBytes + first + second)..];
        using var decoder = new NirvanaChunkDecoder(s_weights.Value, format);
        VideoFrame start = decoder.Decode([key], 1, CancellationToken.None)[0];
        VideoFrame[] shown = decoder.Decode([anchor, between], frames, CancellationToken.None);
        Require(shown.Length == frames, "a group has another number of frames than asked for");

        using var other = new NirvanaChunkDecoder(s_weights.Value, format);
        Require(other.Skip([key], 1, CancellationToken.None).Samples.AsSpan().SequenceEqual(start.Samples), "a skipped group ends with another frame");
        Require(other.Skip([anchor], frames, CancellationToken.None).Samples.AsSpan().SequenceEqual(shown[^1].Samples), "a skipped group ends with another frame");
    }

    private static (VideoFormat Format, int Frames) Parse(ReadOnlySpan<byte> header)
    {
        int chromas = Enum.GetValues<ChromaFormat>().Length;
        var format = new VideoFormat(1 + (header[1] % MaxSide), 1 + (header[2] % MaxSide), (ChromaFormat)(header[0] % chromas), 8 + (header[0] / chromas % 5));
        return (format, 1 + (header[3] % GroupOrder.Frames));
    }

    private static VideoFrame Frame(VideoFormat format, int number)
    {
        var frame = new VideoFrame(format, new byte[format.FrameBytes]);
        for (int p = 0; p < format.PlaneCount; p++)
        {
            int width = format.PlaneWidth(p), largest = (1 << format.BitDepth) - 1;
            frame.Write(p, [.. Enumerable.Range(0, width * format.PlaneHeight(p)).Select(i => (ushort)((((i % width) + number) * 13 * (1 + (i / width / 8))) & largest))]);
        }

        return frame;
    }

    // Weights and biases of every sign that stay far below the sum that could overflow.
    private static NirvanaWeights CreateWeights()
    {
        int next = 0;
        var networks = new SplitNetworks(i => [.. Enumerable.Range(0, SplitNetworks.ShapeOf(i).ParameterCount).Select(_ => (short)((next++ * 7919L % 401) - 200))]);
        return NirvanaWeights.FromFile(SafetensorsFile.Read(NirvanaWeights.ToFile(networks, LaplaceTables.Create())));
    }
}
