using System.Runtime.InteropServices;
using Codecs.Formats.Container;
using Codecs.Formats.Media;

namespace Codecs.Video;

/// <summary>Compresses video into .ncf files by fitting small networks to it, and brings it back.</summary>
/// <remarks>
/// <para>Frames come back with their exact times, at any rate, constant or not; colour matrix and range, rotation and pixel aspect are kept. Sound and other tracks go beside
/// the pictures (<see cref="VideoDescription.Tracks"/>). Files can be played from every key group on, and up to where they were cut.</para>
/// <para>Three levels: whole clips (<see cref="Encode"/>, <see cref="Decode"/>), pictures (<see cref="EncodePicture"/>, <see cref="DecodePicture"/>) and streams in bounded memory
/// (<see cref="CreateEncoder"/>, <see cref="OpenDecoder"/>). One instance may be used by several encoders and decoders at once.</para>
/// </remarks>
public sealed class VideoCodec : IDisposable
{
    private readonly IClipCodec _codec;
    private readonly VideoCodecOptions _options;

    internal VideoCodec(string name, IClipCodec codec, VideoCodecOptions? options = null) => (Name, _codec, _options) = (name, codec, options ?? VideoCodecOptions.Default);

    /// <summary>Name of the network as it was published: fitted from start values of a fixed seed, for comparisons.</summary>
    public const string Published = "nirvana-faithful";

    /// <summary>Names that <see cref="Open"/> takes besides those of the zoo: codecs that need no weight file.</summary>
    public static IReadOnlyList<string> WithoutWeights => ClipCodecs.WithoutWeights;

    /// <summary>The model's name.</summary>
    public string Name { get; }

    /// <summary>Fingerprint of the weights that decide parsing; files name it and need exactly these.</summary>
    public Fingerprint EntropyFingerprint => _codec.EntropyFingerprint;

    /// <summary>Fingerprint of the synthesis weights; with others a file decodes with a warning.</summary>
    public Fingerprint SynthesisFingerprint => _codec.SynthesisFingerprint;

    /// <summary>Opens a codec.</summary>
    /// <param name="model">Name in the zoo, such as <c>nirvana</c>, one of <see cref="WithoutWeights"/>, or the path of a weight file.</param>
    /// <param name="options">Workers, limits.</param>
    /// <exception cref="ModelMismatchException">There are no such weights, they are damaged, or they are for other media.</exception>
    public static VideoCodec Open(string model = "nirvana", VideoCodecOptions? options = null)
    {
        options ??= VideoCodecOptions.Default;
        return new VideoCodec(model, ClipCodecs.Open(model, options), options);
    }

    /// <summary>The nearest format that the codec keeps; frames must be converted to it before they are written.</summary>
    public VideoFormat Accept(VideoFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return _codec.Accept(format);
    }

    /// <summary>Encodes a clip.</summary>
    /// <param name="frames">At least one, all of one format, later and later.</param>
    /// <param name="clock">The unit of their timestamps.</param>
    /// <param name="options">Quality or a target.</param>
    /// <param name="progress">Told after each group, and now and then between; from any thread.</param>
    /// <param name="cancellation">Stops soon.</param>
    /// <returns>The file.</returns>
    public byte[] Encode(
        IReadOnlyList<VideoFrame> frames, FrameClock clock, VideoEncoderOptions? options = null, IProgress<VideoProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentOutOfRangeException.ThrowIfZero(frames.Count, nameof(frames));
        long step = frames.Count > 1 ? frames[1].Timestamp - frames[0].Timestamp : 1;
        bool isConstant = frames.Zip(frames.Skip(1)).All(p => p.Second.Timestamp - p.First.Timestamp == step);
        using var output = new MemoryStream();
        var description = new VideoDescription(frames[0].Format, clock) { FrameCount = frames.Count, FrameTicks = isConstant ? step : 0 };
        using VideoEncoder encoder = CreateEncoder(output, description, options, progress, cancellation);
        foreach (VideoFrame frame in frames)
        {
            encoder.Write(frame);
        }

        encoder.Finish();
        return output.ToArray();
    }

    /// <summary>Decodes a whole clip.</summary>
    /// <param name="file">The whole .ncf file.</param>
    /// <param name="options">Recovery.</param>
    /// <param name="cancellation">Stops soon.</param>
    /// <exception cref="InvalidBitstreamException">The file is damaged or cut.</exception>
    /// <exception cref="UnsupportedBitstreamException">The file needs a newer reader or another kind of codec.</exception>
    /// <exception cref="LimitExceededException">The frames do not fit into the memory allowed; use <see cref="OpenDecoder"/>.</exception>
    /// <exception cref="ModelMismatchException">The file was made with other weights.</exception>
    public IReadOnlyList<VideoFrame> Decode(ReadOnlyMemory<byte> file, VideoDecoderOptions? options = null, CancellationToken cancellation = default)
    {
        using Stream input = AsStream(file);
        using VideoDecoder decoder = OpenDecoder(input, options, cancellation);
        var frames = new List<VideoFrame>();
        while (decoder.Read() is { } frame)
        {
            frames.Add(frame);
            _options.Limits.CheckDecoderMemory(frames.Count * decoder.Format.FrameBytes);
        }

        return frames;
    }

