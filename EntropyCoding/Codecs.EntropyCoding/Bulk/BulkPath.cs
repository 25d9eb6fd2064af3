using System.Runtime.Intrinsics.X86;

namespace Codecs.EntropyCoding;

/// <summary>How the lanes are coded. All paths produce and accept the same bytes; where one does not apply, the next simpler one does the work.</summary>
internal enum BulkPath
{
    /// <summary>Scalar, any table set: the normative path.</summary>
    Search = 0,

    /// <summary>Scalar with look-up arrays.</summary>
    Scalar = 1,

    /// <summary>256-bit vectors with AVX2.</summary>
    Avx2 = 2,

    /// <summary>256-bit vectors with AVX-512.</summary>
    Avx512 = 3,
}

/// <summary>Which path to take.</summary>
internal static class BulkPaths
{
    /// <summary>The fastest path of this processor, by measurement.</summary>
    public static BulkPath Best => ExpandMover.IsSupported ? BulkPath.Avx512 : Avx2.IsSupported ? BulkPath.Avx2 : BulkPath.Scalar;

    /// <summary>The look-up arrays that a table, or all tables for index 0, may use; null if the set has none.</summary>
    public static BulkTables? Tables(TableSet set, int table, BulkPath path) =>
        path != BulkPath.Search && set.Bulk is { } bulk && table < bulk.Count ? bulk : null;
}
