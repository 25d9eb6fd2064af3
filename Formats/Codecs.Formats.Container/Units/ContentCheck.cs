namespace Codecs.Formats.Container;

/// <summary>Which check over the decoded symbols the payloads of a unit carry inside; the numbers are part of the format.</summary>
public enum ContentCheck : byte
{
    /// <summary>The coder's normal check (31 bits in R64). The default of Full files.</summary>
    Normal = 0,

    /// <summary>The 16-bit check. The default of Tiny files.</summary>
    Short = 1,

    /// <summary>No check.</summary>
    None = 2,
}
