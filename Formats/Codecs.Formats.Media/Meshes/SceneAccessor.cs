using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace Codecs.Formats.Media;

/// <summary>An array of numbers or vectors in a scene's buffers, checked: all it describes lies inside them.</summary>
/// <remarks>glTF 2.0, 3.6.2: every component type, normalised integers, interleaved views, sparse values, the padded columns of small matrices.</remarks>
public sealed class SceneAccessor
{
    private readonly ReadOnlyMemory<byte>? _data;
    private readonly int _stride, _columns, _rows, _columnBytes;
    private readonly int[]? _sparseAt;
    private readonly ReadOnlyMemory<byte> _sparseData;

    private SceneAccessor(Scene scene, JsonObject json, int index)
    {
        Index = index;
        Count = (int)GltfJson.Integer(json, "count", 0, Array.MaxLength);
        Component = ComponentOf(json, "componentType");
        Normalized = GltfJson.Flag(json, "normalized");
        if (Normalized && Component is AccessorComponent.UInt32 or AccessorComponent.Float32)
        {
            // The standard forbids it for these types; readers ignore it.
            Normalized = false;
        }

        (_columns, _rows) = ShapeOf(json);
        int size = BytesOf(Component);
        _columnBytes = _columns == 1 ? _rows * size : ((_rows * size) + 3) & ~3;
        long offset = GltfJson.Integer(json, "byteOffset", 0, Array.MaxLength, 0);
        if (GltfJson.Index(json, "bufferView", scene.BufferViewCount, "bufferViews") is { } view)
        {
            (ReadOnlyMemory<byte> bytes, int stride) = scene.View(view);
            _stride = stride == 0 ? ElementBytes : stride;
            _data = Part(bytes, offset, Count, _stride, ElementBytes, $"accessors[{index}]", $"bufferViews[{view}]");
        }
        else if (Count > Math.Max(1 << 12, scene.TotalBytes))
        {
            // Zeros cost nothing in a file, so only the size of everything else can bound them.
            throw new MediaException($"accessors[{index}] has {Count} elements without data, more than the file has bytes.");
        }

        if (GltfJson.Object(json, "sparse") is { } sparse)
        {
            (_sparseAt, _sparseData) = ReadSparse(scene, sparse);
        }
    }

    /// <summary>Its place in the document.</summary>
    public int Index { get; }

    /// <summary>Elements.</summary>
    public int Count { get; }

    /// <summary>Numbers of an element: 1 to 4 for scalars and vectors, 4, 9 or 16 for matrices.</summary>
    public int Components => _columns * _rows;

    /// <summary>How numbers are stored.</summary>
    public AccessorComponent Component { get; }

    /// <summary>True when integers stand for 0..1 or -1..1.</summary>
    public bool Normalized { get; }

    /// <summary>True when some elements are stored apart.</summary>
    public bool IsSparse => _sparseAt is not null;

    private int ElementBytes => _columns * _columnBytes;

    /// <summary>Opens one of a scene's accessors.</summary>
    /// <exception cref="MediaException">It does not exist, or does not fit into its buffer.</exception>
    internal static SceneAccessor Open(Scene scene, int index) => new(scene, GltfJson.Item(scene.Json, "accessors", index), index);

    /// <summary>All elements as floats, normalised integers scaled: [Count, Components].</summary>
    /// <exception cref="LimitExceededException">They do not fit into one array.</exception>
    public float[] ReadFloats()
    {
        float[] values = Allocate<float>(Count);
        for (int i = 0, at = 0; i < Count && _data is not null; i++, at += Components)
        {
            Convert(_data.Value.Span[(i * _stride)..], values.AsSpan(at, Components));
        }

        for (int i = 0; i < (_sparseAt?.Length ?? 0); i++)
        {
            Convert(_sparseData.Span[(i * ElementBytes)..], values.AsSpan(_sparseAt![i] * Components, Components));
        }

        return values;
    }

