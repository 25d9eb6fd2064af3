using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Images.Packets;
using Codecs.Models.IndexMaps;
using Codecs.Models.IndexMaps.Concealment;

namespace Codecs.Images;

/// <summary>Pictures in packets that can be read without one another, for channels that lose some: what is lost is guessed from what arrived.</summary>
/// <remarks>A codec whose latents are codebook indices is needed, such as <c>vqgan-extreme</c>. Alpha and metadata are not sent.</remarks>
public sealed class ImagePackets
{
    private readonly IIndexCodec _codec;
    private readonly NcfLimits _limits;

    internal ImagePackets(IIndexCodec codec, NcfLimits limits) => (_codec, _limits) = (codec, limits);

    /// <summary>Puts a picture into packets.</summary>
    /// <param name="image">The picture, sides up to 16384 pixels.</param>
    /// <param name="options">Quality, or a target in bytes or bits per pixel for all packets together.</param>
    /// <param name="packets">Size and protection of the packets.</param>
    /// <param name="progress">Receives stages and shares.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    /// <returns>The packets, each at most <see cref="PacketOptions.MaxBytes"/> long.</returns>
    /// <exception cref="TargetUnreachableException">The coarsest packets are larger than asked for.</exception>
    /// <exception cref="ArgumentException">The picture is too large for packets, or PSNR was asked for.</exception>
    public IReadOnlyList<ReadOnlyMemory<byte>> Encode(
        Image image, ImageEncoderOptions? options = null, PacketOptions? packets = null, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        options ??= ImageEncoderOptions.Default;
        options.Validate();
        if (options.TargetPsnrDb is not null)
        {
            throw new ArgumentException("Packets have a size or a quality to aim at, not a PSNR.", nameof(options));
        }

        ImageLatent latent = _codec.Analyze(image.SplitAlpha().Color.ToRgb().Pixels, image.Width, image.Height, rate: 0, new CodecWatch(progress, cancellation));
        (int fewest, int most) = _codec.IndexBits;
        if ((options.TargetBytes ?? ImageCodec.BytesOf(options.BitsPerPixel, image)) is not { } bytes)
        {
            return Pack(fewest + (int)Math.Round((options.Quality - 1) / 99 * (most - fewest)));
        }

        for (int bits = most; bits >= fewest; bits--)
        {
            if (Pack(bits) is var made && made.Sum(p => (long)p.Length) <= bytes)
            {
                return made;
            }
        }

        throw new TargetUnreachableException($"The coarsest packets of this picture have {Pack(fewest).Sum(p => (long)p.Length)} bytes; at most {bytes} were asked for.");

        List<ReadOnlyMemory<byte>> Pack(int bits) =>
            PacketWriting.Write(_codec.Quantize(latent, bits), image.Width, image.Height, packets ?? PacketOptions.Default, _codec.SynthesisFingerprint);
    }

    /// <summary>The picture of the packets that arrived.</summary>
    /// <param name="packets">In any order, some missing, some damaged.</param>
    /// <param name="concealment">What to show where nothing was received.</param>
    /// <param name="progress">Receives stages and shares.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    /// <exception cref="InvalidBitstreamException">No undamaged packet of these weights is among them.</exception>
    /// <exception cref="LimitExceededException">The picture is larger than the limits allow.</exception>
    public PacketDecodeResult Decode(
        IEnumerable<ReadOnlyMemory<byte>> packets, LossConcealment concealment = LossConcealment.Predict, IProgress<CodecProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(packets);
        var read = new List<IndexPacket>();
        foreach (ReadOnlyMemory<byte> bytes in packets)
        {
            if (IndexPacket.TryRead(bytes, _codec.SynthesisFingerprint, out IndexPacket? packet))
            {
                read.Add(packet);
            }
        }

        return Decode(read, concealment, new CodecWatch(progress, cancellation));
    }

    /// <summary>The picture of a packet file (<see cref="PacketFile"/>), damaged or not.</summary>
    /// <inheritdoc cref="Decode(IEnumerable{ReadOnlyMemory{byte}}, LossConcealment, IProgress{CodecProgress}?, CancellationToken)"/>
    /// <param name="file">The file.</param>
    /// <param name="concealment">What to show where nothing was received.</param>
    /// <param name="progress">Receives stages and shares.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    public PacketDecodeResult DecodeFile(
        ReadOnlyMemory<byte> file, LossConcealment concealment = LossConcealment.Predict, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default) =>
        Decode([.. PacketFile.Read(file, _codec.SynthesisFingerprint).Packets.Select(p => p.Packet)], concealment, new CodecWatch(progress, cancellation));

    private PacketDecodeResult Decode(IReadOnlyCollection<IndexPacket> packets, LossConcealment concealment, CodecWatch watch)
    {
        var assembly = PacketAssembly.Of(packets, _limits.MaxPixels);
        PacketShape shape = assembly.Shape;
        if (shape.Bits < _codec.IndexBits.Fewest || shape.Bits > _codec.IndexBits.Most)
        {
            throw new InvalidBitstreamException($"Indices of {shape.Bits} bits; this model makes pictures of {_codec.IndexBits.Fewest} to {_codec.IndexBits.Most}", 0);
        }

        ushort[] values = assembly.Values;
        float[] confidence = Array.ConvertAll(assembly.Lost, lost => lost ? 0f : 1f);
        if (concealment == LossConcealment.Neighbours)
        {
            NeighbourVote.Fill(values, assembly.Lost, shape.Columns);
        }
        else if (concealment == LossConcealment.Predict && assembly.Lost.Contains(true))
        {
            confidence = _codec.Conceal(values, assembly.Lost, shape.Columns, shape.Bits, watch);
        }

        ImageLatent latent = _codec.LatentOf(new IndexMap(shape.Rows, shape.Columns, shape.Bits, values), shape.Width, shape.Height);
        var image = new Image(shape.Width, shape.Height, ImageLayout.Rgb, _codec.Synthesize(latent, watch));
        return new PacketDecodeResult(image, assembly.Expected, assembly.Received, assembly.Restored, shape.Rows, shape.Columns, values, confidence)
        {
            SitesGuessed = assembly.Lost.Count(lost => lost),
        };
    }
}
