namespace Codecs.Models.LanguageCodec.Indices;

/// <summary>The numbers of the entropy coder of codebook indices.</summary>
internal static class IndexShape
{
    /// <summary>Elements of the vector by which the predictor knows a code.</summary>
    internal const int Embedding = 48;

    /// <summary>Hidden units of the predictor.</summary>
    internal const int Hidden = 80;

    /// <summary>Nodes of a codebook's tree: number 0 is not used, 1 is the root, n has the children 2n and 2n + 1.</summary>
    internal const int Nodes = SpeechShape.CodebookSize;

    /// <summary>What the predictor sees in every payload: the frame before, the one before that, two running means of the past, this frame so far.</summary>
    internal const int Sources = 5;

    /// <summary>Of the running means: each frame weighs 2^-3 and 2^-6.</summary>
    internal static ReadOnlySpan<int> MeanShifts => [3, 6];

    /// <summary>Most payloads of a unit.</summary>
    internal const int Payloads = SpeechShape.Codebooks - SpeechShape.FewestCodebooks + 1;

    /// <summary>The codebooks of a payload: the first three share one, every other has its own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such payload.</exception>
    internal static (int First, int End) BooksOf(int payload)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payload);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(payload, Payloads);
        int end = SpeechShape.FewestCodebooks + payload;
        return (payload == 0 ? 0 : end - 1, end);
    }

    /// <summary>Payloads that a number of codebooks takes.</summary>
    internal static int PayloadsOf(int books) => books - SpeechShape.FewestCodebooks + 1;

    /// <summary>The payload that holds a codebook.</summary>
    internal static int PayloadOf(int book) => Math.Max(0, book - SpeechShape.FewestCodebooks + 1);

    /// <summary>Inputs of a codebook's predictor: from the fourth on it also sees the next frame of the codebooks before.</summary>
    internal static int InputsOf(int book) => Embedding * (book < SpeechShape.FewestCodebooks ? Sources : Sources + 1);
}
