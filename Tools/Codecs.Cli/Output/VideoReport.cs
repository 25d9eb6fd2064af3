namespace Codecs.Cli.Output;

/// <summary>A video that was encoded, decoded or looked at; keys that are not known are absent.</summary>
internal sealed record VideoReport
{
    public required long Frames { get; init; }

    /// <summary>On average.</summary>
    public double? FramesPerSecond { get; init; }

    /// <summary>True when frames are not equally far apart.</summary>
    public bool? VariableRate { get; init; }

    /// <summary>In seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>Of the whole .ncf file.</summary>
    public double? KilobitsPerSecond { get; init; }

    /// <summary>Over all planes (6:1:1); only from encode.</summary>
    public double? PsnrDb { get; init; }

    /// <summary>Planes and depth, such as yuv420 8.</summary>
    public string? PixelFormat { get; init; }

    /// <summary>ITU-T H.273 numbers: primaries/transfer/matrix, and the range.</summary>
    public string? Colour { get; init; }

    /// <summary>Width to height of a pixel; absent when it is square.</summary>
    public string? PixelAspect { get; init; }

    public int? Groups { get; init; }

    public int? KeyGroups { get; init; }

    /// <summary>What became of the sound, or what it is.</summary>
    public string? Sound { get; init; }

    /// <summary>Bytes by what they are for.</summary>
    public IReadOnlyDictionary<string, long>? Parts { get; init; }
}
