using Codecs.Formats.Container;

namespace Codecs.Formats.Weights.Torch;

/// <summary>A tensor of a checkpoint: a slice of the file where it lies there row by row, else a copy in that order.</summary>
public sealed class TorchTensor
{
    internal TorchTensor(ElementType type, IReadOnlyList<long> shape, ReadOnlyMemory<byte> bytes) => (Type, Shape, Bytes) = (type, shape, bytes);

    /// <summary>The element type.</summary>
    public ElementType Type { get; }

    /// <summary>Dimensions, outermost first; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The elements, little-endian, row-major.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The same tensor under a name.</summary>
    /// <param name="name">Its name; not empty, not "__metadata__".</param>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public SafetensorsTensor Named(string name) => new(name, Type, Shape, Bytes);
}
