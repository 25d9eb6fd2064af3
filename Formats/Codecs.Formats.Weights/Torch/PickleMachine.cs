using System.Globalization;
using Codecs.Formats.Container;

namespace Codecs.Formats.Weights.Torch;

/// <summary>What the opcodes of a pickle work on: stack, marks, memo, and the few objects that may be built.</summary>
internal sealed class PickleMachine(PickleInput input, Func<string, ReadOnlyMemory<byte>?> findStorage, long copyBudget)
{
    /// <summary>Most values, marks and memo entries a pickle may make, one after another: bounds memory and time.</summary>
    public const int MaxValues = 4_000_000;

    private const int MaxKeyLength = 4096;

    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<uint, object?> _memo = [];
    private int _values;
    private long _copyBudget = copyBudget;

    /// <summary>True when neither values nor marks are left.</summary>
    public bool IsEmpty => _stack.Count == 0 && _marks.Count == 0;

    public int MemoCount => _memo.Count;

    public void Push(object? value)
    {
        Charge();
        _stack.Add(value);
    }

    public object? Pop()
    {
        object? top = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    public object? Peek() => _stack.Count > Floor
        ? _stack[^1]
        : throw Fault("the stack is empty");

    public void Mark()
    {
        Charge();
        _marks.Add(_stack.Count);
    }

    /// <summary>Everything above the last mark, which goes with it.</summary>
    public object?[] PopMark()
    {
        int floor = _marks.Count > 0 ? _marks[^1] : throw Fault("there is no mark");
        _marks.RemoveAt(_marks.Count - 1);
        object?[] items = [.. _stack[floor..]];
        _stack.RemoveRange(floor, _stack.Count - floor);
        return items;
    }

    public object?[] PopMany(int count)
    {
        object?[] items = new object?[count];
        for (int i = count - 1; i >= 0; i--)
        {
            items[i] = Pop();
        }

        return items;
    }

    public void Put(uint index)
    {
        Charge();
        _memo[index] = Peek();
    }

    public void Get(uint index) => Push(_memo.TryGetValue(index, out object? value) ? value : throw Fault($"nothing was kept under {index}"));

    /// <summary>Lists that are objects of a foreign class lose their items.</summary>
    public void Append(ReadOnlySpan<object?> items)
    {
        switch (Peek())
        {
            case List<object?> list:
                list.AddRange(items);
                break;
            case TorchOpaque:
                break;
            default:
                throw Fault("items are appended to something that is no list");
        }
    }

    /// <summary>Dictionaries that are objects of a foreign class lose their items.</summary>
    public void SetItems(ReadOnlySpan<object?> items)
    {
        Dictionary<string, object?>? dictionary = Peek() switch
        {
            Dictionary<string, object?> found => found,
            TorchOpaque => null,
            _ => throw Fault("items are set in something that is no dictionary"),
        };
        if (items.Length % 2 != 0)
        {
            throw Fault("a key has no value");
        }

        for (int i = 0; dictionary is not null && i < items.Length; i += 2)
        {
            if (KeyText(items[i]) is { } key)
            {
                dictionary[CheckKey(key)] = items[i + 1];
            }
        }
    }

    /// <summary>REDUCE and NEWOBJ: what a call of the function below would have made.</summary>
    public void Reduce()
    {
        object?[] arguments = Pop() as object?[] ?? throw Fault("arguments are no tuple");
        object? called = Pop();
        if (called is TorchOpaque result)
        {
            // A method of a foreign object, or what a foreign function would have returned.
            Push(new TorchOpaque(result.TypeName, arguments));
            return;
        }

        PickleGlobal function = called as PickleGlobal ?? throw Fault("something that is no function is called");
        Push(function.Name switch
        {
            PickleGlobal.RebuildTensor => RebuildTensor(arguments),
            PickleGlobal.RebuildParameter => arguments is [TorchTensor tensor, ..] ? tensor : throw Fault("a parameter has no tensor"),
            PickleGlobal.OrderedDictionary => arguments.Length == 0
                ? new Dictionary<string, object?>(StringComparer.Ordinal)
                : throw new UnsupportedBitstreamException("The checkpoint fills an OrderedDict in a way of Python 2; load and save it again with a current PyTorch."),
            PickleGlobal.Size => arguments is [object?[] sizes] ? sizes : throw Fault("a size is no tuple"),
            _ when function.IsOpaque => new TorchOpaque(function.Name, arguments),
            _ => throw new UnsupportedBitstreamException($"The checkpoint calls '{function.Name}', which is no function that makes tensors; nothing was executed."),
        });
    }

