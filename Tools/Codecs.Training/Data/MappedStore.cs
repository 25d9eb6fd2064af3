using System.IO.MemoryMappedFiles;

namespace Codecs.Training.Data;

/// <summary>Media prepared once, then cut from a memory-mapped file: items of bytes, each described by a few numbers.</summary>
/// <remarks>File, little-endian: magic u64, count i32; of each item its numbers, i32, and where its bytes begin, i64; then the bytes.</remarks>
internal sealed class MappedStore : IDisposable
{
    internal const int HeadBytes = 12;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly string _path;

    private MappedStore(string path, ulong magic, int numbers)
    {
        _path = path;
        if (new FileInfo(path).Length < HeadBytes)
        {
            throw Damaged();
        }

        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        int count = _view.ReadInt32(8), itemBytes = ItemBytes(numbers);
        if (_view.ReadUInt64(0) != magic || count < 0 || HeadBytes + ((long)count * itemBytes) > _view.Capacity)
        {
            Dispose();
            throw Damaged();
        }

        Items = [.. Enumerable.Range(0, count).Select(i => ReadItem(HeadBytes + ((long)i * itemBytes), numbers))];
    }

    /// <summary>Numbers and offset of all items, in the order in which they were added.</summary>
    internal IReadOnlyList<(int[] Numbers, long Offset)> Items { get; }

    /// <summary>Opens a store, building it first if it is missing; it appears complete or not at all.</summary>
    /// <param name="path">Where the store is or will be.</param>
    /// <param name="magic">First bytes of the file: what kind of items it holds.</param>
    /// <param name="numbers">Numbers of each item.</param>
    /// <param name="build">Adds the items.</param>
    /// <exception cref="MediaException">The file is no such store.</exception>
    internal static MappedStore Open(string path, ulong magic, int numbers, Action<MappedStoreWriter> build)
    {
        if (!File.Exists(path))
        {
            using var writer = new MappedStoreWriter(path, magic);
            build(writer);
            writer.Finish();
        }

        return new MappedStore(path, magic, numbers);
    }

    /// <summary>Bytes that an item takes in the list at the head of the file.</summary>
    internal static int ItemBytes(int numbers) => (numbers * sizeof(int)) + sizeof(long);

    /// <summary>Copies bytes from anywhere in the file.</summary>
    internal void Read(long offset, Span<byte> destination)
    {
        // The accessor's own way is through an array, element by element.
        if (offset < HeadBytes || offset > _view.Capacity - destination.Length)
        {
            throw Damaged();
        }

        unsafe
        {
            byte* start = null;
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            try
            {
                new Span<byte>(start + offset, destination.Length).CopyTo(destination);
            }
            finally
            {
                _view.SafeMemoryMappedViewHandle.ReleasePointer();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private (int[] Numbers, long Offset) ReadItem(long at, int numbers)
    {
        int[] values = new int[numbers];
        _view.ReadArray(at, values, 0, numbers);
        return (values, _view.ReadInt64(at + (numbers * sizeof(int))));
    }

    private MediaException Damaged() => new($"'{_path}' is damaged or no cache of this kind; delete it and start again.");
}
