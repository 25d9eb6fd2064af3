using System.Text.Json;

namespace Codecs.Evaluation;

/// <summary>Reads kept measurements.</summary>
public static class EvaluationCache
{
    /// <summary>Reads a cache; one that is missing, damaged or of another version is an empty one, as it can be made again.</summary>
    /// <typeparam name="TMeasurement"><see cref="PictureMeasurement"/>, <see cref="SoundMeasurement"/> or <see cref="VideoMeasurement"/>.</typeparam>
    /// <param name="path">The file.</param>
    public static EvaluationCache<TMeasurement> Load<TMeasurement>(string path)
        where TMeasurement : class
    {
        try
        {
            if (File.Exists(path))
            {
                return EvaluationCache<TMeasurement>.FromBytes(File.ReadAllBytes(path));
            }
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            // Nothing is lost but time.
        }

        return new EvaluationCache<TMeasurement>();
    }
}