    /// <summary>NEWOBJ_EX: the same with named arguments, which no function that makes tensors has.</summary>
    public void ReduceNamed()
    {
        Pop();
        Reduce();
    }

    /// <summary>BUILD: fields of opaque objects are recorded; attributes of dictionaries and tensors say nothing about values.</summary>
    public void Build()
    {
        object? state = Pop();
        switch (Peek())
        {
            case TorchOpaque opaque:
                opaque.State = state;
                break;
            case Dictionary<string, object?> or TorchTensor:
                break;
            default:
                throw Fault("fields are set on something that has none");
        }
    }

    /// <summary>BINPERSID: ('storage', class, key, device, elements).</summary>
    public void LoadStorage()
    {
        if (Pop() as object?[] is not ["storage", PickleGlobal { Storage: { } type }, string key, string, long count])
        {
            throw Fault("a persistent object is no storage");
        }

        ReadOnlyMemory<byte> bytes = findStorage(CheckKey(key)) ?? throw Fault($"storage '{key}' is not in the file");
        int size = type.SizeOf();
        Push(count >= 0 && count == bytes.Length / size
            ? new TorchStorage(type, bytes[..((int)count * size)])
            : throw Fault($"storage '{key}' should have {count} elements of {size} bytes, {bytes.Length} bytes are there"));
    }

    public InvalidBitstreamException Fault(string what) => new($"The checkpoint's pickle is damaged: {what}", input.Position);

    // Lightning keys the states of its callbacks by their classes. What cannot be told apart by a short text is left out with its value.
    private static string? KeyText(object? key) => key switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        PickleGlobal named => named.Name,
        double number => number.ToString(CultureInfo.InvariantCulture),
        bool flag => flag ? "True" : "False",
        null => "None",
        _ => null,
    };

    // A long key that is used again and again would cost time without costing bytes.
    private static string CheckKey(string key) => key.Length <= MaxKeyLength
        ? key
        : throw new LimitExceededException($"A key of the checkpoint has {key.Length} characters, at most {MaxKeyLength} are read.");

    private void Charge()
    {
        if (++_values > MaxValues)
        {
            throw new LimitExceededException($"The checkpoint's structure has more than {MaxValues} values.");
        }
    }

    private int Floor => _marks.Count > 0 ? _marks[^1] : 0;

    // (storage, offset, sizes, strides, requires_grad, hooks[, metadata]); what follows the strides concerns training only.
    private TorchTensor RebuildTensor(object?[] arguments)
    {
        if (arguments is not [TorchStorage storage, long offset, object?[] sizes, object?[] strides, ..])
        {
            throw Fault("a tensor is not described by storage, offset, sizes and strides");
        }

        StridedView view = StridedView.Create(storage, offset, Numbers(sizes), Numbers(strides), out string? fault) ?? throw Fault("a tensor has " + fault);
        _copyBudget -= view.CopiedBytes;
        return _copyBudget >= 0
            ? view.ToTensor()
            : throw new LimitExceededException("The checkpoint's tensors overlap in more bytes than the file has; save contiguous copies of them.");
    }

    private long[] Numbers(object?[] values)
    {
        if (values.Length > SafetensorsTensor.MaxRank)
        {
            throw Fault($"{values.Length} dimensions, at most {SafetensorsTensor.MaxRank} are allowed");
        }

        return Array.ConvertAll(values, v => v is long number ? number : throw Fault("a dimension is no integer"));
    }
}
