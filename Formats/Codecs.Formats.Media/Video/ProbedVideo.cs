using System.Text.Json;
using System.Text.Json.Serialization;

namespace Codecs.Formats.Media;

/// <summary>ffprobe's description of a source of video, as it prints it.</summary>
internal sealed record ProbedVideo
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    public IReadOnlyList<ProbedStream> Streams { get; init; } = [];

    public IReadOnlyList<ProbedPacket> Packets { get; init; } = [];

    public ProbedContainer Format { get; init; } = new();

    /// <summary>Understands ffprobe's JSON.</summary>
    /// <exception cref="MediaException">It is none.</exception>
    public static ProbedVideo Parse(ReadOnlySpan<byte> json, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<ProbedVideo>(json, s_json) ?? new ProbedVideo();
        }
        catch (JsonException error)
        {
            throw new MediaException($"'{name}': ffprobe's description cannot be understood.", error);
        }
    }
}

/// <summary>A container.</summary>
internal sealed record ProbedContainer
{
    public string FormatName { get; init; } = "unknown";

    public double? Duration { get; init; }

    public int ProbeScore { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>A packet's time.</summary>
internal sealed record ProbedPacket
{
    public long? Pts { get; init; }

    public double? PtsTime { get; init; }
}

/// <summary>A track.</summary>
internal sealed record ProbedStream
{
    public int Index { get; init; }

    public string? CodecType { get; init; }

    public string? CodecName { get; init; }

    public string? PixFmt { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    public string? RFrameRate { get; init; }

    public string? AvgFrameRate { get; init; }

    public string? TimeBase { get; init; }

    public long? NbFrames { get; init; }

    public double? Duration { get; init; }

    public string? SampleAspectRatio { get; init; }

    public string? ColorRange { get; init; }

    public string? ColorSpace { get; init; }

    public string? ColorTransfer { get; init; }

    public string? ColorPrimaries { get; init; }

    public IReadOnlyDictionary<string, int>? Disposition { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public IReadOnlyList<IReadOnlyDictionary<string, JsonElement>>? SideDataList { get; init; }

    /// <summary>True for moving pictures, not a cover.</summary>
    public bool IsVideo => CodecType == "video" && Disposition?.GetValueOrDefault("attached_pic") != 1;

    /// <summary>The display matrix as text, or null.</summary>
    public string? DisplayMatrix => SideDataList?
        .Select(data => data.TryGetValue("displaymatrix", out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null)
        .FirstOrDefault(text => text is not null);
}
