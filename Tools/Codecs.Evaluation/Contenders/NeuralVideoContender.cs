using System.Globalization;
using Codecs.Formats.Media;
using Codecs.Video;

namespace Codecs.Evaluation;

/// <summary>One of our own video codecs, over its quality scale.</summary>
public sealed class NeuralVideoContender : IVideoContender
{
    private static readonly Lazy<string> s_build = new(() => BuildStamp.Of(typeof(VideoCodec).Assembly));

    private readonly VideoCodec _codec;
    private readonly VideoEncoderOptions _options;

    /// <summary>Makes a codec measurable.</summary>
    /// <param name="codec">The codec; it stays the caller's to dispose.</param>
    /// <param name="ladder">Qualities 1..100, or null for <see cref="DefaultLadder"/>.</param>
    /// <param name="options">Effort and the like, of which the quality is replaced; defaults when null.</param>
    /// <exception cref="ArgumentException">A quality lies outside 1..100, or there is none; or the options name another target.</exception>
    public NeuralVideoContender(VideoCodec codec, IReadOnlyList<double>? ladder = null, VideoEncoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(codec);
        (_codec, _options) = (codec, options ?? VideoEncoderOptions.Default);
        if (_options.PsnrDb is not null || _options.KilobitsPerSecond is not null)
        {
            throw new ArgumentException("A curve is made over qualities; the options ask for a PSNR or a bitrate.", nameof(options));
        }

        (Ladder, Name) = (NeuralContender.CheckLadder(ladder ?? DefaultLadder), NeuralContender.ShortName(codec.Name));
    }

    /// <summary>Fewer points than pictures have, as each takes minutes to fit.</summary>
    public static IReadOnlyList<double> DefaultLadder { get; } = [10, 30, 50, 70, 90];

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>How long is fitted, and the fingerprints of the weights.</summary>
    public string Description => $"{Work}, weights {_codec.EntropyFingerprint}/{_codec.SynthesisFingerprint}";

    /// <inheritdoc/>
    public string SettingName => "quality";

    /// <inheritdoc/>
    public IReadOnlyList<double> Ladder { get; }

    /// <inheritdoc/>
    public bool IsAnchor => false;

    /// <summary>Codec, options, weights and the build of the code that encodes, as a fit may take hours.</summary>
    public string? CacheKey => $"{Name}|{Description}|{s_build.Value}";

    private string Work
    {
        get
        {
            string time = _options.SecondsPerFrame is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds} s a frame") : $"effort {_options.Effort}";
            return string.Create(CultureInfo.InvariantCulture, $"{time}, a key group every {_options.KeyInterval} s");
        }
    }

    /// <inheritdoc/>
    public byte[] Encode(VideoClip media, double setting, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(media);
        VideoFormat format = _codec.Accept(media.Format);
        IReadOnlyList<VideoFrame> frames = format == media.Format ? media.Frames : [.. media.Frames.Select(f => FrameConversion.To(format, f)).Select(f => As(format, f))];
        return _codec.Encode(frames, media.Clock, _options with { Quality = setting, KeepMetadata = false }, cancellation: cancellation);
    }

    /// <inheritdoc/>
    public VideoClip Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation)
    {
        using var input = new MemoryStream(file.ToArray(), writable: false);
        using VideoDecoder decoder = _codec.OpenDecoder(input, cancellation: cancellation);
        var frames = new List<VideoFrame>();
        while (decoder.Read() is { } frame)
        {
            frames.Add(frame);
        }

        return new VideoClip(decoder.Format, decoder.Clock, decoder.Clock, frames);
    }

    // What it is called may differ where the samples do not.
    private static VideoFrame As(VideoFormat format, VideoFrame frame) => frame.Format == format ? frame : new VideoFrame(format, frame.Samples, frame.Timestamp);
}
