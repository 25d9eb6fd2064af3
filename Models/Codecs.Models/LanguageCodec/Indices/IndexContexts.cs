using Codecs.EntropyCoding;
using Codecs.Models.Codebooks;

namespace Codecs.Models.LanguageCodec.Indices;

/// <summary>Which adaptive contexts a bit has. Five at a time, from what is known of the same path in frames before and in the codebook below.</summary>
/// <remarks>
/// <para>Node n of depth d (n = 1 at d = 0). a: the codebook's index in the frame before; b: the index of the codebook below in this frame (for the first codebook:
/// its own index two frames before); both 0 where there is none. c(x): the number of first bits that path and x share.</para>
/// <list type="number">
/// <item>n.</item>
/// <item>d below 6: n and the 6 first bits of a. Else: d, c(a), and a's bit at d if c(a) = d.</item>
/// <item>d below 6: n and the 6 first bits of b. Else: d, c(two frames before), and that bit likewise.</item>
/// <item>d; whether c(a) = d; if so, a's bit at d, how many frames in a row were equal up to the payload's last codebook (0 to 3), and whether all lower
/// codebooks of this frame equal those of the frame before.</item>
/// <item>d and the predictor's logit in steps of 128: what experience makes of it.</item>
/// </list>
/// <para>Every codebook has contexts of its own. Their start states are shipped with the weights.</para>
/// </remarks>
internal static class IndexContexts
{
    /// <summary>Contexts of a bit.</summary>
    internal const int PerBit = 5;

    /// <summary>Which of them asks whether the path follows the frame before.</summary>
    internal const int Match = 3;

    /// <summary>Contexts of a codebook.</summary>
    internal const int PerBook = CalibrationAt + (Depth * LogitSteps);

    /// <summary>Longest run of equal frames that is told apart.</summary>
    internal const int LongestRun = 3;

    private const int Depth = SpeechShape.IndexBits, PrefixBits = 6, Prefixes = 1 << PrefixBits, LowerDepths = Depth - PrefixBits;
    private const int Shared = 3 * (Depth + 1), MatchStates = 1 + (2 * 2 * (LongestRun + 1)), LogitSteps = 32, LogitStepBits = 7;
    private const int BeforeAt = IndexShape.Nodes, BeforeSize = (Prefixes * Prefixes) + (LowerDepths * Shared);
    private const int BelowAt = BeforeAt + BeforeSize, MatchAt = BelowAt + BeforeSize, CalibrationAt = MatchAt + (Depth * MatchStates);

    /// <summary>What is known of a bit before it is coded.</summary>
    /// <param name="Before">The codebook's index one frame before.</param>
    /// <param name="TwoBefore">The same two frames before.</param>
    /// <param name="Below">Index of the codebook below in this frame.</param>
    /// <param name="Run">Frames in a row that were equal, 0..3.</param>
    /// <param name="SameBelow">1 if all lower codebooks are as in the frame before, else 0.</param>
    internal readonly record struct Surroundings(int Before, int TwoBefore, int Below, int Run, int SameBelow);

    /// <summary>Selects the contexts of a bit.</summary>
    /// <param name="at">Where the codebook's contexts begin.</param>
    /// <param name="near">What is around it.</param>
    /// <param name="node">Its node; its depth follows.</param>
    /// <param name="logit">The predictor's logit.</param>
    /// <param name="selected">Receives <see cref="PerBit"/> indices, <paramref name="at"/> to <paramref name="at"/> + <see cref="PerBook"/> - 1.</param>
    /// <returns>0 if the path so far is another than that of the frame before, 1 if it is the same, 2 if moreover everything has stood still for a while.</returns>
    internal static int Select(int at, in Surroundings near, int node, int logit, Span<int> selected)
    {
        int depth = TreePath.DepthOf(node), low = depth - PrefixBits;
        TreePath before = new(near.Before, Depth), twoBefore = new(near.TwoBefore, Depth);
        int same = before.Shared(node, depth), match = 0, steadiness = 0;
        if (same == depth)
        {
            match = 1 + (((near.Run * 2) + near.SameBelow) * 2) + before.BitAt(depth);
            steadiness = near.Run == LongestRun && near.SameBelow != 0 ? 2 : 1;
        }

        selected[0] = at + node;
        selected[1] = at + BeforeAt + (low < 0
            ? (node * Prefixes) + (near.Before >> (Depth - PrefixBits))
            : (Prefixes * Prefixes) + (low * Shared) + Path(before, same, depth));
        selected[2] = at + BelowAt + (low < 0
            ? (node * Prefixes) + (near.Below >> (Depth - PrefixBits))
            : (Prefixes * Prefixes) + (low * Shared) + Path(twoBefore, twoBefore.Shared(node, depth), depth));
        selected[Match] = at + MatchAt + (depth * MatchStates) + match;
        selected[4] = at + CalibrationAt + (depth * LogitSteps) + ((logit + (LogitSteps << (LogitStepBits - 1))) >> LogitStepBits);
        return steadiness;
    }

    /// <summary>Start states of stored values.</summary>
    internal static BinaryContext[] Read(ReadOnlySpan<short> stored)
    {
        var contexts = new BinaryContext[stored.Length];
        for (int i = 0; i < contexts.Length; i++)
        {
            (int seen, int fast, int slow) = SpeedOf(i % PerBook);
            contexts[i] = StartStates.Read(stored[i], seen, fast, slow);
        }

        return contexts;
    }

    // How firmly a context holds on to its start, and its rates: slow, because a unit is short and the start states are good.
    private static (int Seen, int Fast, int Slow) SpeedOf(int context) => context switch
    {
        < BeforeAt => (255, 9, 10),
        < MatchAt => (255, 8, 10),
        < CalibrationAt => (60, 5, 8),
        _ => (255, 8, 10),
    };

    // Three values for each number of shared bits: the path has left, or it goes on to a 0 or a 1.
    private static int Path(TreePath other, int same, int depth) => (3 * same) + other.Next(same, depth);
}
