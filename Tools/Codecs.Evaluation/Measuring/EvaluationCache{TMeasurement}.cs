using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Codecs.Evaluation;

/// <summary>Measurements of earlier runs, by file, codec and setting, so that the slow classical encoders run once per file.</summary>
/// <remarks>The seconds are those of the run that measured. Not for concurrent use.</remarks>
/// <typeparam name="TMeasurement"><see cref="PictureMeasurement"/>, <see cref="SoundMeasurement"/> or <see cref="VideoMeasurement"/>.</typeparam>
public sealed class EvaluationCache<TMeasurement>
    where TMeasurement : class
{
    private const int Version = 1;
    private static readonly JsonTypeInfo<CacheContent<TMeasurement>> s_type =
        (JsonTypeInfo<CacheContent<TMeasurement>>?)CacheJson.Default.GetTypeInfo(typeof(CacheContent<TMeasurement>))
        ?? throw new NotSupportedException($"{typeof(TMeasurement).Name} cannot be kept.");

    private readonly SortedDictionary<string, TMeasurement> _entries;

    /// <summary>Creates an empty cache.</summary>
    public EvaluationCache()
        : this([])
    {
    }

    private EvaluationCache(Dictionary<string, TMeasurement> entries) => _entries = new(entries, StringComparer.Ordinal);

    /// <summary>Measurements held.</summary>
    public int Count => _entries.Count;

    /// <summary>The kept measurements; empty when the bytes are of another version.</summary>
    /// <exception cref="JsonException">They are no such file.</exception>
    internal static EvaluationCache<TMeasurement> FromBytes(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, s_type) is { Version: Version } content ? new EvaluationCache<TMeasurement>(content.Entries) : new();

    /// <summary>Writes the cache under a temporary name and renames it.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) =>
        WholeFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(new CacheContent<TMeasurement>(Version, new(_entries)), s_type));

    internal TMeasurement? Find(string hash, IContender contender, double setting) =>
        contender.CacheKey is { } key ? _entries.GetValueOrDefault(KeyOf(hash, key, setting)) : null;

    internal void Add(string hash, IContender contender, double setting, TMeasurement measurement)
    {
        if (contender.CacheKey is { } key)
        {
            _entries[KeyOf(hash, key, setting)] = measurement;
        }
    }

    private static string KeyOf(string hash, string contenderKey, double setting) =>
        string.Create(CultureInfo.InvariantCulture, $"{hash}|{contenderKey}|{setting:R}");
}

/// <summary>The file.</summary>
internal sealed record CacheContent<TMeasurement>(int Version, Dictionary<string, TMeasurement> Entries);

/// <summary>JSON of the cache, a measurement a line.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(OneLineConverter<PictureMeasurement>), typeof(OneLineConverter<SoundMeasurement>), typeof(OneLineConverter<VideoMeasurement>)])]
[JsonSerializable(typeof(CacheContent<PictureMeasurement>))]
[JsonSerializable(typeof(CacheContent<SoundMeasurement>))]
[JsonSerializable(typeof(CacheContent<VideoMeasurement>))]
internal sealed partial class CacheJson : JsonSerializerContext;
