using System.Collections.Concurrent;
using System.IO.Compression;
using System.IO.Hashing;
using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Video.Tests;

/// <summary>A codec whose groups are Brotli over differences between frames: without loss at quality 100, with coarser values below. It has no weights.</summary>
internal sealed class StoredClips : IClipCodec
{
    /// <summary>Milliseconds that a group takes; tests of order make it uneven.</summary>
    public Func<int>? Delay { get; init; }

    /// <summary>Groups that were decoded, not skipped.</summary>
    public ConcurrentBag<int> Decoded { get; } = [];

    /// <summary>Chunks that exist at the moment, and the most there ever were.</summary>
    public Gauge Chunks { get; } = new();

    public Fingerprint EntropyFingerprint => CanonicalTensorHash.Compute("stored/1", []);

    public Fingerprint SynthesisFingerprint => CanonicalTensorHash.Compute("stored-synthesis/1", []);

    public CoderId Coder => CoderId.Brotli;

    // A key group of another length, so that nothing relies on equal ones.
    public int FramesOfGroup(int indexInChunk) => indexInChunk == 0 ? 3 : 4;

    public VideoFormat Accept(VideoFormat format) => format.BitDepth > 10 ? format with { BitDepth = 10 } : format;

    public IChunkEncoder CreateEncoder(VideoFormat format, ChunkOptions options) => new Encoder(this, options);

    public IChunkDecoder CreateDecoder(VideoFormat format) => new Decoder(this, format);

    public void Dispose()
    {
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var brotli = new BrotliStream(output, CompressionLevel.Fastest))
        {
            brotli.Write(bytes);
            brotli.Write(XxHash32.Hash(bytes));
        }

        return output.ToArray();
    }

    private static byte[] Unpack(ReadOnlyMemory<byte> payload, long length)
    {
        byte[] bytes = new byte[length + 4];
        try
        {
            if (!BrotliDecoder.TryDecompress(payload.Span, bytes, out int written) || written != bytes.Length)
            {
                throw new InvalidBitstreamException("A stored frame has another length");
            }
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidBitstreamException("A stored frame is damaged", inner: e);
        }

        return XxHash32.Hash(bytes.AsSpan(0, (int)length)).AsSpan().SequenceEqual(bytes.AsSpan((int)length))
            ? bytes[..(int)length] : throw new InvalidBitstreamException("A stored frame fails its check");
    }

    private static byte[] Xor(byte[] frame, byte[]? before) => before is null ? frame : [.. frame.Zip(before, (a, b) => (byte)(a ^ b))];

    internal sealed class Gauge
    {
        private int _now;
        private int _most;

        internal int Now => _now;

        internal int Most => _most;

        internal void Up()
        {
            int now = Interlocked.Increment(ref _now);
            for (int most = _most; now > most; most = _most)
            {
                Interlocked.CompareExchange(ref _most, now, most);
            }
        }

        internal void Down() => Interlocked.Decrement(ref _now);
    }

    private sealed class Encoder : IChunkEncoder
    {
        private readonly StoredClips _codec;
        private byte[]? _before;
        private int _index;

        internal Encoder(StoredClips codec, ChunkOptions options)
        {
            (_codec, Quality) = (codec, options.Quality);
            codec.Chunks.Up();
        }

        public double Quality { get; set; }

        public EncodedGroup Encode(IReadOnlyList<VideoFrame> frames, IProgress<CodecProgress>? progress, CancellationToken cancellation)
        {
            Assert.InRange(frames.Count, 1, _codec.FramesOfGroup(_index++));
            if (_codec.Delay is { } delay)
            {
                cancellation.WaitHandle.WaitOne(delay());
            }

            cancellation.ThrowIfCancellationRequested();
            byte mask = (byte)(0xFF << (int)((100 - Quality) / 14));
            var payloads = new List<ReadOnlyMemory<byte>>();
            double error = 0;
            foreach (VideoFrame frame in frames)
            {
                progress?.Report(new CodecProgress("storing", payloads.Count, frames.Count));
                byte[] coarse = [.. frame.Samples.Select(v => (byte)(v & mask))];
                error += coarse.Zip(frame.Samples, (a, b) => Math.Pow((a - b) / 255.0, 2)).Average() / frames.Count;
                payloads.Add(Pack(Xor(coarse, _before)));
                _before = coarse;
            }

            return new EncodedGroup(payloads, -10 * Math.Log10(Math.Max(error, 1e-10)), Parts(payloads));
        }

        public void Dispose() => _codec.Chunks.Down();
    }

    private static Dictionary<string, int> Parts(IReadOnlyList<ReadOnlyMemory<byte>> payloads) => new()
    {
        ["anchor"] = payloads[0].Length,
        ["in-betweens"] = payloads.Skip(1).Sum(p => p.Length),
    };

    private sealed class Decoder : IChunkDecoder
    {
        private readonly StoredClips _codec;
        private readonly VideoFormat _format;
        private byte[]? _before;
        private int _index;

        internal Decoder(StoredClips codec, VideoFormat format)
        {
            (_codec, _format) = (codec, format);
            codec.Chunks.Up();
        }

        public IReadOnlyDictionary<string, int> Parts { get; private set; } = new Dictionary<string, int>();

        public VideoFrame[] Decode(IReadOnlyList<ReadOnlyMemory<byte>> payloads, int frames, CancellationToken cancellation)
        {
            _codec.Decoded.Add(_index);
            return All(payloads, frames, cancellation);
        }

        public VideoFrame Skip(IReadOnlyList<ReadOnlyMemory<byte>> payloads, int frames, CancellationToken cancellation) => All(payloads, frames, cancellation)[^1];

        public void Dispose() => _codec.Chunks.Down();

        private VideoFrame[] All(IReadOnlyList<ReadOnlyMemory<byte>> payloads, int frames, CancellationToken cancellation)
        {
            _index++;
            if (_codec.Delay is { } delay)
            {
                cancellation.WaitHandle.WaitOne(delay());
            }

            cancellation.ThrowIfCancellationRequested();
            if (payloads.Count != frames)
            {
                throw new InvalidBitstreamException($"{payloads.Count} stored frames, expected {frames}");
            }

            var decoded = new VideoFrame[frames];
            for (int i = 0; i < frames; i++)
            {
                _before = Xor(Unpack(payloads[i], _format.FrameBytes), _before);
                decoded[i] = new VideoFrame(_format, _before);
            }

            Parts = StoredClips.Parts(payloads);
            return decoded;
        }
    }
}
