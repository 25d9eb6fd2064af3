namespace Codecs.Evaluation;

/// <summary>The results of one codec, of whatever kind.</summary>
internal interface ICodecCurve
{
    /// <summary>Short name.</summary>
    string Name { get; }

    /// <summary>True for the codecs that the others are compared with.</summary>
    bool IsAnchor { get; }
}
