using Codecs.Formats.Media;
using Codecs.Video;

namespace Codecs.Evaluation;

/// <summary>One of our own video codecs on pictures, each a clip of one frame, over its quality scale.</summary>
public sealed class FittedPictureContender : IImageContender
{
    private readonly VideoCodec _codec;
    private readonly VideoEncoderOptions _options;
    private readonly NeuralVideoContender _asVideo;

    /// <summary>Makes a codec measurable.</summary>
    /// <param name="codec">The codec; it stays the caller's to dispose.</param>
    /// <param name="ladder">Qualities 1..100, or null for <see cref="NeuralVideoContender.DefaultLadder"/>.</param>
    /// <param name="options">Effort and the like, of which the quality is replaced; defaults when null.</param>
    /// <exception cref="ArgumentException">A quality lies outside 1..100, or there is none; or the options name another target.</exception>
    public FittedPictureContender(VideoCodec codec, IReadOnlyList<double>? ladder = null, VideoEncoderOptions? options = null)
    {
        _asVideo = new NeuralVideoContender(codec, ladder, options);
        (_codec, _options) = (codec, options ?? VideoEncoderOptions.Default);
    }

    /// <inheritdoc/>
    public string Name => _asVideo.Name;

    /// <summary>How long is fitted, and the fingerprints of the weights.</summary>
    public string Description => _asVideo.Description;

    /// <inheritdoc/>
    public string SettingName => _asVideo.SettingName;

    /// <inheritdoc/>
    public IReadOnlyList<double> Ladder => _asVideo.Ladder;

    /// <inheritdoc/>
    public bool IsAnchor => false;

    /// <inheritdoc cref="NeuralVideoContender.CacheKey"/>
    public string? CacheKey => _asVideo.CacheKey;

    /// <inheritdoc/>
    public byte[] Encode(Image media, double setting, CancellationToken cancellation) =>
        _codec.EncodePicture(media, _options with { Quality = setting, KeepMetadata = false }, cancellation: cancellation);

    /// <inheritdoc/>
    public Image Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation) => _codec.DecodePicture(file, cancellation);
}
