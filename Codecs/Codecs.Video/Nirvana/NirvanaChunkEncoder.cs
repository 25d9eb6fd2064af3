using System.Buffers;
using System.Collections.ObjectModel;
using Codecs.EntropyCoding;
using Codecs.Formats.Media;
using Codecs.Models.Nirvana;

namespace Codecs.Video.Nirvana;

/// <summary>Fits and writes the groups of one chunk.</summary>
internal sealed class NirvanaChunkEncoder : IChunkEncoder
{
    // Pictures that others lean on get more bits: 1/8 octaves of the quantiser step.
    private const int AnchorOffset = 5;

    private static readonly int[] s_levelOffsets = [0, 10, 14, 16];

    private readonly NirvanaWeights _weights;
    private readonly VideoFormat _format;
    private readonly PictureShape _shape;
    private readonly PyramidCoder _planes;
    private readonly PictureSyntax _syntax;
    private readonly PictureEncoder _encoder;
    private readonly NetworkUpdate _updates = new();
    private DecodedPicture? _anchor;

    internal NirvanaChunkEncoder(NirvanaWeights weights, VideoFormat format, ChunkOptions options)
    {
        (_weights, _format, Quality) = (weights, format, options.Quality);
        _shape = FramePlanes.ShapeOf(format);
        _planes = new PyramidCoder(weights.Networks, weights.Tables);
        _syntax = new PictureSyntax(_shape, _planes);
        _encoder = new PictureEncoder(_shape, _planes, weights.Tables);
    }

    /// <inheritdoc/>
    public double Quality { get; set; }

    /// <inheritdoc/>
    public EncodedGroup Encode(IReadOnlyList<VideoFrame> frames, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        bool isKey = _anchor is null;
        int rate = NirvanaClipCodec.RateOf(Quality), count = frames.Count;
        var pictures = new DecodedPicture?[count + 1];
        pictures[0] = _anchor;
        var payloads = new List<ReadOnlyMemory<byte>>();
        Grid[] source = FramePlanes.FromFrame(frames[^1]);
        (ArrayBufferWriter<byte> bytes, RangeEncoder writer) = Open(count, isKey);
        var port = new SymbolWriter(writer);
        _planes.Networks = _updates.Run(_planes.Networks, ReadOnlyDictionary<int, short[]>.Empty, ref port);
        PictureKind kind = isKey ? NirvanaClipCodec.KeyKind(_format) : PictureKind.Anchor;
        var sources = new PictureSources(_anchor, Distance: count);
        PictureDraft draft = _encoder.Draft(kind, source, isKey ? rate : Math.Min(QuantizerSteps.MaxIndex, rate + AnchorOffset), sources);
        _anchor = pictures[count] = _syntax.Run(kind, _anchor?.RateIndex ?? NirvanaClipCodec.MiddleRate, sources, draft, ref port);
        payloads.Add(Close(bytes, writer));
        progress?.Report(new CodecProgress("fitting", 1, count));

        GroupOrder[] order = isKey ? [] : GroupOrder.Of(count);
        if (order.Length > 0)
        {
            (bytes, writer) = Open(count, isKey: false);
            port = new SymbolWriter(writer);
            for (int i = 0; i < order.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                GroupOrder o = order[i];
                sources = new PictureSources(pictures[o.Before], pictures[o.After], o.After - o.Before);
                draft = _encoder.Draft(
                    PictureKind.Between, FramePlanes.FromFrame(frames[o.Picture - 1]), Math.Min(QuantizerSteps.MaxIndex, rate + s_levelOffsets[o.Level]), sources);
                pictures[o.Picture] = _syntax.Run(PictureKind.Between, _anchor.RateIndex, sources, draft, ref port);
                progress?.Report(new CodecProgress("fitting", 2 + i, count));
            }

            payloads.Add(Close(bytes, writer));
        }

        var parts = new Dictionary<string, int> { [isKey ? "key" : "anchor"] = payloads[0].Length };
        if (payloads.Count > 1)
        {
            parts["between"] = payloads[1].Length;
        }

        return new EncodedGroup(payloads, GroupPsnr.Of(frames, [.. pictures.Skip(1).Select(p => FramePlanes.ToFrame(p!.Planes, _format))]), parts);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static ReadOnlyMemory<byte> Close(ArrayBufferWriter<byte> bytes, RangeEncoder writer)
    {
        writer.Finish(CheckMode.Check16);
        return bytes.WrittenMemory;
    }

    private (ArrayBufferWriter<byte> Bytes, RangeEncoder Writer) Open(int frames, bool isKey)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new RangeEncoder(bytes, _weights.Tables.Tables);
        writer.Bind(PayloadContext.Of(_format, frames, isKey));
        _syntax.Reset();
        return (bytes, writer);
    }
}
