namespace Codecs.EntropyCoding;

/// <summary>How much of the hash of the symbols a payload carries in its initial coder state.</summary>
/// <remarks>
/// The encoder starts from a state that holds the hash, the decoder must end in exactly that state. The mode is not stored in the
/// payload: the format that owns the payload fixes it. Mean size above the ideal code length is given for each mode.
/// </remarks>
public enum CheckMode
{
    /// <summary>No check (about 1.9 bytes): damage is noticed only when it leaves words over or a non-zero final state.</summary>
    None = 0,

    /// <summary>16 bits (about 2.6 bytes), for payloads of a few bytes; one damaged payload in 65 536 passes.</summary>
    Check16 = 1,

    /// <summary>31 bits (about 4.4 bytes), the default; one damaged payload in two thousand million passes.</summary>
    Check31 = 2,
}
