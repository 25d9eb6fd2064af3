using System.Runtime.InteropServices;
using Codecs.Formats.Container;

namespace Codecs.Formats.Weights.Torch;

/// <summary>A tensor as PyTorch describes it: offset, sizes and strides in elements over a storage.</summary>
internal sealed class StridedView
{
    private readonly TorchStorage _storage;
    private readonly int _offset;
    private readonly long[] _sizes;
    private readonly long[] _strides;

    private StridedView(TorchStorage storage, int offset, long[] sizes, long[] strides, int count) =>
        (_storage, _offset, _sizes, _strides, Count) = (storage, offset, sizes, strides, count);

    /// <summary>Number of elements; never more than the storage has.</summary>
    public int Count { get; }

    /// <summary>Bytes that <see cref="ToTensor"/> will allocate: none when the elements lie row by row already.</summary>
    public long CopiedBytes => IsContiguous ? 0 : (long)Count * _storage.Type.SizeOf();

    private bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (int d = _sizes.Length - 1; d >= 0; d--)
            {
                // The stride of a single row or column is never used.
                if (_sizes[d] > 1 && _strides[d] != expected)
                {
                    return Count == 0;
                }

                expected *= Math.Max(_sizes[d], 1);
            }

            return true;
        }
    }

    /// <summary>Checks a view; nothing is allocated.</summary>
    /// <param name="storage">The memory.</param>
    /// <param name="offset">First element.</param>
    /// <param name="sizes">Dimensions, outermost first.</param>
    /// <param name="strides">Elements from one index to the next, for each dimension.</param>
    /// <param name="fault">What is wrong with it, when the result is null.</param>
    public static StridedView? Create(TorchStorage storage, long offset, long[] sizes, long[] strides, out string? fault)
    {
        fault = FindFault(storage, offset, sizes, strides, out int count);
        return fault is null ? new StridedView(storage, (int)offset, sizes, strides, count) : null;
    }

    /// <summary>The elements in row-major order.</summary>
    public TorchTensor ToTensor()
    {
        int size = _storage.Type.SizeOf();
        if (IsContiguous)
        {
            return new TorchTensor(_storage.Type, _sizes, _storage.Bytes.Slice(_offset * size, Count * size));
        }

        byte[] copy = new byte[Count * size];
        switch (size)
        {
            case 1: Gather<byte>(copy); break;
            case 2: Gather<ushort>(copy); break;
            case 4: Gather<uint>(copy); break;
            default: Gather<ulong>(copy); break;
        }

        return new TorchTensor(_storage.Type, _sizes, copy);
    }

    private static string? FindFault(TorchStorage storage, long offset, long[] sizes, long[] strides, out int count)
    {
        count = 0;
        if (sizes.Length != strides.Length || sizes.Length > SafetensorsTensor.MaxRank)
        {
            return $"{sizes.Length} sizes and {strides.Length} strides, at most {SafetensorsTensor.MaxRank} of each are allowed";
        }

        bool isEmpty = false;
        for (int d = 0; d < sizes.Length; d++)
        {
            if (sizes[d] is < 0 or > uint.MaxValue || strides[d] < 0)
            {
                return $"size {sizes[d]} with stride {strides[d]}";
            }

            isEmpty |= sizes[d] == 0;
        }

        // Every element of the view counts as one of the storage, so a view is never larger than the file; expanded tensors (stride 0) are refused.
        Int128 elements = isEmpty ? 0 : 1, last = offset;
        for (int d = 0; d < sizes.Length && !isEmpty; d++)
        {
            elements *= sizes[d];
            last += (Int128)(sizes[d] - 1) * strides[d];
            if (elements > storage.Count)
            {
                break;
            }
        }

        if (offset < 0 || offset > storage.Count || elements > storage.Count || (elements > 0 && last >= storage.Count))
        {
            return $"shape [{string.Join(", ", sizes)}] with strides [{string.Join(", ", strides)}] from element {offset} on leaves its storage of {storage.Count} elements";
        }

        count = (int)elements;
        return null;
    }

    private void Gather<T>(byte[] copy)
        where T : unmanaged
    {
        ReadOnlySpan<T> source = MemoryMarshal.Cast<byte, T>(_storage.Bytes.Span);
        Span<T> target = MemoryMarshal.Cast<byte, T>(copy.AsSpan());
        Span<long> index = stackalloc long[SafetensorsTensor.MaxRank];
        index.Clear();
        long at = _offset;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = source[(int)at];

            // Count up like an odometer: the innermost index first.
            for (int d = _sizes.Length - 1; d >= 0; d--)
            {
                at += _strides[d];
                if (++index[d] < _sizes[d])
                {
                    break;
                }

                at -= index[d] * _strides[d];
                index[d] = 0;
            }
        }
    }
}