    /// <summary>Some elements as floats, normalised integers scaled: [elements, Components]; costs nothing for the others.</summary>
    /// <param name="elements">Their numbers, each below <see cref="Count"/>.</param>
    public float[] ReadFloats(ReadOnlySpan<int> elements)
    {
        float[] values = Allocate<float>(elements.Length);
        for (int i = 0, at = 0; i < elements.Length; i++, at += Components)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)elements[i], (uint)Count, nameof(elements));
            int special = _sparseAt is null ? -1 : Array.BinarySearch(_sparseAt, elements[i]);
            if (special >= 0)
            {
                Convert(_sparseData.Span[(special * ElementBytes)..], values.AsSpan(at, Components));
            }
            else if (_data is { } data)
            {
                Convert(data.Span[(int)((long)elements[i] * _stride)..], values.AsSpan(at, Components));
            }
        }

        return values;
    }

    /// <summary>All elements as integers, as stored: [Count, Components].</summary>
    /// <exception cref="MediaException">They are floats, or one is above 2^31 - 1.</exception>
    public int[] ReadIntegers()
    {
        if (Component == AccessorComponent.Float32)
        {
            throw new MediaException($"accessors[{Index}] holds floats; expected integers.");
        }

        int[] values = Allocate<int>(Count);
        for (int i = 0, at = 0; i < Count && _data is not null; i++, at += Components)
        {
            Convert(_data.Value.Span[(i * _stride)..], values.AsSpan(at, Components));
        }

        for (int i = 0; i < (_sparseAt?.Length ?? 0); i++)
        {
            Convert(_sparseData.Span[(i * ElementBytes)..], values.AsSpan(_sparseAt![i] * Components, Components));
        }

        return values;
    }

    private static AccessorComponent ComponentOf(JsonObject json, string key)
    {
        var component = (AccessorComponent)GltfJson.Integer(json, key, 0, int.MaxValue);
        return Enum.IsDefined(component) ? component : throw new MediaException($"{json.GetPath()}.{key} is {(int)component}, which is no component type of glTF.");
    }

    private static (int Columns, int Rows) ShapeOf(JsonObject json) => GltfJson.Text(json, "type") switch
    {
        "SCALAR" => (1, 1),
        "VEC2" => (1, 2),
        "VEC3" => (1, 3),
        "VEC4" => (1, 4),
        "MAT2" => (2, 2),
        "MAT3" => (3, 3),
        "MAT4" => (4, 4),
        string other => throw new MediaException($"{json.GetPath()}.type is '{other}', which is no type of glTF."),
        null => throw new MediaException($"{json.GetPath()} has no 'type'."),
    };

    private static int BytesOf(AccessorComponent component) => component switch
    {
        AccessorComponent.Int8 or AccessorComponent.UInt8 => 1,
        AccessorComponent.Int16 or AccessorComponent.UInt16 => 2,
        _ => 4,
    };

    private static ReadOnlyMemory<byte> Part(ReadOnlyMemory<byte> bytes, long offset, int count, int stride, int element, string what, string where)
    {
        if (stride < element)
        {
            throw new MediaException($"{where}.byteStride is {stride}, an element of {what} has {element} bytes.");
        }

        long needed = count == 0 ? 0 : (((long)count - 1) * stride) + element;
        return offset + needed <= bytes.Length
            ? bytes.Slice((int)offset, (int)needed)
            : throw new MediaException($"{what} needs {needed} bytes at {offset} of {where}, which has {bytes.Length}.");
    }

    private (int[] At, ReadOnlyMemory<byte> Values) ReadSparse(Scene scene, JsonObject sparse)
    {
        int count = (int)GltfJson.Integer(sparse, "count", 0, Count);
        string name = $"accessors[{Index}].sparse";
        JsonObject indices = GltfJson.Object(sparse, "indices") ?? throw new MediaException($"{name} has no 'indices'.");
        JsonObject values = GltfJson.Object(sparse, "values") ?? throw new MediaException($"{name} has no 'values'.");
        AccessorComponent type = ComponentOf(indices, "componentType");
        if (type is not (AccessorComponent.UInt8 or AccessorComponent.UInt16 or AccessorComponent.UInt32))
        {
            throw new MediaException($"{name}.indices are {type}; expected unsigned integers.");
        }

        int size = BytesOf(type);
        ReadOnlyMemory<byte> places = Open(indices, size, "indices");
        ReadOnlyMemory<byte> data = Open(values, ElementBytes, "values");
        int[] at = new int[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> from = places.Span[(i * size)..];
            long value = size == 1 ? from[0] : size == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(from) : BinaryPrimitives.ReadUInt32LittleEndian(from);
            if (value >= Count || (i > 0 && value <= at[i - 1]))
            {
                throw new MediaException($"{name}.indices[{i}] is {value}; expected them to increase and to stay below {Count}.");
            }

            at[i] = (int)value;
        }

        return (at, data);

        ReadOnlyMemory<byte> Open(JsonObject part, int element, string what)
        {
            int view = GltfJson.Index(part, "bufferView", scene.BufferViewCount, "bufferViews") ?? throw new MediaException($"{name}.{what} has no 'bufferView'.");
            return Part(scene.View(view).Bytes, GltfJson.Integer(part, "byteOffset", 0, Array.MaxLength, 0), count, element, element, $"{name}.{what}", $"bufferViews[{view}]");
        }
    }

    private T[] Allocate<T>(int elements)
    {
        long numbers = (long)elements * Components;
        return numbers <= Array.MaxLength ? new T[numbers] : throw new LimitExceededException($"accessors[{Index}] has {numbers} numbers, more than one array can hold.");
    }

    private void Convert(ReadOnlySpan<byte> from, Span<float> to)
    {
        for (int i = 0; i < to.Length; i++)
        {
            ReadOnlySpan<byte> number = Place(from, i);
            to[i] = Component switch
            {
                AccessorComponent.Float32 => BinaryPrimitives.ReadSingleLittleEndian(number),
                AccessorComponent.UInt8 => Scale(number[0], 255),
                AccessorComponent.Int8 => Scale((sbyte)number[0], 127),
                AccessorComponent.UInt16 => Scale(BinaryPrimitives.ReadUInt16LittleEndian(number), 65535),
                AccessorComponent.Int16 => Scale(BinaryPrimitives.ReadInt16LittleEndian(number), 32767),
                _ => BinaryPrimitives.ReadUInt32LittleEndian(number),
            };
        }
    }

    // The lowest negative integer is one step beyond -1.
    private float Scale(int value, float most) => Normalized ? Math.Max(value / most, -1) : value;

    private void Convert(ReadOnlySpan<byte> from, Span<int> to)
    {
        for (int i = 0; i < to.Length; i++)
        {
            ReadOnlySpan<byte> number = Place(from, i);
            to[i] = Component switch
            {
                AccessorComponent.UInt8 => number[0],
                AccessorComponent.Int8 => (sbyte)number[0],
                AccessorComponent.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(number),
                AccessorComponent.Int16 => BinaryPrimitives.ReadInt16LittleEndian(number),
                _ => BinaryPrimitives.ReadUInt32LittleEndian(number) is <= int.MaxValue and var value
                    ? (int)value
                    : throw new MediaException($"accessors[{Index}] has the integer {BinaryPrimitives.ReadUInt32LittleEndian(number)}, above {int.MaxValue}."),
            };
        }
    }

    private ReadOnlySpan<byte> Place(ReadOnlySpan<byte> element, int i) => _columns == 1
        ? element[(i * BytesOf(Component))..]
        : element[((i / _rows * _columnBytes) + (i % _rows * BytesOf(Component)))..];
}
