namespace Codecs.Evaluation;

/// <summary>What is measured of sounds.</summary>
public sealed record AudioEvaluationOptions
{
    /// <summary>Only so many seconds from the beginning of each sound, above 0; null for all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0.</exception>
    public double? Seconds
    {
        get;
        init => field = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A length in seconds is above 0.");
    }

    /// <summary>
    /// The sounds are speech: they are mixed to one channel, and STOI, ESTOI and the ViSQOL-style score, which mean nothing for music, are measured as well.
    /// </summary>
    public bool Speech { get; init; }
}
