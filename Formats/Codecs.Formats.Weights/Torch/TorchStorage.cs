using Codecs.Formats.Container;

namespace Codecs.Formats.Weights.Torch;

/// <summary>The flat memory that tensors are views of.</summary>
/// <param name="Type">Type of its elements.</param>
/// <param name="Bytes">A whole number of elements.</param>
internal sealed record TorchStorage(ElementType Type, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Number of elements.</summary>
    public int Count => Bytes.Length / Type.SizeOf();
}
