namespace Codecs.Formats.Container;

/// <summary>Checks of what a caller wants to write.</summary>
internal static class Throw
{
    /// <summary>Refuses a value outside a closed range.</summary>
    public static void IfNotIn(long value, long minimum, long maximum, string what)
    {
        if (value < minimum || value > maximum)
        {
            throw new ArgumentOutOfRangeException(what, value, $"The format holds {minimum} to {maximum}.");
        }
    }
}
