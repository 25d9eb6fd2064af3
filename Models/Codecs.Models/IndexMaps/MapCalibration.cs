using Codecs.EntropyCoding;
using Codecs.Models.Codebooks;

namespace Codecs.Models.IndexMaps;

/// <summary>Contexts that learn what the predictor's logits are worth in this picture: depth and logit in steps of 128.</summary>
internal static class MapCalibration
{
    /// <summary>Contexts of a bit.</summary>
    internal const int PerBit = 1;

    /// <summary>Number of contexts.</summary>
    internal const int Count = MapShape.Bits * LogitSteps;

    private const int LogitSteps = 32, LogitStepBits = 7;

    /// <summary>The context of a bit, below <see cref="Count"/>.</summary>
    internal static int Select(int node, short logit) => (TreePath.DepthOf(node) * LogitSteps) + ((logit + (LogitSteps << (LogitStepBits - 1))) >> LogitStepBits);

    /// <summary>Start states of stored values.</summary>
    internal static BinaryContext[] Read(ReadOnlySpan<short> stored)
    {
        var contexts = new BinaryContext[stored.Length];
        for (int i = 0; i < contexts.Length; i++)
        {
            contexts[i] = StartStates.Read(stored[i], byte.MaxValue, 8, 10);
        }

        return contexts;
    }
}
