using Codecs.Audio;
using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>One of our own sound codecs, over the settings of its ladder.</summary>
public sealed class NeuralAudioContender : IAudioContender
{
    private readonly AudioCodec _codec;
    private readonly AudioLadder _ladder;

    /// <summary>Makes a codec measurable.</summary>
    /// <param name="codec">The codec; it stays the caller's to dispose.</param>
    /// <param name="ladder">Its settings, or null for <see cref="AudioLadder.Codebooks"/> if it has any, else <see cref="AudioLadder.Qualities"/> of every ten.</param>
    public NeuralAudioContender(AudioCodec codec, AudioLadder? ladder = null)
    {
        ArgumentNullException.ThrowIfNull(codec);
        (_codec, _ladder, Name) = (codec, ladder ?? AudioLadder.Of(codec), NeuralContender.ShortName(codec.Name));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The fingerprints of the weights.</summary>
    public string Description => $"weights {_codec.EntropyFingerprint}/{_codec.SynthesisFingerprint}";

    /// <inheritdoc/>
    public string SettingName => _ladder.SettingName;

    /// <inheritdoc/>
    public IReadOnlyList<double> Ladder => _ladder.Settings;

    /// <inheritdoc/>
    public bool IsAnchor => false;

    /// <summary>Null: it is the codec under test, and its code may have changed since.</summary>
    public string? CacheKey => null;

    /// <inheritdoc/>
    public byte[] Encode(Waveform media, double setting, CancellationToken cancellation) =>
        _codec.Encode(media, _ladder.Options(setting), cancellation: cancellation);

    /// <inheritdoc/>
    public Waveform Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation) => _codec.Decode(file, cancellation: cancellation);
}
