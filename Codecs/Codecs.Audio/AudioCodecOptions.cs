using Codecs.Formats.Container;
using Codecs.Models;

namespace Codecs.Audio;

/// <summary>How a codec runs; none of it changes what a file means.</summary>
public sealed record AudioCodecOptions
{
    private readonly int _threads = Environment.ProcessorCount;

    /// <summary>The options in force when none are given.</summary>
    public static AudioCodecOptions Default { get; } = new();

    /// <summary>auto, cpu, cuda or cuda:N: where the decoder's network runs. Encoder and entropy path are plain code on the CPU.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Threads for the network, default all processors. Decoded latents do not depend on it.</summary>
    public int Threads
    {
        get => _threads;
        init => _threads = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Threads must be 1 or more.");
    }

    /// <summary>What a file may ask for before it is refused.</summary>
    public NcfLimits Limits { get; init; } = NcfLimits.Default;

    internal ComputeDevice ParseDevice() => ComputeDevice.Parse(Device);
}
