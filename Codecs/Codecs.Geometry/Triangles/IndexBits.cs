using System.Numerics;

namespace Codecs.Geometry.Triangles;

/// <summary>Bits of an index.</summary>
internal static class IndexBits
{
    /// <summary>Bits that every number below a count has room in; 0 for a count of 1.</summary>
    public static int Count(int count) => 32 - BitOperations.LeadingZeroCount((uint)count - 1);
}
