using Codecs.EntropyCoding;
using Codecs.Formats.Media;
using Codecs.Models.Exact;
using Codecs.Models.Nirvana;

namespace Codecs.Video.Nirvana;

/// <summary>Reads the groups of one chunk.</summary>
internal sealed class NirvanaChunkDecoder : IChunkDecoder
{
    private readonly NirvanaWeights _weights;
    private readonly VideoFormat _format;
    private readonly PictureKind _keyKind;
    private readonly PyramidCoder _planes;
    private readonly PictureSyntax _syntax;
    private readonly NetworkUpdate _updates = new();
    private GroupParts? _parts;
    private IReadOnlyList<ReadOnlyMemory<byte>> _payloads = [];
    private DecodedPicture? _anchor;
    private bool _isBroken;

    internal NirvanaChunkDecoder(NirvanaWeights weights, VideoFormat format)
    {
        (_weights, _format) = (weights, format);
        _keyKind = NirvanaClipCodec.KeyKind(format);
        _planes = new PyramidCoder(weights.Networks, weights.Tables);
        _syntax = new PictureSyntax(FramePlanes.ShapeOf(format), _planes);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, int> Parts => _parts?.Of(_payloads) ?? [];

    /// <inheritdoc/>
    public VideoFrame[] Decode(IReadOnlyList<ReadOnlyMemory<byte>> payloads, int frames, CancellationToken cancellation)
    {
        DecodedPicture? before = _anchor;
        if (before is not null && frames > 1 && payloads.Count == 1)
        {
            throw new InvalidBitstreamException($"A group of {frames} frames has one payload; expected one for its anchor and one for the frames between.");
        }

        SplitNetworks networks = _planes.Networks;
        if (before is not null && frames > 1 && payloads.Count == 1)
        {
            throw new InvalidBitstreamException($"A group of {frames} frames has one payload; expected one for its anchor and one for the frames between.");
        }

        DecodedPicture anchor = ReadAnchor(payloads, frames);
        var pictures = new DecodedPicture?[frames + 1];
        (pictures[0], pictures[frames]) = (before, anchor);
        GroupOrder[] order = before is null ? [] : GroupOrder.Of(frames);
        if (order.Length > 0)
        {
            RangeDecoder decoder = Open(payloads[1], frames, isKey: false);
            _syntax.Reset();
            var port = new SymbolReader(decoder);
            foreach (GroupOrder o in order)
            {
                cancellation.ThrowIfCancellationRequested();
                var sources = new PictureSources(pictures[o.Before], pictures[o.After], o.After - o.Before);
                pictures[o.Picture] = _syntax.Run(PictureKind.Between, anchor.RateIndex, sources, draft: null, ref port);
            }

            Finish(decoder);
        }

        Remember(networks, payloads, [.. pictures.Skip(1)], before is null);
        return [.. pictures.Skip(1).Select(p => FramePlanes.ToFrame(p!.Planes, _format))];
    }

    /// <inheritdoc/>
    public VideoFrame Skip(IReadOnlyList<ReadOnlyMemory<byte>> payloads, int frames, CancellationToken cancellation) =>
        FramePlanes.ToFrame(ReadAnchor(payloads, frames).Planes, _format);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private DecodedPicture ReadAnchor(IReadOnlyList<ReadOnlyMemory<byte>> payloads, int frames)
    {
        bool isKey = _anchor is null;
        if (_isBroken || frames < 1 || frames > (isKey ? 1 : GroupOrder.Frames) || payloads.Count == 0)
        {
            throw new InvalidBitstreamException($"A group of {frames} frames in {payloads.Count} payloads does not fit here; a chunk begins with a single frame and a damaged one ends.");
        }

        _isBroken = true;
        SplitNetworks networks = _planes.Networks;
        RangeDecoder decoder = Open(payloads[0], frames, isKey);
        _syntax.Reset();
        var port = new SymbolReader(decoder);
        _planes.Networks = ReadUpdate(ref port);
        _anchor = _syntax.Run(isKey ? _keyKind : PictureKind.Anchor, _anchor?.RateIndex ?? NirvanaClipCodec.MiddleRate, new PictureSources(_anchor, Distance: frames), draft: null, ref port);
        Finish(decoder);
        Remember(networks, payloads, [_anchor], isKey);
        _isBroken = false;
        return _anchor;
    }

    /// <summary>Keeps what is needed to say what the bytes were for, if somebody asks.</summary>
    private void Remember(SplitNetworks before, IReadOnlyList<ReadOnlyMemory<byte>> payloads, IReadOnlyList<DecodedPicture?> pictures, bool isKey)
    {
        var changes = Enumerable.Range(0, before.Count).Where(i => before[i] != _planes.Networks[i]).ToDictionary(i => i, i => _planes.Networks[i].Parameters);
        (_parts, _payloads) = (new GroupParts(before, changes, pictures, isKey), payloads);
    }

    private SplitNetworks ReadUpdate(ref SymbolReader port)
    {
        try
        {
            return _updates.Run(_planes.Networks, changes: null, ref port);
        }
        catch (ModelMismatchException e)
        {
            throw new InvalidBitstreamException($"video group: {e.Message}", inner: e);
        }
    }

    private RangeDecoder Open(ReadOnlyMemory<byte> payload, int frames, bool isKey)
    {
        var decoder = new RangeDecoder(payload, CheckMode.Check16, _weights.Tables.Tables);
        decoder.Bind(PayloadContext.Of(_format, frames, isKey));
        return decoder;
    }

    private void Finish(RangeDecoder decoder)
    {
        _isBroken = true;
        decoder.Finish().ThrowIfFailed("video group");
        _isBroken = false;
    }
}
