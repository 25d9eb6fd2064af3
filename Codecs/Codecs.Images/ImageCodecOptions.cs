using Codecs.Formats.Container;
using Codecs.Models;

namespace Codecs.Images;

/// <summary>How a codec runs; none of it changes what a file means.</summary>
public sealed record ImageCodecOptions
{
    private readonly int _threads = Environment.ProcessorCount;

    /// <summary>The options in force when none are given.</summary>
    public static ImageCodecOptions Default { get; } = new();

    /// <summary>auto, cpu, cuda or cuda:N: where the float networks run. The entropy path always runs in integers on the CPU.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Threads for the networks, default all processors. Decoded latents do not depend on it.</summary>
    public int Threads
    {
        get => _threads;
        init => _threads = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Threads must be 1 or more.");
    }

    /// <summary>What a file may ask for before it is refused: by default 4 GiB of memory, which is about 120 megapixels.</summary>
    public NcfLimits Limits { get; init; } = NcfLimits.Default with { MaxDecoderBytes = 4L << 30 };

    internal ComputeDevice ParseDevice() => ComputeDevice.Parse(Device);
}
