namespace Codecs.Evaluation;

/// <summary>A codec in an evaluation: who it is and at which settings it is measured.</summary>
public interface IContender
{
    /// <summary>Short name for tables and result files, unique in a run.</summary>
    string Name { get; }

    /// <summary>Codec and fixed settings in one line.</summary>
    string Description { get; }

    /// <summary>What the knob is called, such as "quality" or "kbit/s".</summary>
    string SettingName { get; }

    /// <summary>The settings to measure; the curve goes through all of them.</summary>
    IReadOnlyList<double> Ladder { get; }

    /// <summary>True for the codecs that the others are compared with.</summary>
    bool IsAnchor { get; }

    /// <summary>Names everything that decides the result besides medium and setting, so that results can be kept; null when they must not be.</summary>
    string? CacheKey { get; }
}
