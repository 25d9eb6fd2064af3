using System.Numerics;

namespace Codecs.Metrics.Audio;

/// <summary>Which mel distance is meant; values of different options cannot be compared.</summary>
/// <remarks>Source of the presets: the published configurations of the Descript Audio Codec (R. Kumar et al., NeurIPS 2023).</remarks>
public sealed record MelDistanceOptions
{
    /// <summary>DAC's reconstruction loss: seven scales, 5 bands at window 32 to 320 bands at window 2048, log magnitudes only.</summary>
    public static MelDistanceOptions DacTraining { get; } = new()
    {
        Scales = [new(32, 5), new(64, 10), new(128, 20), new(256, 40), new(512, 80), new(1024, 160), new(2048, 320)],
        LogPower = 1,
        MagnitudeWeight = 0,
    };

    /// <summary>DAC's evaluation, the "mel distance" of its tables: 150 bands at window 2048, 80 at 512, log of powers plus magnitudes.</summary>
    public static MelDistanceOptions DacEvaluation { get; } = new()
    {
        Scales = [new(2048, 150), new(512, 80)],
        LogPower = 2,
        MagnitudeWeight = 1,
    };

    /// <summary>Resolutions; their distances are added.</summary>
    /// <exception cref="ArgumentException">There is none, or one is out of range.</exception>
    public required IReadOnlyList<MelScale> Scales
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            ArgumentOutOfRangeException.ThrowIfZero(value.Count, nameof(Scales));
            foreach (MelScale scale in value)
            {
                if (scale.Window is < 16 or > 16384 || !BitOperations.IsPow2(scale.Window) || scale.Bands < 1 || scale.Bands > scale.Window)
                {
                    throw new ArgumentException($"Windows are powers of two 16..16384 with 1..window bands, found {scale}.", nameof(Scales));
                }
            }

            field = value;
        }
    }

    /// <summary>Power to which magnitudes are raised before the logarithm, above 0: it scales the logarithmic part.</summary>
    public double LogPower
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 1;

    /// <summary>Weight of the difference of plain magnitudes, at least 0; the logarithmic part has weight 1.</summary>
    public double MagnitudeWeight
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }
}
