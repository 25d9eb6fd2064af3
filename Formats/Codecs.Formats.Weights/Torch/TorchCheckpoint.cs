namespace Codecs.Formats.Weights.Torch;

/// <summary>A checkpoint that <c>torch.save</c> wrote (<c>.pth</c>, <c>.pt</c>, <c>.ckpt</c>), read without Python and without executing anything in it.</summary>
/// <remarks>
/// The zip form of PyTorch 1.6 and later: <c>NAME/data.pkl</c> is a pickle that refers to the storages <c>NAME/data/0</c>, <c>NAME/data/1</c>, ...
/// A pickle is a program; this reader knows only the names that make tensors and ordered dictionaries. Objects of every other class and results of every
/// other function, such as PyTorch Lightning stores beside the weights, are inert placeholders (<see cref="TorchOpaque"/>).
/// </remarks>
public sealed class TorchCheckpoint
{
    /// <summary>Longest pickle in bytes: 64 MiB. Tensors lie outside it.</summary>
    public const int MaxPickleBytes = 64 << 20;

    private const string PickleName = "data.pkl";

    private TorchCheckpoint(object? root) => Root = root;

    /// <summary>What was saved: null, bool, long, double, string, byte[], object?[] (tuple), List of object? (list, set),
    /// Dictionary of string and object? (numbers and names of classes as text; entries with other keys are left out), <see cref="TorchTensor"/>,
    /// <see cref="TorchOpaque"/>, or an object without members for a class or a storage that is merely named. Values may be shared and may contain
    /// themselves: do not walk them without a limit.</summary>
    public object? Root { get; }

    /// <summary>Reads a file into memory and parses it.</summary>
    /// <param name="path">The file, up to 2 GB.</param>
    /// <exception cref="InvalidBitstreamException">Damaged, truncated or not a checkpoint.</exception>
    /// <exception cref="UnsupportedBitstreamException">An old form of checkpoint, or a TorchScript archive.</exception>
    /// <exception cref="LimitExceededException">The file or its structure is too large.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TorchCheckpoint Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        long length = new FileInfo(path).Length;
        return length <= Array.MaxLength
            ? Read(File.ReadAllBytes(path))
            : throw new LimitExceededException(
                $"The checkpoint has {length} bytes, at most {Array.MaxLength} can be read; save the state dictionary without the optimiser's.");
    }

    /// <summary>Parses a file that is in memory; most tensors are slices of it.</summary>
    /// <param name="file">The whole file. It must not change while the result is in use.</param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static TorchCheckpoint Read(ReadOnlyMemory<byte> file)
    {
        TensorValues.RequireLittleEndian();
        if (!StoredZip.Looks(file.Span))
        {
            throw NoZip(file.Span);
        }

        StoredZip zip = StoredZip.Parse(file);
        string folder = FindFolder(zip);
        if (zip.Find(folder + "byteorder", out _) is { } order && !order.Span.SequenceEqual("little"u8))
        {
            throw new UnsupportedBitstreamException("The checkpoint was written on a big-endian machine; load and save it again on another.");
        }

        ReadOnlyMemory<byte> pickle = zip.Find(folder + PickleName, out long offset)!.Value;
        return pickle.Length <= MaxPickleBytes
            ? new TorchCheckpoint(PickleReader.Read(pickle, offset, new Storages(zip, folder).Find, file.Length))
            : throw new LimitExceededException($"The checkpoint's structure has {pickle.Length} bytes, at most {MaxPickleBytes} are read.");
    }

    /// <summary>The value under a path of dictionary keys, or null when there is none.</summary>
    /// <param name="path">Keys, outermost first; none for the root.</param>
    public object? Find(params ReadOnlySpan<string> path)
    {
        object? value = Root;
        foreach (string key in path)
        {
            value = value is Dictionary<string, object?> dictionary ? dictionary.GetValueOrDefault(key) : null;
        }

        return value;
    }

    /// <summary>The tensors of one dictionary, named by its keys; what is no tensor is left out.</summary>
    /// <param name="path">Keys that lead to the dictionary, for example <c>model_state_dict</c>; none for the root.</param>
    /// <exception cref="InvalidBitstreamException">There is no dictionary with tensors.</exception>
    public IReadOnlyDictionary<string, SafetensorsTensor> StateDictionary(params ReadOnlySpan<string> path)
    {
        Dictionary<string, SafetensorsTensor> tensors = new(StringComparer.Ordinal);
        object? found = Find(path);
        foreach ((string name, object? value) in found as Dictionary<string, object?> ?? [])
        {
            if (value is TorchTensor tensor)
            {
                tensors.Add(name, name is "" or SafetensorsHeader.MetadataKey
                    ? throw new InvalidBitstreamException($"A tensor is named '{name}', which is no name for a tensor")
                    : tensor.Named(name));
            }
        }

        string instead = found is TorchOpaque opaque ? $"; what is there would be made by '{opaque.TypeName}', and nothing was executed" : "";
        return tensors.Count > 0
            ? tensors
            : throw new InvalidBitstreamException($"The checkpoint has no dictionary of tensors {(path.Length == 0 ? "at its root" : $"under '{string.Join("/", path!)}'")}{instead}");
    }

    private static string FindFolder(StoredZip zip)
    {
        string? folder = null;
        foreach (string name in zip.Names)
        {
            bool isRoot = name == PickleName || (name.EndsWith("/" + PickleName, StringComparison.Ordinal) && name.AsSpan().Count('/') == 1);
            if (isRoot && folder is not null)
            {
                throw new InvalidBitstreamException($"The archive has two files {PickleName}; a checkpoint has one");
            }

            folder = isRoot ? name[..^PickleName.Length] : folder;
        }

        if (folder is null)
        {
            throw new InvalidBitstreamException($"The zip archive has no {PickleName}; it is no PyTorch checkpoint");
        }

        return zip.Names.Contains(folder + "constants.pkl", StringComparer.Ordinal)
            ? throw new UnsupportedBitstreamException("This is a TorchScript archive, which holds a program; save the module's state_dict() with torch.save.")
            : folder;
    }

    private static CodecException NoZip(ReadOnlySpan<byte> file)
    {
        // A pickled integer, 0x1950a86a20f9469cfc6c, opens the files that PyTorch wrote before 1.6; still earlier ones are tar archives.
        ReadOnlySpan<byte> magic = [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];
        bool isOld = file.Length > 2 && file[0] == 0x80 && file[2..].StartsWith(magic);
        bool isTar = file.Length > 262 && file[257..].StartsWith("ustar"u8);
        return isOld || isTar
            ? new UnsupportedBitstreamException(
                "This checkpoint has the form that PyTorch wrote before 1.6. Save it again with a current PyTorch: " +
                "torch.save(torch.load(path, map_location=\"cpu\"), new_path).")
            : new InvalidBitstreamException("This is no PyTorch checkpoint: it does not begin like a zip archive", 0);
    }

    /// <summary>Storages by key; the checksum of each is verified once, however many tensors share it.</summary>
    private sealed class Storages(StoredZip zip, string folder)
    {
        private readonly Dictionary<string, ReadOnlyMemory<byte>?> _found = new(StringComparer.Ordinal);

        public ReadOnlyMemory<byte>? Find(string key)
        {
            if (!_found.TryGetValue(key, out ReadOnlyMemory<byte>? bytes))
            {
                bytes = zip.Find($"{folder}data/{key}", out _);
                _found.Add(key, bytes);
            }

            return bytes;
        }
    }
}
