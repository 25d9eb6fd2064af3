using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Models.Nirvana;

namespace Codecs.Video.Nirvana;

/// <summary>The practical mode of NIRVANA: a pyramid of small networks, shipped, fitted to each group where that pays.</summary>
internal sealed class NirvanaClipCodec(NirvanaWeights weights) : IClipCodec
{
    /// <summary>The rate index that a chunk's first picture is expected to have.</summary>
    internal const int MiddleRate = 36;

    /// <inheritdoc/>
    public Fingerprint EntropyFingerprint => weights.EntropyFingerprint;

    /// <inheritdoc/>
    public Fingerprint SynthesisFingerprint => weights.SynthesisFingerprint;

    /// <inheritdoc/>
    public CoderId Coder => CoderId.RC32;

    /// <inheritdoc/>
    public int FramesOfGroup(int indexInChunk) => indexInChunk == 0 ? 1 : GroupOrder.Frames;

    /// <inheritdoc/>
    public VideoFormat Accept(VideoFormat format) => format;

    /// <inheritdoc/>
    public IChunkEncoder CreateEncoder(VideoFormat format, ChunkOptions options) => new NirvanaChunkEncoder(weights, format, options);

    /// <inheritdoc/>
    public IChunkDecoder CreateDecoder(VideoFormat format) => new NirvanaChunkDecoder(weights, format);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>Key pictures whose planes all have one size have networks of their own.</summary>
    internal static PictureKind KeyKind(VideoFormat format) => format.Chroma is ChromaFormat.Yuv444 or ChromaFormat.Rgb ? PictureKind.Still : PictureKind.Key;

    /// <summary>The rate index of a quality of 1..100: 65 to 6.</summary>
    internal static int RateOf(double quality) => (int)Math.Round(66 - (0.6 * quality));
}
