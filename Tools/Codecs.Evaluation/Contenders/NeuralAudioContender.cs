using Codecs.Audio;
using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>One of our own sound codecs, over its quality scale.</summary>
public sealed class NeuralAudioContender : IAudioContender
{
    private readonly AudioCodec _codec;

    /// <summary>Makes a codec measurable.</summary>
    /// <param name="codec">The codec; it stays the caller's to dispose.</param>
    /// <param name="ladder">Qualities 1..100, or null for <see cref="NeuralContender.DefaultLadder"/>.</param>
    /// <exception cref="ArgumentException">A quality lies outside 1..100, or there is none.</exception>
    public NeuralAudioContender(AudioCodec codec, IReadOnlyList<double>? ladder = null)
    {
        ArgumentNullException.ThrowIfNull(codec);
        (_codec, Ladder, Name) = (codec, NeuralContender.CheckLadder(ladder), NeuralContender.ShortName(codec.Name));
    }

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
    public byte[] Encode(Waveform media, double setting, CancellationToken cancellation) =>
        _codec.Encode(media, new AudioEncoderOptions { Quality = setting }, cancellation: cancellation);

    /// <inheritdoc/>
    public Waveform Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation) => _codec.Decode(file, cancellation: cancellation);
}
