using System.Runtime.Intrinsics;
using Codecs.Formats.Weights;
using Codecs.Models.Layers;

namespace Codecs.Models.Vqgan;

/// <summary>The tree of code vectors as a file has it. Immutable; needs no torch.</summary>
internal sealed class VqxCodebook
{
    /// <summary>Name of the tensor: node vectors in heap order [8192, <see cref="VqxShape.Dimensions"/>]; row 0 is unused, the root is row 1.</summary>
    internal const string Tensor = "nodes";

    private readonly float[] _nodes;

    /// <exception cref="ModelMismatchException">The tensor is missing or has another size.</exception>
    internal VqxCodebook(SafetensorsFile file) => _nodes = WeightLoader.Floats(file, Tensor, 2 * VqxShape.Codes * VqxShape.Dimensions);

    /// <summary>The vectors of all nodes in heap order.</summary>
    internal ReadOnlySpan<float> Nodes => _nodes;

    /// <summary>The vector of an index of so many bits.</summary>
    internal ReadOnlySpan<float> Vector(int bits, int index) => _nodes.AsSpan(((1 << bits) + index) * VqxShape.Dimensions, VqxShape.Dimensions);

    /// <summary>Squared distances of a vector from all codes of so many bits.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="bits">Bits of an index.</param>
    /// <param name="distances">Receives 2^bits numbers.</param>
    internal void Distances(ReadOnlySpan<float> vector, int bits, Span<float> distances)
    {
        for (int i = 0; i < 1 << bits; i++)
        {
            ReadOnlySpan<float> code = Vector(bits, i);
            Vector256<float> sum = Vector256<float>.Zero;
            for (int d = 0; d < VqxShape.Dimensions; d += Vector256<float>.Count)
            {
                Vector256<float> difference = Vector256.Create(vector[d..]) - Vector256.Create(code[d..]);
                sum += difference * difference;
            }

            distances[i] = Vector256.Sum(sum);
        }
    }
}
