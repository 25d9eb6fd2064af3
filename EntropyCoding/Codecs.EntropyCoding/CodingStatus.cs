namespace Codecs.EntropyCoding;

/// <summary>What a decoder found out about its payload. Bad data gives a status, never an exception of the coder itself.</summary>
public enum CodingStatus
{
    /// <summary>Nothing wrong so far; after <c>Finish</c>: everything was verified.</summary>
    Ok = 0,

    /// <summary>The payload ended before its symbols did.</summary>
    Truncated = 1,

    /// <summary>All symbols were read and bytes of the payload are left, or bits that should be zero are not.</summary>
    TrailingData = 2,

    /// <summary>The final state is not the one that the hash of the decoded symbols asks for.</summary>
    CheckFailed = 3,

    /// <summary>The first bytes are not a state that an encoder can end in.</summary>
    InvalidHead = 4,

    /// <summary>A symbol named a table that the set does not have (the index came from data decoded before).</summary>
    InvalidTable = 5,

    /// <summary>A value is outside the range it may have: a symbol behind an escape, a number of a binary model, an index beyond its codebook.</summary>
    LimitExceeded = 6,
}