    /// <summary>Encodes a picture as a clip of one frame, with its alpha and metadata.</summary>
    /// <param name="image">8 bits a channel.</param>
    /// <param name="options">Quality or PSNR, effort.</param>
    /// <param name="progress">Receives steps done.</param>
    /// <param name="cancellation">Stops soon.</param>
    /// <returns>The file.</returns>
    public byte[] EncodePicture(
        Image image, VideoEncoderOptions? options = null, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return PictureFile.Encode(_codec, Name, image, options ?? VideoEncoderOptions.Default, progress, cancellation);
    }

    /// <summary>Decodes a picture.</summary>
    /// <inheritdoc cref="Decode"/>
    public Image DecodePicture(ReadOnlyMemory<byte> file, CancellationToken cancellation = default) => PictureFile.Decode(_codec, file, _options.Limits, cancellation);

    /// <summary>Starts a file in a stream; frames are pushed into the encoder.</summary>
    /// <param name="output">Receives the file as it grows; need not seek, stays open.</param>
    /// <param name="description">What is known of the video.</param>
    /// <param name="options">Quality or a target.</param>
    /// <param name="progress">Told after each group, and now and then between; from any thread.</param>
    /// <param name="cancellation">Stops soon; <see cref="VideoEncoder.FinishEarly"/> then completes the file.</param>
    /// <exception cref="ArgumentException">The codec does not keep such frames, see <see cref="Accept"/>; or the options contradict each other.</exception>
    public VideoEncoder CreateEncoder(
        Stream output, VideoDescription description, VideoEncoderOptions? options = null, IProgress<VideoProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        options = Check(description, options);
        return new VideoEncoder(_codec, Name, output, description, options, _options, progress, cancellation);
    }

    /// <summary>Goes on with a file that was interrupted: writes its whole chunks again, then takes the frames behind them (<see cref="VideoEncoder.FramesKept"/>).
    /// The result is the file that a run without interruption had made.</summary>
    /// <param name="interrupted">The file as far as it came, with or without its end, at its start; must seek.</param>
    /// <param name="output">Receives the new file.</param>
    /// <param name="description">As for the first run.</param>
    /// <param name="options">As for the first run.</param>
    /// <param name="progress">Told after each group, and now and then between; from any thread.</param>
    /// <param name="cancellation">Stops soon; <see cref="VideoEncoder.FinishEarly"/> then completes the file.</param>
    /// <exception cref="MediaException">The file was begun otherwise.</exception>
    /// <exception cref="UnsupportedBitstreamException">The file is none of this version.</exception>
    public VideoEncoder ResumeEncoder(
        Stream interrupted, Stream output, VideoDescription description, VideoEncoderOptions? options = null, IProgress<VideoProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(interrupted);
        ArgumentNullException.ThrowIfNull(output);
        options = Check(description, options);
        return new VideoEncoder(_codec, Name, output, description, options, _options, progress, cancellation, interrupted);
    }

    /// <summary>Starts decoding a file from a stream.</summary>
    /// <param name="input">The stream, at the start of the file; need not seek, stays open.</param>
    /// <param name="options">Recovery.</param>
    /// <param name="cancellation">Stops soon.</param>
    /// <inheritdoc cref="Decode" path="/exception"/>
    public VideoDecoder OpenDecoder(Stream input, VideoDecoderOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new VideoDecoder(_codec, input, _options, options ?? VideoDecoderOptions.Default, cancellation);
    }

    /// <summary>Checks a file completely: structure, checksums, digest, every group. Takes as long as decoding.</summary>
    /// <param name="input">The stream, at the start of the file.</param>
    /// <param name="progress">Receives frames checked.</param>
    /// <param name="cancellation">Stops soon.</param>
    /// <inheritdoc cref="Decode" path="/exception"/>
    public VideoVerifyResult Verify(Stream input, IProgress<CodecProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var decoder = new VideoDecoder(_codec, input, _options, VideoDecoderOptions.Default, cancellation, verifyDigest: true);
        while (decoder.Read() is not null)
        {
            progress?.Report(new CodecProgress("checking", decoder.Position, 0));
        }

        return new VideoVerifyResult(decoder.Position, decoder.DigestHolds == true);
    }

    /// <summary>Bytes of a file's groups by what they are for, as <see cref="VideoGroup.Parts"/>. Parses all groups, which takes less than decoding them.</summary>
    /// <param name="input">The stream, at the start of the file.</param>
    /// <param name="cancellation">Stops soon.</param>
    /// <inheritdoc cref="Decode" path="/exception"/>
    public IReadOnlyList<VideoGroup> ReadGroups(Stream input, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Decoding.GroupInspection.Read(_codec, input, _options.Limits, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _codec.Dispose();

    private VideoEncoderOptions Check(VideoDescription description, VideoEncoderOptions? options)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentOutOfRangeException.ThrowIfLessThan(description.Clock.Numerator, 1, nameof(description));
        ArgumentOutOfRangeException.ThrowIfLessThan(description.Clock.Denominator, 1, nameof(description));
        options ??= VideoEncoderOptions.Default;
        options.Validate();
        VideoFormat accepted = _codec.Accept(description.Format);
        return accepted == description.Format ? options : throw new ArgumentException(
            $"'{Name}' keeps frames of {accepted.Chroma} with {accepted.BitDepth} bits, not {description.Format.Chroma} with {description.Format.BitDepth}; convert them.", nameof(description));
    }

    private static MemoryStream AsStream(ReadOnlyMemory<byte> file) => MemoryMarshal.TryGetArray(file, out ArraySegment<byte> segment)
        ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
        : new MemoryStream(file.ToArray(), writable: false);
}
