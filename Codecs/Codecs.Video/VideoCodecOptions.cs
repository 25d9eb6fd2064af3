using Codecs.Formats.Container;

namespace Codecs.Video;

/// <summary>How a codec runs; none of it changes what a file means.</summary>
public sealed record VideoCodecOptions
{
    private readonly int _workers = Environment.ProcessorCount;

    /// <summary>The options in force when none are given.</summary>
    public static VideoCodecOptions Default { get; } = new();

    /// <summary>Chunks that are encoded or decoded at once, each by one thread; default all processors. Neither bytes nor pictures depend on it.</summary>
    public int Workers
    {
        get => _workers;
        init => _workers = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Workers must be 1 or more.");
    }

    /// <summary>What a file may ask for before it is refused. A decoder keeps no more decoded frames than half of the memory allowed.</summary>
    public NcfLimits Limits { get; init; } = NcfLimits.Default;
}
