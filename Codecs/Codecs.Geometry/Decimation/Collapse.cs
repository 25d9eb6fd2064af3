namespace Codecs.Geometry.Decimation;

/// <summary>A collapse that waits: what it costs and the states of its vertices when that was true.</summary>
internal readonly record struct Collapse(double Cost, int A, int B, int VersionA, int VersionB) : IComparable<Collapse>
{
    /// <summary>By cost, then by numbers of vertices: the same order everywhere.</summary>
    public int CompareTo(Collapse other)
    {
        int byCost = Cost.CompareTo(other.Cost);
        return byCost != 0 ? byCost : A != other.A ? A.CompareTo(other.A) : B.CompareTo(other.B);
    }
}
