namespace Codecs.Images;

/// <summary>What an encoder aims at. Set at most one of the targets; without one <see cref="Quality"/> decides.</summary>
public sealed record ImageEncoderOptions
{
    private readonly double _quality = 60;
    private readonly double? _bitsPerPixel;
    private readonly long? _targetBytes;
    private readonly double? _targetPsnrDb;

    /// <summary>The options in force when none are given.</summary>
    public static ImageEncoderOptions Default { get; } = new();

    /// <summary>1 (smallest) to 100 (best), continuous, default 60. Each model maps it to its rate ladder.</summary>
    public double Quality
    {
        get => _quality;
        init => _quality = value is >= 1 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Quality lies in 1..100.");
    }

    /// <summary>Largest file in bits per pixel, above 0.</summary>
    public double? BitsPerPixel
    {
        get => _bitsPerPixel;
        init => _bitsPerPixel = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Bits per pixel must be above 0.");
    }

    /// <summary>Largest file in bytes, above 0; never exceeded.</summary>
    public long? TargetBytes
    {
        get => _targetBytes;
        init => _targetBytes = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Target bytes must be above 0.");
    }

    /// <summary>Lowest acceptable PSNR over all colour samples, dB.</summary>
    public double? TargetPsnrDb
    {
        get => _targetPsnrDb;
        init => _targetPsnrDb = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Target PSNR must be above 0 dB.");
    }

    /// <summary>Keep Exif, XMP, IPTC and a carried ICC profile (default). Without them the file can use the Tiny form.</summary>
    public bool KeepMetadata { get; init; } = true;

    /// <summary>Adds a SHA-256 over the whole file, and full-length fingerprints, for archives.</summary>
    public bool Archive { get; init; }

    internal void Validate()
    {
        int targets = (BitsPerPixel is null ? 0 : 1) + (TargetBytes is null ? 0 : 1) + (TargetPsnrDb is null ? 0 : 1);
        if (targets > 1)
        {
            throw new ArgumentException("Give at most one of bits per pixel, target bytes and target PSNR.");
        }
    }
}
