using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Codecs.Formats.Weights.Torch;

/// <summary>A zip archive whose entries are stored as they are, as torch.save writes it: entries are slices of the file, so nothing can inflate.</summary>
/// <remarks>PKWARE APPNOTE 6.3.10, sections 4.3.7 to 4.3.16, with the Zip64 records that PyTorch adds to every archive. Sizes are read from the
/// central directory alone: PyTorch writes data descriptors, so local headers may hold zeros.</remarks>
internal sealed class StoredZip
{
    private const uint LocalMagic = 0x04034b50, CentralMagic = 0x02014b50, EndMagic = 0x06054b50, End64Magic = 0x06064b50, Locator64Magic = 0x07064b50;
    private const int LocalBytes = 30, CentralBytes = 46, EndBytes = 22, End64Bytes = 56, Locator64Bytes = 20;

    private readonly Dictionary<string, StoredZipEntry> _entries = new(StringComparer.Ordinal);
    private readonly ReadOnlyMemory<byte> _file;

    private StoredZip(ReadOnlyMemory<byte> file) => _file = file;

    /// <summary>Names of all entries, in no particular order.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>True when a file begins like a zip archive.</summary>
    public static bool Looks(ReadOnlySpan<byte> file) => file.Length >= sizeof(uint) && BinaryPrimitives.ReadUInt32LittleEndian(file) == LocalMagic;

    /// <summary>Reads the directory; the entries' bytes are not looked at.</summary>
    /// <exception cref="InvalidBitstreamException">The directory is damaged, or entries overlap or leave the file.</exception>
    /// <exception cref="UnsupportedBitstreamException">An entry is compressed or encrypted.</exception>
    public static StoredZip Parse(ReadOnlyMemory<byte> file)
    {
        StoredZip zip = new(file);
        zip.ReadDirectory();
        zip.RefuseOverlaps();
        return zip;
    }

    /// <summary>The bytes of an entry, checked against their CRC-32; null when there is no such entry.</summary>
    /// <exception cref="InvalidBitstreamException">The checksum differs.</exception>
    public ReadOnlyMemory<byte>? Find(string name, out long offset)
    {
        offset = 0;
        if (!_entries.TryGetValue(name, out StoredZipEntry entry))
        {
            return null;
        }

        offset = entry.Begin;
        ReadOnlyMemory<byte> bytes = _file.Slice((int)entry.Begin, (int)entry.Length);
        uint found = Crc32.HashToUInt32(bytes.Span);
        return found == entry.Crc
            ? bytes
            : throw new InvalidBitstreamException($"Entry '{name}' has the checksum {found:x8}, its directory says {entry.Crc:x8}; the file is damaged", offset);
    }

    private void ReadDirectory()
    {
        ReadOnlySpan<byte> file = _file.Span;
        (long at, long count, long end) = FindDirectory(file);
        for (long i = 0; i < count; i++)
        {
            if (end - at < CentralBytes || U32(file, at) != CentralMagic)
            {
                throw new InvalidBitstreamException($"Entry {i} of {count} is missing in the zip directory", at);
            }

            ReadOnlySpan<byte> head = file.Slice((int)at, CentralBytes);
            int name = U16(head, 28), extra = U16(head, 30), comment = U16(head, 32);
            if (end - at - CentralBytes < name + extra + comment)
            {
                throw new InvalidBitstreamException("An entry of the zip directory is cut off", at);
            }

            ReadOnlySpan<byte> rest = file.Slice((int)at + CentralBytes, name + extra);
            string text = Encoding.UTF8.GetString(rest[..name]);
            if (!_entries.TryAdd(text, ReadEntry(head, rest[name..], text, at)))
            {
                throw new InvalidBitstreamException($"Entry '{text}' comes twice in the zip directory", at);
            }

            at += CentralBytes + name + extra + comment;
        }

        if (at != end)
        {
            throw new InvalidBitstreamException($"{end - at} bytes follow the last of {count} entries of the zip directory, expected none", at);
        }
    }

