using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace Codecs.Formats.Tests.Weights.Torch;

/// <summary>Makes the archives that torch.save makes: stored entries under one folder, aligned by an extra field.</summary>
internal static class CheckpointBuilder
{
    private const int Alignment = 64;

    /// <summary>An archive of a pickle and its storages 0, 1, ...</summary>
    internal static byte[] Archive(byte[] pickle, params byte[][] storages) => Zip(
        [("model/data.pkl", pickle), ("model/byteorder", "little"u8.ToArray()),
        .. storages.Select((s, i) => ($"model/data/{i}", s)), ("model/version", "3\n"u8.ToArray())]);

    /// <summary>{"model_state_dict": OrderedDict of float tensors, "config": SimpleNamespace of integers}, as training scripts save it.</summary>
    internal static byte[] Save(IReadOnlyList<(string Name, long[] Shape, float[] Values)> tensors, params (string Name, object Value)[] config) =>
        Save("model_state_dict", tensors, config);

    /// <summary>The same with another name for the state dictionary.</summary>
    internal static byte[] Save(string key, IReadOnlyList<(string Name, long[] Shape, float[] Values)> tensors, params (string Name, object Value)[] config)
    {
        PickleWriter pickle = new PickleWriter().Op("}").Keep().Op("(").Text(key).OrderedDictionary().Op("(");
        for (int i = 0; i < tensors.Count; i++)
        {
            (string name, long[] shape, float[] values) = tensors[i];
            pickle.Text(name).Tensor("FloatStorage", $"{i}", values.Length, 0, shape, Strides(shape));
        }

        pickle.Op("u}").Keep().Text("_metadata").OrderedDictionary().Op("sb"); // attributes of the state dictionary
        if (config.Length > 0)
        {
            pickle.Text("config").Global("types", "SimpleNamespace").Op(")R").Keep().Op("}").Keep().Op("(");
            foreach ((string name, object value) in config)
            {
                pickle.Text(name);
                _ = value is bool flag ? pickle.Op((byte)(flag ? 0x88 : 0x89)) : pickle.Integer((int)value);
            }

            pickle.Op("ub");
        }

        return Archive(pickle.Op("u").ToArray(), [.. tensors.Select(t => MemoryMarshal.AsBytes(t.Values.AsSpan()).ToArray())]);
    }

    internal static long[] Strides(long[] shape)
    {
        long[] strides = new long[shape.Length];
        long next = 1;
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            strides[d] = next;
            next *= shape[d];
        }

        return strides;
    }

    /// <summary>A zip archive of stored entries.</summary>
    internal static byte[] Zip((string Name, byte[] Bytes)[] entries, bool zip64 = false)
    {
        MemoryStream file = new(), directory = new();
        foreach ((string name, byte[] bytes) in entries)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(name);
            uint crc = Crc32.HashToUInt32(bytes), begin = (uint)file.Length;
            int padding = -(int)(begin + 30 + utf8.Length + 4) & (Alignment - 1);

            // Flags 0x0808: sizes follow the data, names are UTF-8; so the local header has zeros where sizes belong.
            Write(file, [0x04034b50, 4], [0, 2], [0x0808, 2], [0, 2], [0, 4], [0, 4], [0, 4], [0, 4], [(uint)utf8.Length, 2], [(uint)padding + 4, 2]);
            file.Write(utf8);
            Write(file, [0x4246, 2], [(uint)padding, 2]);
            file.Write(Enumerable.Repeat((byte)'Z', padding).ToArray());
            file.Write(bytes);
            Write(file, [0x08074b50, 4], [crc, 4], [(uint)bytes.Length, 4], [(uint)bytes.Length, 4]);

            uint size = zip64 ? uint.MaxValue : (uint)bytes.Length;
            Write(directory, [0x02014b50, 4], [0, 2], [0, 2], [0x0808, 2], [0, 2], [0, 4], [crc, 4], [size, 4], [size, 4],
                [(uint)utf8.Length, 2], [zip64 ? 28u : 0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [zip64 ? uint.MaxValue : begin, 4]);
            directory.Write(utf8);
            if (zip64)
            {
                Write(directory, [1, 2], [24, 2], [(uint)bytes.Length, 8], [(uint)bytes.Length, 8], [begin, 8]);
            }
        }

        uint start = (uint)file.Length, length = (uint)directory.Length, count = (uint)entries.Length;
        file.Write(directory.ToArray());
        Write(file, [0x06064b50, 4], [44, 8], [0, 2], [0, 2], [0, 4], [0, 4], [count, 8], [count, 8], [length, 8], [start, 8]);
        Write(file, [0x07064b50, 4], [0, 4], [start + length, 8], [1, 4]);
        Write(file, [0x06054b50, 4], [0, 2], [0, 2], [zip64 ? 0xFFFFu : count, 2], [zip64 ? 0xFFFFu : count, 2], [zip64 ? uint.MaxValue : length, 4], [zip64 ? uint.MaxValue : start, 4], [0, 2]);
        return file.ToArray();
    }

    /// <summary>The same archive as other programs write it.</summary>
    internal static byte[] Deflated(params (string Name, byte[] Bytes)[] entries)
    {
        MemoryStream file = new();
        using (ZipArchive archive = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in entries)
            {
                using Stream stream = archive.CreateEntry(name).Open();
                stream.Write(bytes);
            }
        }

        return file.ToArray();
    }

    // Fields of {value, bytes}, little-endian.
    private static void Write(Stream stream, params uint[][] fields)
    {
        Span<byte> bytes = stackalloc byte[8];
        foreach (uint[] field in fields)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, field[0]);
            stream.Write(bytes[..(int)field[1]]);
        }
    }
}
