namespace Codecs.Training.Data;

/// <summary>Builds the file of a <see cref="MappedStore"/> without knowing beforehand how many items there will be.</summary>
internal sealed class MappedStoreWriter(string path, ulong magic) : IDisposable
{
    private readonly List<(int[] Numbers, long Offset)> _items = [];
    private readonly FileStream _bytes = new(path + ".bytes", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);

    /// <summary>Items so far.</summary>
    internal int Count => _items.Count;

    /// <summary>Adds an item.</summary>
    internal void Add(ReadOnlySpan<byte> bytes, params int[] numbers)
    {
        _items.Add((numbers, _bytes.Position));
        _bytes.Write(bytes);
    }

    /// <summary>Puts the file in its place.</summary>
    internal void Finish()
    {
        string part = path + ".part";
        using (var output = new BinaryWriter(File.Create(part)))
        {
            output.Write(magic);
            output.Write(_items.Count);
            long start = MappedStore.HeadBytes + _items.Sum(i => (long)MappedStore.ItemBytes(i.Numbers.Length));
            foreach ((int[] numbers, long offset) in _items)
            {
                Array.ForEach(numbers, output.Write);
                output.Write(start + offset);
            }

            output.Flush();
            _bytes.Position = 0;
            _bytes.CopyTo(output.BaseStream);
        }

        File.Move(part, path, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _bytes.Dispose();
}
