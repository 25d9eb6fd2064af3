namespace Codecs.Cli.Output;

/// <summary>One run of a verb: the object that --json prints.</summary>
internal sealed record RunReport
{
    /// <summary>Version of these keys; it changes when one changes its meaning or goes.</summary>
    public int Schema { get; init; } = 1;

    public required string? Command { get; init; }

    public required int ExitCode { get; init; }

    public IReadOnlyList<FileReport>? Files { get; init; }

    public SummaryReport? Summary { get; init; }

    /// <summary>Only from models.</summary>
    public ModelsReport? Models { get; init; }

    /// <summary>Only from models import and models reduce.</summary>
    public ModelImportReport? Import { get; init; }

    /// <summary>Only from train.</summary>
    public TrainReport? Training { get; init; }

    /// <summary>Only from eval: the same object as in results.json.</summary>
    public System.Text.Json.JsonElement? Evaluation { get; init; }

    /// <summary>Set when the run as a whole failed; what failed for one file stands there.</summary>
    public ErrorReport? Error { get; init; }
}
