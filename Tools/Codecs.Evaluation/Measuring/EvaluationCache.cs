using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Codecs.Evaluation;

/// <summary>Measurements of earlier runs, by picture, codec and setting, so that the slow classical encoders run once per picture.</summary>
/// <remarks>The seconds are those of the run that measured. Not for concurrent use.</remarks>
public sealed class EvaluationCache
{
    private const int Version = 1;
    private readonly SortedDictionary<string, PictureMeasurement> _entries;

    /// <summary>Creates an empty cache.</summary>
    public EvaluationCache()
        : this([])
    {
    }

    private EvaluationCache(Dictionary<string, PictureMeasurement> entries) => _entries = new(entries, StringComparer.Ordinal);

    /// <summary>Measurements held.</summary>
    public int Count => _entries.Count;

    /// <summary>Reads a cache; one that is missing, damaged or of another version is an empty one, as it can be made again.</summary>
    /// <param name="path">The file.</param>
    public static EvaluationCache Load(string path)
    {
        try
        {
            if (File.Exists(path) && JsonSerializer.Deserialize(File.ReadAllBytes(path), CacheJson.Default.Content) is { Version: Version } content)
            {
                return new EvaluationCache(content.Entries);
            }
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            // Nothing is lost but time.
        }

        return new EvaluationCache();
    }

    /// <summary>Writes the cache under a temporary name and renames it.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) =>
        WholeFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(new Content(Version, new(_entries)), CacheJson.Default.Content));

    internal PictureMeasurement? Find(string pictureHash, IImageContender contender, double setting) =>
        contender.CacheKey is { } key ? _entries.GetValueOrDefault(KeyOf(pictureHash, key, setting)) : null;

    internal void Add(string pictureHash, IImageContender contender, double setting, PictureMeasurement measurement)
    {
        if (contender.CacheKey is { } key)
        {
            _entries[KeyOf(pictureHash, key, setting)] = measurement;
        }
    }

    private static string KeyOf(string pictureHash, string contenderKey, double setting) =>
        string.Create(CultureInfo.InvariantCulture, $"{pictureHash}|{contenderKey}|{setting:R}");

    /// <summary>The file.</summary>
    internal sealed record Content(int Version, Dictionary<string, PictureMeasurement> Entries);
}

/// <summary>JSON of the cache, a measurement a line.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EvaluationCache.Content))]
internal sealed partial class CacheJson : JsonSerializerContext;
