namespace Codecs.Evaluation;

/// <summary>What an evaluation of lost packets found out; what its results.json holds.</summary>
public sealed record PacketEvaluationResult
{
    /// <summary>Says what kind of file this is.</summary>
    public string Schema { get; init; } = "codecs-eval-packets";

    /// <summary>Version of the keys.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Name of the folder with the pictures.</summary>
    public required string DataSet { get; init; }

    /// <summary>When it was measured.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Version of this suite.</summary>
    public required string Software { get; init; }

    /// <summary>The model.</summary>
    public required string Codec { get; init; }

    /// <summary>Its quality, 1..100; with parity it is lower.</summary>
    public required double Quality { get; init; }

    /// <summary>Bytes that a packet may have.</summary>
    public required int MaxPacketBytes { get; init; }

    /// <summary>Channels that each picture is sent over for each kind of loss.</summary>
    public required int Seeds { get; init; }

    /// <summary>Names of the pictures in every mean.</summary>
    public required IReadOnlyList<string> Pictures { get; init; }

    /// <summary>The pictures in none.</summary>
    public required IReadOnlyList<SkippedFile> Skipped { get; init; }

    /// <summary>By channel and method.</summary>
    public required IReadOnlyList<PacketPoint> Points { get; init; }
}
