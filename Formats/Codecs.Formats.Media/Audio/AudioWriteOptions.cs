namespace Codecs.Formats.Media;

/// <summary>How sound is written.</summary>
public sealed record AudioWriteOptions
{
    /// <summary>The defaults: 16 bits where samples are stored exactly, a good bit rate elsewhere.</summary>
    public static AudioWriteOptions Default { get; } = new();

    /// <summary>
    /// Bits of each sample: 16 (default), 24, or 32, which is float and only for WAV. Samples are rounded to the nearest level, without dither, and
    /// clipped. Lossy formats ignore it.
    /// </summary>
    public int BitDepth
    {
        get;
        init => field = value is 16 or 24 or 32 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A sample has 16, 24 or 32 bits.");
    }

    = 16;

    /// <summary>
    /// Bit rate of the lossy formats in bits per second, all channels together; null takes 64 (Opus), 80 (AAC) or 96 (MP3) kbit/s for each channel,
    /// and quality 5 for Vorbis. Lossless formats ignore it.
    /// </summary>
    public int? BitRate
    {
        get;
        init
        {
            if (value is { } rate)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(rate, 500);
                ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, 10_000_000);
            }

            field = value;
        }
    }

    /// <summary>
    /// Samples of each channel that will be written, if known: a WAV stream then has true sizes in its header. Writing another number is an error.
    /// </summary>
    public long? SampleCount
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value.GetValueOrDefault(), nameof(value));
            field = value;
        }
    }
}
