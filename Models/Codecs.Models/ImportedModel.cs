using System.Text;
using Codecs.Formats.Weights;

namespace Codecs.Models;

/// <summary>An official checkpoint, checked tensor by tensor and ready to be written as safetensors.</summary>
public sealed class ImportedModel
{
    private const string ArchitectureKey = "architecture", ConfigurationKey = "config", SourceKey = "source";

    internal ImportedModel(string architecture, string configuration, IReadOnlyCollection<SafetensorsTensor> tensors, long parameterCount, string source) =>
        (Architecture, Configuration, Tensors, ParameterCount, Source) = (architecture, configuration, tensors, parameterCount, source);

    /// <summary>Which network it is.</summary>
    public string Architecture { get; }

    /// <summary>The shape of the network, a JSON object.</summary>
    public string Configuration { get; }

    /// <summary>The tensors that inference needs, under their official names.</summary>
    public IReadOnlyCollection<SafetensorsTensor> Tensors { get; }

    /// <summary>Number of learned values.</summary>
    public long ParameterCount { get; }

    /// <summary>Name of the file it came from, without its folder.</summary>
    public string Source { get; }

    /// <summary>Architecture, configuration and source, as they stand in the written file.</summary>
    public IReadOnlyDictionary<string, string> Metadata => new Dictionary<string, string>
    {
        [ArchitectureKey] = Architecture,
        [ConfigurationKey] = Configuration,
        [SourceKey] = Source,
    };

    /// <summary>Writes the safetensors file that the network's own class loads; an existing one is replaced.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => SafetensorsWriter.Write(path, Tensors, Metadata);

    /// <summary>Opens a file that <see cref="Save"/> wrote.</summary>
    /// <typeparam name="T">The network's class.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="create">Makes the network of the file.</param>
    /// <exception cref="ModelMismatchException">The file is damaged, holds another network, or its tensors do not fit its configuration.</exception>
    /// <exception cref="LimitExceededException">The file is too large.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static T Open<T>(string path, Func<SafetensorsFile, T> create)
    {
        try
        {
            return create(SafetensorsFile.Read(path));
        }
        catch (Exception error) when (error is InvalidBitstreamException or UnsupportedBitstreamException)
        {
            throw new ModelMismatchException($"The weights '{path}' cannot be used: {error.Message} Import them again with 'codecs models import'.", error);
        }
    }

    /// <summary>What <see cref="Source"/> was when a file was written.</summary>
    internal static string ReadSource(SafetensorsFile file) => file.Metadata.GetValueOrDefault(SourceKey, "");

    /// <summary>The configuration of a written file, UTF-8.</summary>
    /// <exception cref="ModelMismatchException">The file holds another network.</exception>
    internal static ReadOnlyMemory<byte> ReadConfiguration(SafetensorsFile file, string architecture) =>
        file.Metadata.GetValueOrDefault(ArchitectureKey) == architecture && file.Metadata.TryGetValue(ConfigurationKey, out string? json)
            ? Encoding.UTF8.GetBytes(json)
            : throw new ModelMismatchException(
                $"The file holds weights of '{file.Metadata.GetValueOrDefault(ArchitectureKey, "an unnamed network")}', expected '{architecture}'; 'codecs models import' makes them from a checkpoint.");
}
