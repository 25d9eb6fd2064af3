using System.Numerics;

namespace Codecs.Geometry.Fields;

/// <summary>The orthonormal cosine transform (DCT-II) of a cube, and its way back onto any number of nodes.</summary>
internal static class CosineTransform
{
    /// <summary>Coefficients of a volume, [z, y, x], lowest frequencies first.</summary>
    internal static float[] Forward(ReadOnlySpan<float> volume, int size) => Apply(volume, size, Basis(size, size), size, transposed: true);

    /// <summary>The volume of coefficients, seen on as many nodes as wanted between the same first and last node.</summary>
    internal static float[] Inverse(ReadOnlySpan<float> coefficients, int size, int nodes) => Apply(coefficients, size, Basis(size, nodes), nodes, transposed: false);

    // [node, frequency]
    private static float[] Basis(int size, int nodes)
    {
        float[] basis = new float[nodes * size];
        for (int n = 0; n < nodes; n++)
        {
            double at = (n * (size - 1.0) / (nodes - 1)) + 0.5;
            for (int k = 0; k < size; k++)
            {
                basis[(n * size) + k] = (float)(Math.Cos(Math.PI * k * at / size) * Math.Sqrt((k == 0 ? 1.0 : 2.0) / size));
            }
        }

        return basis;
    }

    // Each pass transforms the last axis and makes it the first: after three all axes are where they were.
    private static float[] Apply(ReadOnlySpan<float> source, int size, float[] basis, int nodes, bool transposed)
    {
        float[] current = source.ToArray(), rowsOfBasis = transposed ? Transpose(basis, nodes) : basis;
        int rows = size * size;
        for (int pass = 0; pass < 3; pass++)
        {
            float[] next = new float[nodes * rows];
            for (int n = 0; n < nodes; n++)
            {
                Span<float> to = next.AsSpan(n * rows, rows);
                for (int r = 0; r < rows; r++)
                {
                    to[r] = Dot(current.AsSpan(r * size, size), rowsOfBasis.AsSpan(n * size, size));
                }
            }

            current = next;
            rows = pass == 0 ? nodes * size : nodes * nodes;
        }

        return current;
    }

    private static float Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        Vector<float> sum = Vector<float>.Zero;
        int i = 0;
        for (; i <= one.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sum += new Vector<float>(one[i..]) * new Vector<float>(other[i..]);
        }

        float result = Vector.Sum(sum);
        for (; i < one.Length; i++)
        {
            result += one[i] * other[i];
        }

        return result;
    }

    private static float[] Transpose(float[] square, int side)
    {
        float[] turned = new float[square.Length];
        for (int i = 0; i < square.Length; i++)
        {
            turned[(i % side * side) + (i / side)] = square[i];
        }

        return turned;
    }
}
