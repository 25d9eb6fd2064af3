using System.Buffers.Binary;
using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Models;
using Codecs.Models.NirvanaFaithful;

namespace Codecs.Video.NirvanaFaithful;

/// <summary><c>nirvana-faithful</c>: the published NIRVANA, made decodable. Each group of three frames is a network that was fitted to it.</summary>
/// <remarks>There are no weights to ship: the fingerprints cover the architecture and the seed of the start that first groups are coded against.</remarks>
internal sealed class NirvanaFaithfulCodec : IClipCodec
{
    // Frames, patches and network of a group, all at once, on both sides of a conversion.
    private const long FixedBytes = 256L << 20, BytesPerPixel = 32;
    private readonly NcfLimits _limits;
    private readonly ComputeDevice _device;

    internal NirvanaFaithfulCodec(NcfLimits limits, ComputeDevice device = default)
    {
        (_limits, _device) = (limits, device);
        byte[] seed = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(seed, StartNoise.Seed);
        CanonicalTensor[] start = [new("start.seed", ElementType.U8, [seed.Length], seed)];
        EntropyFingerprint = CanonicalTensorHash.Compute("nirvana-faithful-entropy/1", start);
        SynthesisFingerprint = CanonicalTensorHash.Compute("nirvana-faithful-synthesis/1", start);
    }

    /// <inheritdoc/>
    public Fingerprint EntropyFingerprint { get; }

    /// <inheritdoc/>
    public Fingerprint SynthesisFingerprint { get; }

    /// <inheritdoc/>
    public CoderId Coder => CoderId.Bac;

    /// <inheritdoc/>
    public int FramesOfGroup(int indexInChunk) => NirvanaShape.Frames;

    /// <inheritdoc/>
    public VideoFormat Accept(VideoFormat format) => format with { Chroma = ChromaFormat.Rgb, BitDepth = 8, Matrix = 0, FullRange = true };

    /// <inheritdoc/>
    public IChunkEncoder CreateEncoder(VideoFormat format, ChunkOptions options)
    {
        Check(format);
        return new NirvanaFaithfulEncoder(format, options, Context(format), _device);
    }

    /// <inheritdoc/>
    public IChunkDecoder CreateDecoder(VideoFormat format)
    {
        Check(format);
        _limits.CheckDecoderMemory(FixedBytes + ((long)format.Width * format.Height * BytesPerPixel));
        return new NirvanaFaithfulDecoder(format, Context(format), _device);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static void Check(VideoFormat format)
    {
        if (format.Chroma != ChromaFormat.Rgb || format.BitDepth != 8)
        {
            throw new UnsupportedBitstreamException($"nirvana-faithful keeps RGB of 8 bits; the video is {format.Chroma} of {format.BitDepth} bits.");
        }
    }

    // What the checks of all payloads cover besides; the group adds its number of frames.
    private byte[] Context(VideoFormat format)
    {
        byte[] context = new byte[Fingerprint.Length + (2 * sizeof(int))];
        EntropyFingerprint.CopyTo(context);
        BinaryPrimitives.WriteInt32LittleEndian(context.AsSpan(Fingerprint.Length), format.Width);
        BinaryPrimitives.WriteInt32LittleEndian(context.AsSpan(Fingerprint.Length + sizeof(int)), format.Height);
        return context;
    }
}
