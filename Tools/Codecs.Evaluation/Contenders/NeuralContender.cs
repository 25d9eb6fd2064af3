using Codecs.Formats.Media;
using Codecs.Images;

namespace Codecs.Evaluation;

/// <summary>One of our own picture codecs, over its quality scale.</summary>
public sealed class NeuralContender : IImageContender
{
    private readonly ImageCodec _codec;

    /// <summary>Makes a codec measurable.</summary>
    /// <param name="codec">The codec; it stays the caller's to dispose.</param>
    /// <param name="ladder">Qualities 1..100, or null for <see cref="DefaultLadder"/>.</param>
    /// <exception cref="ArgumentException">A quality lies outside 1..100, or there is none.</exception>
    public NeuralContender(ImageCodec codec, IReadOnlyList<double>? ladder = null)
    {
        ArgumentNullException.ThrowIfNull(codec);
        (_codec, Ladder, Name) = (codec, CheckLadder(ladder), ShortName(codec.Name));
    }

    /// <summary>1, then 10 to 100 in tens.</summary>
    public static IReadOnlyList<double> DefaultLadder { get; } = [1, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100];

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The fingerprints of the weights.</summary>
    public string Description => $"weights {_codec.EntropyFingerprint}/{_codec.SynthesisFingerprint}";

    /// <inheritdoc/>
    public string SettingName => "quality";

    /// <inheritdoc/>
    public IReadOnlyList<double> Ladder { get; }

    /// <inheritdoc/>
    public bool IsAnchor => false;

    /// <summary>Null: it is the codec under test, and its code may have changed since.</summary>
    public string? CacheKey => null;

    /// <inheritdoc/>
    public byte[] Encode(Image image, double setting, CancellationToken cancellation) =>
        _codec.Encode(image, new ImageEncoderOptions { Quality = setting, KeepMetadata = false }, cancellation: cancellation);

    /// <inheritdoc/>
    public Image Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation) => _codec.Decode(file, cancellation: cancellation);

    /// <summary>The ladder, or the default one for null.</summary>
    /// <exception cref="ArgumentException">A quality lies outside 1..100, or there is none.</exception>
    internal static IReadOnlyList<double> CheckLadder(IReadOnlyList<double>? ladder)
    {
        ladder ??= DefaultLadder;
        return ladder.Count > 0 && ladder.All(q => q is >= 1 and <= 100)
            ? ladder
            : throw new ArgumentException("A ladder needs at least one quality, all of them in 1..100.", nameof(ladder));
    }

    /// <summary>What to call a model that was opened by the path of its weights: the file, or its folder when the file has the zoo's name.</summary>
    internal static string ShortName(string model)
    {
        string file = Path.GetFileNameWithoutExtension(model);
        string? folder = Path.GetFileName(Path.GetDirectoryName(model));
        return file == "model" && !string.IsNullOrEmpty(folder) ? folder : file;
    }
}
