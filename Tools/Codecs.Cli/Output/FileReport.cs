using System.Text.Json.Serialization;

namespace Codecs.Cli.Output;

/// <summary>What became of one input; keys are stable, those that do not apply are absent.</summary>
internal sealed record FileReport
{
    internal const string Done = "done", Skipped = "skipped", Failed = "failed";

    public required string Input { get; init; }

    public string? Output { get; init; }

    /// <summary>done, skipped or failed.</summary>
    public required string Status { get; init; }

    public long? InputBytes { get; init; }

    public long? OutputBytes { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public double? BitsPerPixel { get; init; }

    /// <summary>Only for sound.</summary>
    public SoundReport? Sound { get; init; }

    /// <summary>Only for video.</summary>
    public VideoReport? Video { get; init; }

    /// <summary>Codebooks of coded speech or of tokens.</summary>
    public int? Codebooks { get; init; }

    /// <summary>Only from truncate.</summary>
    public int? CodebooksBefore { get; init; }

    /// <summary>Only from tokens.</summary>
    public int? Frames { get; init; }

    /// <summary>Size of the input over the size of the output.</summary>
    public double? Ratio { get; init; }

    public string? Model { get; init; }

    public int? RatePoint { get; init; }

    /// <summary>Format of the media file that was read or written.</summary>
    public string? Format { get; init; }

    public double? Seconds { get; init; }

    /// <summary>Only from info.</summary>
    public NcfReport? Ncf { get; init; }

    /// <summary>Only from verify.</summary>
    public VerifyReport? Verified { get; init; }

    /// <summary>Only from verify --salvage.</summary>
    public NcfSalvageReport? Salvage { get; init; }

    /// <summary>Only for pictures in packets.</summary>
    public PacketsReport? Packets { get; init; }

    /// <summary>Only from latents.</summary>
    public LatentReport? Latent { get; init; }

    public IReadOnlyList<string>? Warnings { get; init; }

    public ErrorReport? Error { get; init; }

    /// <summary>What this file adds to the exit code although it was done.</summary>
    [JsonIgnore]
    public int ExitCode { get; init; }

    /// <summary>The same in words for a person, without the name.</summary>
    [JsonIgnore]
    public string Text { get; init; } = "";
}
