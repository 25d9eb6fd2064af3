namespace Codecs.Evaluation;

/// <summary>Everything that an evaluation found out; what results.json holds.</summary>
public sealed record EvaluationResult
{
    /// <summary>The value of <see cref="Schema"/>.</summary>
    public const string SchemaName = "codecs-eval";

    /// <summary>Version of the keys; a reader refuses higher ones.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Says what kind of file this is.</summary>
    public string Schema { get; init; } = SchemaName;

    /// <summary>Version of the keys.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>Name of the folder with the pictures.</summary>
    public required string DataSet { get; init; }

    /// <summary>When it was measured.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Version of this suite.</summary>
    public required string Software { get; init; }

    /// <summary>System and processors; what the seconds depend on.</summary>
    public required string Machine { get; init; }

    /// <summary>The pictures in every mean.</summary>
    public required IReadOnlyList<EvaluatedPicture> Pictures { get; init; }

    /// <summary>The pictures in none.</summary>
    public required IReadOnlyList<SkippedFile> Skipped { get; init; }

    /// <summary>One curve for each codec.</summary>
    public required IReadOnlyList<ContenderResult> Codecs { get; init; }

    /// <summary>Each codec under test against each anchor, then against its stored baseline if one was given.</summary>
    public required IReadOnlyList<CurveComparison> Comparisons { get; init; }

    /// <summary>The classical codecs at the bytes of the codec under test, one for each of its settings; null when that was not asked for.</summary>
    public IReadOnlyList<EqualBytesPoint>? EqualBytes { get; init; }
}
