using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Codecs.Formats.Weights;

/// <summary>A parsed safetensors file: u64 header length, JSON header, raw little-endian tensors. Nothing in it is executed.</summary>
/// <remarks>Layout of the safetensors format, version 0.4 and later (github.com/huggingface/safetensors, README). As there, tensors must
/// cover the data part without gaps or overlaps.</remarks>
public sealed class SafetensorsFile
{
    /// <summary>Longest JSON header in bytes: 64 MiB.</summary>
    public const int MaxHeaderBytes = 64 << 20;

    private readonly Dictionary<string, SafetensorsTensor> _byName;

    private SafetensorsFile(IReadOnlyDictionary<string, string> metadata, List<SafetensorsTensor> tensors)
    {
        tensors.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        Metadata = metadata;
        Tensors = tensors;
        _byName = tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
    }

    /// <summary>The strings of "__metadata__"; empty when there is none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>All tensors, sorted by name.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="InvalidBitstreamException">The file has no such tensor.</exception>
    public SafetensorsTensor this[string name] => _byName.TryGetValue(name, out SafetensorsTensor? tensor)
        ? tensor
        : throw new InvalidBitstreamException($"The weight file has no tensor '{name}'; it belongs to another model or revision");

    /// <summary>Looks for a tensor.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out SafetensorsTensor? tensor) => _byName.TryGetValue(name, out tensor);

    /// <summary>Reads a file into memory and parses it.</summary>
    /// <param name="path">The file, up to 2 GB.</param>
    /// <exception cref="InvalidBitstreamException">Damaged, truncated or not a safetensors file.</exception>
    /// <exception cref="UnsupportedBitstreamException">A tensor has an element type that this build does not know.</exception>
    /// <exception cref="LimitExceededException">The file or its header is too large.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafetensorsFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        long length = new FileInfo(path).Length;
        return length <= Array.MaxLength
            ? Read(File.ReadAllBytes(path))
            : throw new LimitExceededException($"The weight file has {length} bytes, at most {Array.MaxLength} can be read");
    }

    /// <summary>Parses a file that is in memory; tensors are slices of it.</summary>
    /// <param name="file">The whole file. It must not change while the result is in use.</param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static SafetensorsFile Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length < sizeof(ulong))
        {
            throw new InvalidBitstreamException($"A weight file has at least {sizeof(ulong)} bytes, this one has {file.Length}", 0);
        }

        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
        if (headerLength > (ulong)(file.Length - sizeof(ulong)))
        {
            throw new InvalidBitstreamException(
                $"The header should have {headerLength} bytes, {file.Length - sizeof(ulong)} remain; this is no safetensors file, or it is truncated", 0);
        }

        if (headerLength > MaxHeaderBytes)
        {
            throw new LimitExceededException($"The header has {headerLength} bytes, at most {MaxHeaderBytes} are allowed");
        }

        int dataStart = sizeof(ulong) + (int)headerLength;
        SafetensorsHeader header = SafetensorsHeader.Parse(file.Span[sizeof(ulong)..dataStart]);
        return new SafetensorsFile(header.Metadata, Slice(header.Entries, file[dataStart..], dataStart));
    }

    private static List<SafetensorsTensor> Slice(List<SafetensorsEntry> entries, ReadOnlyMemory<byte> data, int dataStart)
    {
        entries.Sort(static (a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        List<SafetensorsTensor> tensors = new(entries.Count);
        long next = 0;
        foreach (SafetensorsEntry entry in entries)
        {
            // Each tensor starts where the one before ended: no overlap, no gap, and so nothing hidden in the file.
            if (entry.Begin != next || entry.End < entry.Begin || entry.End > data.Length)
            {
                throw new InvalidBitstreamException(
                    $"Tensor '{entry.Name}' lies at {entry.Begin} to {entry.End} of {data.Length} data bytes, expected to start at {next}", dataStart + next);
            }

            if (TensorShape.FindFault(entry.Shape, entry.Type, entry.End - entry.Begin) is { } fault)
            {
                throw new InvalidBitstreamException($"Tensor '{entry.Name}': {fault}", dataStart + entry.Begin);
            }

            next = entry.End;
            tensors.Add(new SafetensorsTensor(entry.Name, entry.Type, entry.Shape, data[(int)entry.Begin..(int)entry.End]));
        }

        return next == data.Length
            ? tensors
            : throw new InvalidBitstreamException($"{data.Length - next} bytes follow the last tensor, expected none", dataStart + next);
    }
}
