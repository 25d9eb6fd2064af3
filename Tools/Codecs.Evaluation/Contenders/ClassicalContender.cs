using Codecs.Formats.Media;
using ImageMagick;

namespace Codecs.Evaluation;

/// <summary>A conventional codec (JPEG, WebP, AVIF, JPEG XL) with its own ladder of settings.</summary>
/// <param name="codec">The codec; it must be available.</param>
public sealed class ClassicalContender(ClassicalCodec codec) : IScaledContender
{
    /// <inheritdoc/>
    public string Name => codec.Name;

    /// <inheritdoc/>
    public string Description => codec.Description;

    /// <inheritdoc/>
    public string SettingName => codec == ClassicalCodec.Jxl ? "distance" : "quality";

    /// <inheritdoc/>
    public IReadOnlyList<double> Ladder => codec.Ladder;

    /// <inheritdoc/>
    public IReadOnlyList<double> Scale => codec.Scale;

    /// <inheritdoc/>
    public bool IsAnchor => true;

    /// <summary>The codec, its fixed settings and the library's version, which decides what the encoder does.</summary>
    public string? CacheKey => $"{codec.Name}|{codec.Description}|{MagickNET.Version}";

    /// <inheritdoc/>
    public byte[] Encode(Image image, double setting, CancellationToken cancellation) => codec.Encode(image, setting);

    /// <inheritdoc/>
    public Image Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation) => codec.Decode(file.Span);
}
