namespace Codecs.Audio;

/// <summary>How sound is brought back; any choice is right for any file.</summary>
public sealed record AudioDecoderOptions
{
    private readonly float _noise = 1;

    /// <summary>The options in force when none are given: noise where detail was lost, strict reading.</summary>
    public static AudioDecoderOptions Default { get; } = new();

    /// <summary>How much of what was too faint to be coded is replaced by noise of its size: 0 none (closest to the waveform) to 1 all (most natural, default).</summary>
    public float Noise
    {
        get => _noise;
        init => _noise = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Noise lies in 0..1.");
    }

    /// <summary>Plays what can be played of a damaged or cut file, silence in place of what cannot, instead of throwing.</summary>
    public bool Recover { get; init; }
}
