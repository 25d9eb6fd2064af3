using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Formats.Container;

namespace Codecs.Images;

/// <summary>What a network codec for opaque RGB pictures does; container, alpha, grey, metadata and targets are <see cref="ImageCodec"/>'s.</summary>
internal interface IPictureCodec : IDisposable
{
    /// <summary>Peak resident memory of the benchmarks' memory mode, 24 and 100 megapixels: latents, states, pixels and what the collector has not yet taken back.</summary>
    internal const int UsualDecoderBytesPerPixel = 33;

    /// <summary>Identity of the weights.</summary>
    Fingerprint EntropyFingerprint { get; }

    /// <summary>Identity of the synthesis network.</summary>
    Fingerprint SynthesisFingerprint { get; }

    /// <summary>Highest rate index; indices run from 0.</summary>
    int MaxRate { get; }

    /// <summary>The entropy coder of its payloads.</summary>
    CoderId Coder { get; }

    /// <summary>False when the latents of a picture before rounding are the same at all rates, so that a search analyses once.</summary>
    bool AnalysisDependsOnRate => true;

    /// <summary>Memory that decoding takes for each pixel; one tile, the weights and the run time besides.</summary>
    int DecoderBytesPerPixel => UsualDecoderBytesPerPixel;

    /// <summary>Analysis: the picture's latent before rounding.</summary>
    ImageLatent Analyze(ReadOnlyMemory<byte> rgb, int width, int height, int rate, CodecWatch watch);

    /// <summary>Entropy-codes a latent.</summary>
    /// <param name="latent">The latent of <see cref="Analyze"/>.</param>
    /// <param name="context">Bytes that the content check covers besides the symbols.</param>
    /// <param name="check">The content check.</param>
    /// <param name="destination">Receives the payload.</param>
    /// <param name="watch">Progress and cancellation.</param>
    /// <returns>The rounded latent, and the ideal code length in bits.</returns>
    (ImageLatent Rounded, double EstimatedBits) Encode(
        ImageLatent latent, ReadOnlySpan<byte> context, CheckMode check, IBufferWriter<byte> destination, CodecWatch watch);

    /// <summary>Reads a payload back; exact on every machine.</summary>
    ImageLatent DecodeLatent(
        ReadOnlyMemory<byte> payload, long offset, int width, int height, int rate, ReadOnlySpan<byte> context, CheckMode check, CodecWatch watch);

    /// <summary>Synthesis: interleaved 8-bit RGB rows of a latent.</summary>
    byte[] Synthesize(ImageLatent latent, CodecWatch watch);
}

/// <summary>Progress and cancellation, passed down together.</summary>
internal readonly record struct CodecWatch(IProgress<CodecProgress>? Progress, CancellationToken Cancellation)
{
    internal void Report(string stage, int done, int total) => Progress?.Report(new CodecProgress(stage, done, total));
}
