namespace Codecs.Audio;

/// <summary>What an encoder aims at.</summary>
public sealed record AudioEncoderOptions
{
    private readonly double _quality = 50;
    private readonly double? _kilobitsPerSecond;

    /// <summary>The options in force when none are given.</summary>
    public static AudioEncoderOptions Default { get; } = new();

    /// <summary>1 (smallest) to 100 (best), continuous, default 50. Bits follow the sound: quiet passages cost less.</summary>
    public double Quality
    {
        get => _quality;
        init => _quality = value is >= 1 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Quality lies in 1..100.");
    }

    /// <summary>Most kilobits per second of sound, all channels together, container included but for header and metadata; decides instead of
    /// <see cref="Quality"/>. What easy passages leave is spent on the next.</summary>
    public double? KilobitsPerSecond
    {
        get => _kilobitsPerSecond;
        init => _kilobitsPerSecond = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The bitrate must be above 0.");
    }

    /// <summary>Codebooks of a codec that has them (<c>language-codec</c>: 3 to 8, of 0.75 kbit/s each before entropy coding); decides instead of
    /// <see cref="KilobitsPerSecond"/> and <see cref="Quality"/>. Other codecs ignore it.</summary>
    public int? Codebooks { get; init; }

    /// <summary>Keep tags and cover art (default).</summary>
    public bool KeepMetadata { get; init; } = true;

    /// <summary>Adds a SHA-256 over the whole file, and full-length fingerprints, for archives.</summary>
    public bool Archive { get; init; }
}
