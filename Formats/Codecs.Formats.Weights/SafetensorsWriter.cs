using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Codecs.Formats.Weights;

/// <summary>Writes safetensors files. Equal tensors give equal bytes, in whatever order they come.</summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes a file under a temporary name beside it, then renames: readers never see half a file.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="tensors">The tensors, in any order, each name once.</param>
    /// <param name="metadata">Free strings; null for none.</param>
    /// <exception cref="ArgumentException">Two tensors share a name.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SafetensorsTensor[] sorted = Sort(tensors);
        string temporary = path + ".tmp";
        FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None);
        try
        {
            using (stream)
            {
                Write(stream, sorted, metadata);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Makes a file in memory.</summary>
    /// <inheritdoc cref="Write(string, IEnumerable{SafetensorsTensor}, IReadOnlyDictionary{string, string})"/>
    /// <returns>The file.</returns>
    public static byte[] ToArray(IEnumerable<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using MemoryStream stream = new();
        Write(stream, Sort(tensors), metadata);
        return stream.ToArray();
    }

    private static void Write(Stream stream, SafetensorsTensor[] sorted, IReadOnlyDictionary<string, string>? metadata)
    {
        ReadOnlySpan<byte> header = MakeHeader(sorted, metadata).WrittenSpan;
        int padding = -header.Length & (Alignment - 1);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)(header.Length + padding));
        stream.Write(length);
        stream.Write(header);
        for (int i = 0; i < padding; i++)
        {
            stream.WriteByte((byte)' ');
        }

        foreach (SafetensorsTensor tensor in sorted)
        {
            stream.Write(tensor.Bytes.Span);
        }
    }

    // By UTF-8 bytes, the order of the fingerprint.
    private static SafetensorsTensor[] Sort(IEnumerable<SafetensorsTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        (byte[] Key, SafetensorsTensor Tensor)[] keyed = [.. tensors.Select(t => (Encoding.UTF8.GetBytes(t.Name), t))];
        Array.Sort(keyed, static (a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key));
        for (int i = 1; i < keyed.Length; i++)
        {
            if (keyed[i].Key.AsSpan().SequenceEqual(keyed[i - 1].Key))
            {
                throw new ArgumentException($"Two tensors are named '{keyed[i].Tensor.Name}'.", nameof(tensors));
            }
        }

        return Array.ConvertAll(keyed, static k => k.Tensor);
    }

    private static ArrayBufferWriter<byte> MakeHeader(SafetensorsTensor[] sorted, IReadOnlyDictionary<string, string>? metadata)
    {
        ArrayBufferWriter<byte> header = new();
        using Utf8JsonWriter json = new(header);
        json.WriteStartObject();
        if (metadata is { Count: > 0 })
        {
            json.WriteStartObject(SafetensorsHeader.MetadataKey);
            foreach ((string key, string value) in metadata.OrderBy(p => p.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }

        long offset = 0;
        foreach (SafetensorsTensor tensor in sorted)
        {
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.Type.ToString().ToUpperInvariant());
            json.WriteStartArray("shape");
            foreach (long dimension in tensor.Shape)
            {
                json.WriteNumberValue(dimension);
            }

            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(offset);
            json.WriteNumberValue(offset += tensor.Bytes.Length);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return header;
    }
}
