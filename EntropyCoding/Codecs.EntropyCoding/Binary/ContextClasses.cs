namespace Codecs.EntropyCoding;

/// <summary>Checks of context classes that all binarisations share.</summary>
internal static class ContextClasses
{
    private const int MaxCount = 1 << 16;

    /// <summary>Checks the number of classes of a new model.</summary>
    public static void CheckCount(int contexts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(contexts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(contexts, MaxCount);
    }

    /// <summary>Checks the class of one value.</summary>
    public static void Check(int context, int contexts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(context);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(context, contexts);
    }
}
