namespace Codecs.Geometry.Decimation;

/// <summary>What a collapse may do. Each is weaker than the one before.</summary>
internal enum CollapseRules
{
    /// <summary>Keep the topology, turn no triangle too far.</summary>
    Strict = 0,

    /// <summary>Change the topology, turn no triangle over.</summary>
    Relaxed = 1,

    /// <summary>Everything, between any two vertices that are near.</summary>
    Any = 2,
}
