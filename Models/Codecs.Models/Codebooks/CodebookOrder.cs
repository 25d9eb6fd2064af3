namespace Codecs.Models.Codebooks;

/// <summary>Numbers a codebook so that the bits of an index are a hierarchy of clusters: codes that share their first bits are near each other.</summary>
/// <remarks>
/// The codes are halved at the median along their principal axis, then each half along its own, down to single codes. Made once, when a model is exported;
/// entropy coder and tables are trained on the new numbers.
/// </remarks>
internal static class CodebookOrder
{
    private const int Iterations = 60;

    /// <summary>The order.</summary>
    /// <param name="vectors">Code vectors [codes, dimensions]; the number of codes is a power of two.</param>
    /// <param name="dimensions">Elements of a vector.</param>
    /// <returns>For every new number the old one.</returns>
    /// <exception cref="ArgumentException">The number of codes is not a power of two.</exception>
    internal static int[] Of(ReadOnlySpan<float> vectors, int dimensions)
    {
        int codes = vectors.Length / dimensions;
        if (codes * dimensions != vectors.Length || !int.IsPow2(codes))
        {
            throw new ArgumentException($"{vectors.Length} numbers are not a power of two of vectors of {dimensions} elements.", nameof(vectors));
        }

        int[] order = [.. Enumerable.Range(0, codes)];
        Split(vectors, dimensions, order, []);
        return order;
    }

    private static void Split(ReadOnlySpan<float> vectors, int dimensions, Span<int> codes, double[] parent)
    {
        if (codes.Length < 2)
        {
            return;
        }

        double[] axis = PrincipalAxis(vectors, dimensions, codes);
        double along = 0;
        for (int i = 0; i < parent.Length; i++)
        {
            along += parent[i] * axis[i];
        }

        // Turned towards the axis above, so that neighbours in number are more often neighbours in space.
        double sign = along < 0 ? -1 : 1;
        double[] keys = new double[codes.Length];
        for (int c = 0; c < codes.Length; c++)
        {
            ReadOnlySpan<float> vector = vectors.Slice(codes[c] * dimensions, dimensions);
            for (int i = 0; i < dimensions; i++)
            {
                keys[c] += sign * axis[i] * vector[i];
            }
        }

        keys.AsSpan().Sort(codes);
        Split(vectors, dimensions, codes[..(codes.Length / 2)], axis);
        Split(vectors, dimensions, codes[(codes.Length / 2)..], axis);
    }

    // Power iteration, from the element that varies most.
    private static double[] PrincipalAxis(ReadOnlySpan<float> vectors, int dimensions, ReadOnlySpan<int> codes)
    {
        double[] mean = new double[dimensions], variance = new double[dimensions], axis = new double[dimensions], next = new double[dimensions];
        foreach (int code in codes)
        {
            for (int i = 0; i < dimensions; i++)
            {
                mean[i] += vectors[(code * dimensions) + i] / codes.Length;
            }
        }

        foreach (int code in codes)
        {
            for (int i = 0; i < dimensions; i++)
            {
                double difference = vectors[(code * dimensions) + i] - mean[i];
                variance[i] += difference * difference;
            }
        }

        axis[Array.IndexOf(variance, variance.Max())] = 1;
        for (int round = 0; round < Iterations; round++)
        {
            Array.Clear(next);
            foreach (int code in codes)
            {
                ReadOnlySpan<float> vector = vectors.Slice(code * dimensions, dimensions);
                double product = 0;
                for (int i = 0; i < dimensions; i++)
                {
                    product += (vector[i] - mean[i]) * axis[i];
                }

                for (int i = 0; i < dimensions; i++)
                {
                    next[i] += (vector[i] - mean[i]) * product;
                }
            }

            double length = Math.Sqrt(next.Sum(v => v * v));
            if (length == 0)
            {
                break;
            }

            for (int i = 0; i < dimensions; i++)
            {
                axis[i] = next[i] / length;
            }
        }

        return axis;
    }
}
