namespace Codecs.Evaluation;

/// <summary>Everything that an evaluation on videos found out; what its results.json holds.</summary>
public sealed record VideoEvaluationResult
{
    /// <summary>The value of <see cref="Schema"/>.</summary>
    public const string SchemaName = "codecs-eval-video";

    /// <summary>Version of the keys; a reader refuses higher ones.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Says what kind of file this is.</summary>
    public string Schema { get; init; } = SchemaName;

    /// <summary>Version of the keys.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>Name of the folder with the videos, or of the video.</summary>
    public required string DataSet { get; init; }

    /// <summary>When it was measured.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Version of this suite.</summary>
    public required string Software { get; init; }

    /// <summary>System and processors; what the seconds depend on.</summary>
    public required string Machine { get; init; }

    /// <summary>The videos in every mean.</summary>
    public required IReadOnlyList<EvaluatedClip> Clips { get; init; }

    /// <summary>The videos in none.</summary>
    public required IReadOnlyList<SkippedFile> Skipped { get; init; }

    /// <summary>The curves of each codec.</summary>
    public required IReadOnlyList<VideoContenderResult> Codecs { get; init; }

    /// <summary>Each codec under test against each anchor, then against its stored baseline if one was given.</summary>
    public required IReadOnlyList<VideoCurveComparison> Comparisons { get; init; }
}
