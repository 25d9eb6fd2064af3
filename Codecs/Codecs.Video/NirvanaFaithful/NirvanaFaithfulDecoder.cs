using Codecs.Formats.Media;
using Codecs.Models;
using Codecs.Models.NirvanaFaithful;

namespace Codecs.Video.NirvanaFaithful;

/// <summary>Reads the network of each group and shows its frames. Parsing needs no torch.</summary>
internal sealed class NirvanaFaithfulDecoder : IChunkDecoder
{
    private readonly VideoFormat _format;
    private readonly byte[] _context;
    private readonly Lazy<NirvanaSynthesis> _synthesis;
    private readonly GroupCoder _coder = new();

    internal NirvanaFaithfulDecoder(VideoFormat format, byte[] context, ComputeDevice device)
    {
        (_format, _context) = (format, context);
        _synthesis = new(() => new NirvanaSynthesis(new PatchGrid(format.Width, format.Height), device));
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, int> Parts { get; private set; } = new Dictionary<string, int>();

    /// <inheritdoc/>
    public VideoFrame[] Decode(IReadOnlyList<ReadOnlyMemory<byte>> payloads, int frames, CancellationToken cancellation) =>
        [.. _synthesis.Value.Render(Parse(payloads, frames), 0, frames, cancellation).Select(f => new VideoFrame(_format, f))];

    /// <inheritdoc/>
    /// <remarks>No group needs another's pixels: of this one only the kernels of the last frame are evaluated.</remarks>
    public VideoFrame Skip(IReadOnlyList<ReadOnlyMemory<byte>> payloads, int frames, CancellationToken cancellation) =>
        new(_format, _synthesis.Value.Render(Parse(payloads, frames), frames - 1, 1, cancellation)[0]);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_synthesis.IsValueCreated)
        {
            _synthesis.Value.Dispose();
        }
    }

    /// <summary>What the two payloads of a group are for.</summary>
    internal static Dictionary<string, int> PartsOf(ReadOnlyMemory<byte> layers, ReadOnlyMemory<byte> sides) =>
        new() { ["weights"] = layers.Length, ["biases and convolutions"] = sides.Length };

    private NirvanaState Parse(IReadOnlyList<ReadOnlyMemory<byte>> payloads, int frames)
    {
        if (payloads.Count != 2)
        {
            throw new InvalidBitstreamException($"{payloads.Count} payloads; a group has 2");
        }

        if (frames is < 1 or > NirvanaShape.Frames)
        {
            throw new InvalidBitstreamException($"{frames} frames in a group; it has at most {NirvanaShape.Frames}");
        }

        NirvanaState state = _coder.Decode(payloads[0], payloads[1], [.. _context, (byte)frames]);
        Parts = PartsOf(payloads[0], payloads[1]);
        return state;
    }
}
