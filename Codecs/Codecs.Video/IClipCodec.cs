using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Video;

/// <summary>What a codec does with the groups of a clip; container, times, sound, seeking and workers are the stream classes'.</summary>
/// <remarks>A chunk is a run of groups of which the first can be decoded without any other (a key group) and the others need those before them in the chunk.
/// Chunks know nothing of each other, so several can be encoded or decoded at once, each by one thread.</remarks>
internal interface IClipCodec : IDisposable
{
    /// <summary>Identity of the weights that decide parsing.</summary>
    Fingerprint EntropyFingerprint { get; }

    /// <summary>Identity of the synthesis weights.</summary>
    Fingerprint SynthesisFingerprint { get; }

    /// <summary>How the payloads of its units are coded.</summary>
    CoderId Coder { get; }

    /// <summary>On which machines decoding is safe.</summary>
    DeterminismClass Determinism => DeterminismClass.IntegerExact;

    /// <summary>Most frames of a group.</summary>
    /// <param name="indexInChunk">0 for the key group.</param>
    int FramesOfGroup(int indexInChunk);

    /// <summary>The nearest format that the codec can keep; frames are converted to it before they come.</summary>
    VideoFormat Accept(VideoFormat format);

    /// <summary>Starts a chunk for writing.</summary>
    IChunkEncoder CreateEncoder(VideoFormat format, ChunkOptions options);

    /// <summary>Starts a chunk for reading.</summary>
    /// <exception cref="LimitExceededException">Decoding would need more memory than allowed.</exception>
    IChunkDecoder CreateDecoder(VideoFormat format);
}

/// <summary>What one chunk is encoded with.</summary>
internal sealed record ChunkOptions
{
    /// <summary>1 (smallest) to 100 (best).</summary>
    public double Quality { get; init; } = 50;

    /// <summary>Every group is fitted until it reaches this PSNR over all planes (6:1:1 for subsampled chroma) in decibels; null for <see cref="Quality"/> to decide.</summary>
    public double? PsnrDb { get; init; }

    /// <summary>How long to fit, 1 (fast) to 9 (slow).</summary>
    public int Effort { get; init; } = 5;

    /// <summary>Most seconds to spend on a frame; null for <see cref="Effort"/> to decide. Bytes then depend on the machine.</summary>
    public double? SecondsPerFrame { get; init; }
}

/// <summary>Fits the groups of one chunk, in order. Not thread-safe.</summary>
internal interface IChunkEncoder : IDisposable
{
    /// <summary>Encodes the next group.</summary>
    /// <param name="frames">1 to <see cref="IClipCodec.FramesOfGroup"/> frames; fewer than that only in the chunk's last group.</param>
    /// <param name="progress">Receives iterations or steps done within the group.</param>
    /// <param name="cancellation">Stops soon; the chunk cannot go on afterwards.</param>
    EncodedGroup Encode(IReadOnlyList<VideoFrame> frames, IProgress<CodecProgress>? progress, CancellationToken cancellation);

    /// <summary>From the next group on; what a rate control wants.</summary>
    double Quality { get; set; }
}

/// <summary>A group as it goes into a unit.</summary>
/// <param name="Payloads">Coded bytes, at least one run. A decoder gets the same runs, or fewer of them when the end of the file is missing.</param>
/// <param name="PsnrDb">PSNR of the decoded group over all planes (6:1:1).</param>
/// <param name="Parts">Bytes by what they are for, such as "weights", "anchor", "motion"; they add up to the payloads.</param>
internal sealed record EncodedGroup(IReadOnlyList<ReadOnlyMemory<byte>> Payloads, double PsnrDb, IReadOnlyDictionary<string, int> Parts);

/// <summary>Decodes the groups of one chunk, in order. Not thread-safe.</summary>
internal interface IChunkDecoder : IDisposable
{
    /// <summary>Decodes the next group.</summary>
    /// <param name="payloads">The unit's payloads.</param>
    /// <param name="frames">Frames of the group, 1 to <see cref="IClipCodec.FramesOfGroup"/>.</param>
    /// <param name="cancellation">Stops soon; the chunk cannot go on afterwards.</param>
    /// <returns>The frames in the order in which they are shown, without timestamps.</returns>
    /// <exception cref="InvalidBitstreamException">The payloads are damaged; the chunk cannot go on afterwards.</exception>
    VideoFrame[] Decode(IReadOnlyList<ReadOnlyMemory<byte>> payloads, int frames, CancellationToken cancellation);

    /// <summary>Parses the next group for what later groups need of it, and no more: faster than <see cref="Decode"/> on the way to a seek target.</summary>
    /// <returns>The last frame of the group.</returns>
    /// <inheritdoc cref="Decode"/>
    VideoFrame Skip(IReadOnlyList<ReadOnlyMemory<byte>> payloads, int frames, CancellationToken cancellation);

    /// <summary>Bytes by what they are for, as the encoder saw them, of the group that was decoded or skipped last.</summary>
    IReadOnlyDictionary<string, int> Parts { get; }
}
