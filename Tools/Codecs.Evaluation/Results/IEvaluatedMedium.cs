namespace Codecs.Evaluation;

/// <summary>A picture, sound or video that was measured.</summary>
internal interface IEvaluatedMedium
{
    /// <summary>File name without its folder.</summary>
    string Name { get; }

    /// <summary>Hash of what was measured.</summary>
    string Sha256 { get; }
}
