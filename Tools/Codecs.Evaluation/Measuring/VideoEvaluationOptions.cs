namespace Codecs.Evaluation;

/// <summary>What is measured of videos.</summary>
public sealed record VideoEvaluationOptions
{
    /// <summary>Columns and rows to which every video is scaled before anything else, by averaging where that is smaller; null keeps its own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    public (int Width, int Height)? Size
    {
        get;
        init => field = value is null or { Width: >= 1, Height: >= 1 } ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A size has at least one pixel.");
    }

    /// <summary>Only so many frames from the beginning of each video; null for all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long? Frames
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A video has at least one frame.");
    }
}
