using System.Buffers;
using System.Collections.ObjectModel;
using System.Diagnostics;
using Codecs.EntropyCoding;
using Codecs.Formats.Media;
using Codecs.Models.Exact;
using Codecs.Models.Nirvana;

namespace Codecs.Video.Nirvana;

/// <summary>Fits and writes the groups of one chunk.</summary>
internal sealed class NirvanaChunkEncoder : IChunkEncoder
{
    // Pictures that others lean on get more bits: 1/8 octaves of the quantiser step.
    private const int AnchorOffset = 5;

    private static readonly int[] s_levelOffsets = [0, 10, 14, 16];

    // Steps of fitting by effort.
    private static readonly int[] s_fitSteps = [0, 0, 0, 4, 8, 16, 32, 48, 80, 200];

    private const int MostSteps = 400;

    // Later groups of the chunk start from the fitted networks.
    private const double Reuse = 1.5;

    private readonly NirvanaWeights _weights;
    private readonly VideoFormat _format;
    private readonly ChunkOptions _options;
    private readonly PictureShape _shape;
    private readonly PyramidCoder _planes;
    private readonly PictureSyntax _syntax;
    private readonly PictureEncoder _encoder;
    private readonly NetworkUpdate _updates = new();
    private readonly int _fitSteps;
    private readonly NetworkAdaptation _adaptation;
    private DecodedPicture? _anchor;

    internal NirvanaChunkEncoder(NirvanaWeights weights, VideoFormat format, ChunkOptions options)
    {
        (_weights, _format, _options, Quality) = (weights, format, options, options.Quality);
        _fitSteps = options.SecondsPerFrame is null ? s_fitSteps[options.Effort] : MostSteps;
        _shape = FramePlanes.ShapeOf(format);
        _planes = new PyramidCoder(weights.Networks, weights.Tables);
        _syntax = new PictureSyntax(_shape, _planes);
        _encoder = new PictureEncoder(_shape, _planes, weights.Tables);
        _adaptation = new NetworkAdaptation(_planes.BitPrice, _fitSteps);
    }

    /// <inheritdoc/>
    public double Quality { get; set; }

