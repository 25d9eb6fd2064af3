namespace Codecs.Evaluation;

/// <summary>A picture codec whose setting can be searched for a size of the file.</summary>
public interface IScaledContender : IImageContender
{
    /// <summary>Every setting that is worth a try, from the smallest file to the largest; at least one.</summary>
    IReadOnlyList<double> Scale { get; }
}
