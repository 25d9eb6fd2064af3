namespace Codecs.Geometry.Colour;

/// <summary>What an encoder of colours aims at.</summary>
internal sealed record ColourEncoderOptions
{
    /// <summary>Largest carrier in bytes, never exceeded; at least <see cref="ColourEncoder.SmallestCarrier"/>.</summary>
    internal long ByteBudget { get; init; } = 1500;

    /// <summary>Samples of each surface that carriers are fitted to; half as many others measure them.</summary>
    internal int Samples { get; init; } = 60_000;

    /// <summary>Carriers to try; null for all.</summary>
    internal IReadOnlyList<ColourCarrierKind>? Kinds { get; init; }

    /// <summary>Threads at most, 0 for one a processor; the result is the same for any number.</summary>
    internal int Workers { get; init; }

    /// <summary>Options whose budget suits a quality: 1 is 210 bytes, 60 is 2,800, 100 is 16,000.</summary>
    /// <param name="quality">1 to 100.</param>
    internal static ColourEncoderOptions ForQuality(double quality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        return new ColourEncoderOptions { ByteBudget = (long)(200 * Math.Pow(2, quality / 15.8)) };
    }

    /// <summary>Whether a carrier is to be tried.</summary>
    internal bool Tries(ColourCarrierKind kind) => Kinds?.Contains(kind) ?? true;
}