    /// <inheritdoc/>
    public EncodedGroup Encode(IReadOnlyList<VideoFrame> frames, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        Grid[][] sources = [.. frames.Select(FramePlanes.FromFrame)];
        int rate = _options.PsnrDb is { } target ? RateFor(target, sources, cancellation) : NirvanaClipCodec.RateOf(Quality);
        IReadOnlyDictionary<int, short[]> changes = Fit(sources, rate, progress, cancellation);
        bool isKey = _anchor is null;
        SplitNetworks before = _planes.Networks;
        if (_options.PsnrDb is { } wanted && changes.Count > 0)
        {
            // Fitted networks trade a little quality for bits: the target holds for them too.
            _planes.Networks = before.With(changes.Select(c => (c.Key, c.Value)));
            rate = RateFor(wanted, sources, cancellation);
        }

        var payloads = new List<ReadOnlyMemory<byte>>();
        (ArrayBufferWriter<byte> bytes, RangeEncoder writer) = Open(frames.Count, isKey);
        var port = new SymbolWriter(writer);
        _planes.Networks = _updates.Run(before, changes, ref port);
        var group = new GroupCoder(this, sources, rate);
        DecodedPicture anchor = group.Anchor(ref port);
        payloads.Add(Close(bytes, writer));
        if (group.Order.Length > 0)
        {
            (bytes, writer) = Open(frames.Count, isKey: false);
            port = new SymbolWriter(writer);
            group.Between(ref port, cancellation);
            payloads.Add(Close(bytes, writer));
        }

        _anchor = anchor;
        progress?.Report(new CodecProgress("fitting", 3, 3));
        Dictionary<string, int> parts = new GroupParts(before, changes, [.. group.Pictures.Skip(1)!], isKey).Of(payloads);
        return new EncodedGroup(payloads, PsnrOf(frames, group), parts);
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

    /// <summary>What changes in the networks for this group: everything is coded once without being written, and what the networks saw is what they are fitted to.</summary>
    private IReadOnlyDictionary<int, short[]> Fit(Grid[][] sources, int rate, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        if (_fitSteps == 0)
        {
            return ReadOnlyDictionary<int, short[]>.Empty;
        }

        long start = Stopwatch.GetTimestamp();
        var samples = new NetworkFitting();
        _planes.Samples = samples;
        Try(sources, rate, cancellation);
        _planes.Samples = null;
        progress?.Report(new CodecProgress("fitting", 1, 3));

        // The pictures are coded once more when the networks are fitted.
        TimeSpan? time = _options.SecondsPerFrame is { } seconds
            ? TimeSpan.FromSeconds(Math.Max(0, (seconds * sources.Length) - (2 * Stopwatch.GetElapsedTime(start).TotalSeconds)))
            : null;
        Dictionary<int, short[]> changes = _adaptation.Run(_planes.Networks, samples, Reuse, time, cancellation);
        progress?.Report(new CodecProgress("fitting", 2, 3));
        return changes;
    }

    /// <summary>The coarsest rate index at which a group reaches a PSNR; the finest there is if none does.</summary>
    private int RateFor(double target, Grid[][] sources, CancellationToken cancellation)
    {
        VideoFrame[] original = [.. sources.Select(s => FramePlanes.ToFrame(s, _format))];
        int reached = 0, missed = QuantizerSteps.MaxIndex + 1;
        while (missed - reached > 1)
        {
            int middle = (reached + missed) / 2;
            double psnr = PsnrOf(original, Try(sources, middle, cancellation));
            (reached, missed) = psnr >= target ? (middle, missed) : (reached, middle);
        }

        return reached;
    }

    private GroupCoder Try(Grid[][] sources, int rate, CancellationToken cancellation)
    {
        var port = new SymbolCounter(_weights.Tables, new BitTally());
        var group = new GroupCoder(this, sources, rate);
        group.Anchor(ref port);
        group.Between(ref port, cancellation);
        return group;
    }

    private double PsnrOf(IReadOnlyList<VideoFrame> original, GroupCoder group) =>
        GroupPsnr.Of(original, [.. group.Pictures.Skip(1).Select(p => FramePlanes.ToFrame(p!.Planes, _format))]);

    /// <summary>One pass over the pictures of a group.</summary>
    private sealed class GroupCoder
    {
        private readonly NirvanaChunkEncoder _owner;
        private readonly Grid[][] _sources;
        private readonly int _rate;

        internal GroupCoder(NirvanaChunkEncoder owner, Grid[][] sources, int rate)
        {
            (_owner, _sources, _rate) = (owner, sources, rate);
            Pictures = new DecodedPicture?[sources.Length + 1];
            Pictures[0] = owner._anchor;
            Order = owner._anchor is null ? [] : GroupOrder.Of(sources.Length);
        }

        internal DecodedPicture?[] Pictures { get; }

        internal GroupOrder[] Order { get; }

        internal DecodedPicture Anchor<TPort>(ref TPort port)
            where TPort : struct, ISymbolPort
        {
            bool isKey = Pictures[0] is null;
            PictureKind kind = isKey ? NirvanaClipCodec.KeyKind(_owner._format) : PictureKind.Anchor;
            var from = new PictureSources(Pictures[0], Distance: _sources.Length);
            PictureDraft draft = _owner._encoder.Draft(kind, _sources[^1], Limit(isKey ? _rate : _rate + AnchorOffset), from);
            DecodedPicture anchor = _owner._syntax.Run(kind, Pictures[0]?.RateIndex ?? NirvanaClipCodec.MiddleRate, from, draft, ref port);
            Pictures[^1] = anchor;
            return anchor;
        }

        internal void Between<TPort>(ref TPort port, CancellationToken cancellation)
            where TPort : struct, ISymbolPort
        {
            foreach (GroupOrder o in Order)
            {
                cancellation.ThrowIfCancellationRequested();
                var from = new PictureSources(Pictures[o.Before], Pictures[o.After], o.After - o.Before);
                PictureDraft draft = _owner._encoder.Draft(PictureKind.Between, _sources[o.Picture - 1], Limit(_rate + s_levelOffsets[o.Level]), from);
                Pictures[o.Picture] = _owner._syntax.Run(PictureKind.Between, Pictures[^1]!.RateIndex, from, draft, ref port);
            }
        }

        private static int Limit(int rate) => Math.Min(QuantizerSteps.MaxIndex, rate);
    }
}
