using System.Globalization;

namespace Codecs.Video;

/// <summary>What an encoder aims at. Set at most one of <see cref="PsnrDb"/> and <see cref="KilobitsPerSecond"/>; without them <see cref="Quality"/> decides.</summary>
public sealed record VideoEncoderOptions
{
    private readonly double _quality = 50;
    private readonly double? _psnrDb;
    private readonly double? _kilobitsPerSecond;
    private readonly int _effort = 5;
    private readonly double? _secondsPerFrame;
    private readonly double _keyInterval = 2.5;

    /// <summary>The options in force when none are given.</summary>
    public static VideoEncoderOptions Default { get; } = new();

    /// <summary>1 (smallest) to 100 (best), continuous, default 50.</summary>
    public double Quality
    {
        get => _quality;
        init => _quality = value is >= 1 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Quality lies in 1..100.");
    }

    /// <summary>PSNR in decibels that every group is to reach, over all planes (6:1:1 for subsampled chroma).</summary>
    public double? PsnrDb
    {
        get => _psnrDb;
        init => _psnrDb = value is null or (> 0 and < double.PositiveInfinity) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The PSNR must be above 0 dB.");
    }

    /// <summary>Kilobits per second of the pictures, without sound. Every chunk is held near it by itself, so workers need not wait for each other.</summary>
    public double? KilobitsPerSecond
    {
        get => _kilobitsPerSecond;
        init => _kilobitsPerSecond = value is null or (> 0 and < double.PositiveInfinity)
            ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The bitrate must be above 0.");
    }

    /// <summary>How long to fit, 1 (fast) to 9 (slow), default 5.</summary>
    public int Effort
    {
        get => _effort;
        init => _effort = value is >= 1 and <= 9 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Effort lies in 1..9.");
    }

    /// <summary>Most seconds that one worker spends on a frame; null for <see cref="Effort"/> to decide. Bytes then depend on the machine.</summary>
    public double? SecondsPerFrame
    {
        get => _secondsPerFrame;
        init => _secondsPerFrame = value is null or (> 0 and < double.PositiveInfinity)
            ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Seconds per frame must be above 0.");
    }

    /// <summary>Most seconds from one key group to the next, default 2.5; scene cuts begin one too. Shorter seeks faster and costs bits.</summary>
    public double KeyInterval
    {
        get => _keyInterval;
        init => _keyInterval = value is > 0 and < double.PositiveInfinity
            ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The time between key groups must be above 0.");
    }

    /// <summary>Keep Exif, XMP and IPTC of a picture, and tags of a video (default).</summary>
    public bool KeepMetadata { get; init; } = true;

    /// <summary>Adds a SHA-256 over the whole file, and full-length fingerprints, for archives.</summary>
    public bool Archive { get; init; }

    internal void Validate()
    {
        if (PsnrDb is not null && KilobitsPerSecond is not null)
        {
            throw new ArgumentException("Give at most one of PSNR and bitrate.");
        }
    }

    /// <summary>What decides the bytes besides the frames, for a file that may be resumed.</summary>
    internal string Describe()
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        string target = PsnrDb is { } db ? string.Create(plain, $"{db} dB") : KilobitsPerSecond is { } kbps ? string.Create(plain, $"{kbps} kbit/s") : string.Create(plain, $"quality {Quality}");
        string time = SecondsPerFrame is { } seconds ? string.Create(plain, $"{seconds} s a frame") : string.Create(plain, $"effort {Effort}");
        return string.Create(plain, $"{target}, {time}, keys {KeyInterval} s");
    }
}
