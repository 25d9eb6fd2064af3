using Codecs.Audio;

namespace Codecs.Evaluation;

/// <summary>The settings at which a sound codec of ours is measured, and what each asks of its encoder.</summary>
/// <param name="SettingName">What the knob is called.</param>
/// <param name="Settings">Its positions, in the order of the curve.</param>
/// <param name="Options">The encoder's options at a position.</param>
public sealed record AudioLadder(string SettingName, IReadOnlyList<double> Settings, Func<double, AudioEncoderOptions> Options)
{
    /// <summary>Numbers of codebooks of speech, from the fewest to all.</summary>
    public static AudioLadder Codebooks { get; } = new("codebooks", [3, 4, 5, 6, 8], codebooks => new AudioEncoderOptions { Codebooks = (int)codebooks });

    /// <summary>The scale of quality that codecs for all rates share.</summary>
    /// <param name="qualities">Qualities 1..100, or null for <see cref="NeuralContender.DefaultLadder"/>.</param>
    /// <exception cref="ArgumentException">A quality lies outside 1..100, or there is none.</exception>
    public static AudioLadder Qualities(IReadOnlyList<double>? qualities = null) =>
        new("quality", NeuralContender.CheckLadder(qualities), quality => new AudioEncoderOptions { Quality = quality });

    /// <summary>What suits a codec: its codebooks if it has any, else <see cref="Qualities"/> of every ten.</summary>
    internal static AudioLadder Of(AudioCodec codec) => codec.Codebooks is null ? Qualities() : Codebooks;
}
