using System.Text.Json;
using System.Text.Json.Serialization;
using Codecs.Video;

namespace Codecs.Cli.Output;

/// <summary>How far a video has come, after each group: with --json one line each on standard error.</summary>
internal sealed record VideoProgressReport
{
    /// <summary>Always "progress".</summary>
    public string Event { get; init; } = "progress";

    public required string Input { get; init; }

    public long Frames { get; init; }

    public long? FrameCount { get; init; }

    public int Groups { get; init; }

    public long Bytes { get; init; }

    public double? PsnrDb { get; init; }

    public double KilobitsPerSecond { get; init; }

    public double Seconds { get; init; }

    public double? SecondsLeft { get; init; }

    public long? ProjectedBytes { get; init; }

    internal static VideoProgressReport Of(string input, VideoProgress progress) => new()
    {
        Input = input,
        Frames = progress.FramesDone,
        FrameCount = progress.FrameCount,
        Groups = progress.Groups,
        Bytes = progress.Bytes,
        PsnrDb = progress.PsnrDb is { } db && double.IsFinite(db) ? Math.Round(db, 3) : null,
        KilobitsPerSecond = Math.Round(progress.KilobitsPerSecond, 3),
        Seconds = Math.Round(progress.Seconds, 3),
        SecondsLeft = progress.SecondsLeft is { } left ? Math.Round(left, 1) : null,
        ProjectedBytes = progress.ProjectedBytes,
    };

    internal string ToLine() => JsonSerializer.Serialize(this, VideoProgressJson.Lines.VideoProgressReport);
}

/// <summary>Progress as JSON in one line.</summary>
[JsonSerializable(typeof(VideoProgressReport))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class VideoProgressJson : JsonSerializerContext
{
    internal static VideoProgressJson Lines => Default;
}
