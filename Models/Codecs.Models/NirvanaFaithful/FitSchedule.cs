namespace Codecs.Models.NirvanaFaithful;

/// <summary>How long and how a group is fitted.</summary>
internal sealed record FitSchedule
{
    /// <summary>Most iterations.</summary>
    internal required int Iterations { get; init; }

    /// <summary>Share of the iterations with noise in place of rounding; the others round and let gradients pass.</summary>
    internal required double NoiseShare { get; init; }

    /// <summary>Weight of bits per integer next to the squared error of samples from 0 to 1; 0.001 as published.</summary>
    internal double Lambda { get; init; } = 1e-3;

    /// <summary>A fit ends when its decoded frames are this close, as squared error of samples from 0 to 1; 0 to go on.</summary>
    internal double EnoughError { get; init; }

    /// <summary>Whether a phase ends when it gains less than a thousandth in a hundred iterations.</summary>
    internal bool StopsEarly { get; init; } = true;

    /// <summary>Most time; bytes then depend on the machine.</summary>
    internal TimeSpan? Time { get; init; }

    /// <summary>A group that starts afresh.</summary>
    internal static FitSchedule Key(int iterations) => new() { Iterations = iterations, NoiseShare = 0.75 };

    /// <summary>A group that starts from the one before.</summary>
    internal static FitSchedule Warm(int iterations) => new() { Iterations = iterations, NoiseShare = 0.2 };
}
