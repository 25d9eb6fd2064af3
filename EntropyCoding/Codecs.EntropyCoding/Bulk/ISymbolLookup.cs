using System.Runtime.Intrinsics;

namespace Codecs.EntropyCoding;

/// <summary>How a decoder finds the symbol that owns a slot. Structs, so that each decoder loop is compiled with its own.</summary>
internal interface ISymbolLookup
{
    /// <summary>The decode step without renormalisation.</summary>
    /// <param name="state">The state before; becomes the one after.</param>
    /// <param name="table">Table index, valid.</param>
    /// <returns>The value, or <see cref="short.MinValue"/> for the escape.</returns>
    short Step(ref uint state, int table);
}

/// <summary>A look-up that also works on eight lanes at once.</summary>
internal interface IVectorLookup : ISymbolLookup
{
    /// <summary>The decode step of eight lanes without renormalisation.</summary>
    /// <param name="states">The states before; become those after.</param>
    /// <param name="tables">Table index of each lane, valid.</param>
    /// <returns>The codes (<see cref="BulkTables"/>), one per 32-bit element.</returns>
    Vector256<uint> Step(ref Vector256<uint> states, Vector256<uint> tables);
}
