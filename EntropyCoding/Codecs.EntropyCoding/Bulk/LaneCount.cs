namespace Codecs.EntropyCoding;

/// <summary>The number of lanes as a type, so that the vector loops are compiled for it and keep all states in registers.</summary>
internal interface ILaneCount
{
    /// <summary>Number of vectors of eight lanes: 1, 2 or 4.</summary>
    static abstract int Vectors { get; }
}

/// <summary>Eight lanes.</summary>
internal readonly struct Lanes8 : ILaneCount
{
    public static int Vectors => 1;
}

/// <summary>Sixteen lanes.</summary>
internal readonly struct Lanes16 : ILaneCount
{
    public static int Vectors => 2;
}

/// <summary>Thirty-two lanes.</summary>
internal readonly struct Lanes32 : ILaneCount
{
    public static int Vectors => 4;
}
