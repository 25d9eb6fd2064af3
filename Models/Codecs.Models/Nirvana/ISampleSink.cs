using System.Runtime.Intrinsics;

namespace Codecs.Models.Nirvana;

/// <summary>Takes what networks saw while a picture was coded.</summary>
internal interface ISampleSink
{
    /// <summary>A batch of 64 positions.</summary>
    /// <param name="network">Whose.</param>
    /// <param name="inputs">[pairs of inputs, 4 vectors].</param>
    /// <param name="targets">Half differences in units of two steps; not a number where there is no position.</param>
    void Add(SplitNetworks.Network network, ReadOnlySpan<Vector512<int>> inputs, ReadOnlySpan<float> targets);
}