    private StoredZipEntry ReadEntry(ReadOnlySpan<byte> head, ReadOnlySpan<byte> extra, string name, long at)
    {
        if ((U16(head, 8) & 1) != 0 || U16(head, 10) != 0)
        {
            throw new UnsupportedBitstreamException(
                $"Entry '{name}' is compressed or encrypted (method {U16(head, 10)}); torch.save stores entries as they are. Unpack the archive and save the checkpoint again with PyTorch.");
        }

        ulong packed = U32(head, 20), length = U32(head, 24), header = U32(head, 42);
        ReadOnlySpan<byte> wide = FindZip64(extra);
        Widen(ref length, ref wide);
        Widen(ref packed, ref wide);
        Widen(ref header, ref wide);
        long size = _file.Length;
        if (packed != length || header > (ulong)size || size - (long)header < LocalBytes || U32(_file.Span, (long)header) != LocalMagic)
        {
            throw new InvalidBitstreamException($"Entry '{name}' of {length} bytes has no header at {header}", at);
        }

        ReadOnlySpan<byte> local = _file.Span.Slice((int)header, LocalBytes);
        long begin = (long)header + LocalBytes + U16(local, 26) + U16(local, 28);
        return begin <= size && length <= (ulong)(size - begin)
            ? new StoredZipEntry((long)header, begin, (long)length, U32(head, 16))
            : throw new InvalidBitstreamException($"Entry '{name}' should have {length} bytes from {begin} on, the file has {size}", at);
    }

    private void RefuseOverlaps()
    {
        StoredZipEntry[] sorted = [.. _entries.Values];
        Array.Sort(sorted, static (a, b) => a.Header.CompareTo(b.Header));
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Header < sorted[i - 1].Begin + sorted[i - 1].Length)
            {
                throw new InvalidBitstreamException("Two entries of the zip archive overlap", sorted[i].Header);
            }
        }
    }

    private static (long Begin, long Count, long End) FindDirectory(ReadOnlySpan<byte> file)
    {
        int end = FindEnd(file);
        ReadOnlySpan<byte> record = file.Slice(end, EndBytes);
        ulong count = U16(record, 10), size = U32(record, 12), begin = U32(record, 16);
        if (count == ushort.MaxValue || size == uint.MaxValue || begin == uint.MaxValue)
        {
            ReadOnlySpan<byte> wide = FindEnd64(file, end);
            count = BinaryPrimitives.ReadUInt64LittleEndian(wide[32..]);
            size = BinaryPrimitives.ReadUInt64LittleEndian(wide[40..]);
            begin = BinaryPrimitives.ReadUInt64LittleEndian(wide[48..]);
        }

        return begin <= (ulong)end && size <= (ulong)end - begin && count <= size / CentralBytes
            ? ((long)begin, (long)count, (long)(begin + size))
            : throw new InvalidBitstreamException($"The zip directory of {count} entries should lie in {size} bytes from {begin} on; the file does not have them", end);
    }

    // The end record may be followed by a comment of up to 65535 bytes, whose length it states.
    private static int FindEnd(ReadOnlySpan<byte> file)
    {
        for (int at = file.Length - EndBytes; at >= Math.Max(0, file.Length - EndBytes - ushort.MaxValue); at--)
        {
            if (U32(file, at) == EndMagic && U16(file, at + 20) == file.Length - at - EndBytes)
            {
                return at;
            }
        }

        throw new InvalidBitstreamException("The end of the zip archive is missing; the file is truncated or damaged", file.Length);
    }

    private static ReadOnlySpan<byte> FindEnd64(ReadOnlySpan<byte> file, int end)
    {
        int locator = end - Locator64Bytes;
        if (locator >= 0 && U32(file, locator) == Locator64Magic)
        {
            ulong at = BinaryPrimitives.ReadUInt64LittleEndian(file[(locator + 8)..]);
            if (at <= (ulong)locator && locator - (long)at >= End64Bytes && U32(file, (long)at) == End64Magic)
            {
                return file.Slice((int)at, End64Bytes);
            }
        }

        throw new InvalidBitstreamException("The Zip64 end record is missing or damaged", end);
    }

    // Extra fields: id u16, length u16, content; id 1 holds the numbers that do not fit 32 bits, in a fixed order.
    private static ReadOnlySpan<byte> FindZip64(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            int length = Math.Min(U16(extra, 2), extra.Length - 4);
            if (U16(extra, 0) == 1)
            {
                return extra.Slice(4, length);
            }

            extra = extra[(4 + length)..];
        }

        return default;
    }

    // A number that stays at its marker is refused later: no file that can be read has 4 GiB.
    private static void Widen(ref ulong value, ref ReadOnlySpan<byte> wide)
    {
        if (value == uint.MaxValue && wide.Length >= sizeof(ulong))
        {
            value = BinaryPrimitives.ReadUInt64LittleEndian(wide);
            wide = wide[sizeof(ulong)..];
        }
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, long at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[(int)at..]);
}
