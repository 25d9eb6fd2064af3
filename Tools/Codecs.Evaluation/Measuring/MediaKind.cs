namespace Codecs.Evaluation;

/// <summary>What an evaluation is about.</summary>
public enum MediaKind
{
    /// <summary>Pictures.</summary>
    Picture,

    /// <summary>Sounds.</summary>
    Audio,

    /// <summary>Videos, without their sound.</summary>
    Video,
}
