namespace Codecs.EntropyCoding;

/// <summary>Which coder wrote a payload. The numbers are the coder numbers of the .ncf container.</summary>
public enum SymbolCoding
{
    /// <summary>R64: <see cref="Rans64Encoder"/> and <see cref="Rans64Decoder"/>.</summary>
    Rans64 = 1,

    /// <summary>R32xN: <see cref="BulkRans"/>.</summary>
    BulkRans = 2,
}
