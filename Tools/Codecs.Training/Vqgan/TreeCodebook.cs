namespace Codecs.Training.Vqgan;

/// <summary>Hierarchical k-means: a binary tree of code vectors, each node the mean of the vectors that reach it.</summary>
/// <remarks>Each node is split in two along the element that varies most, then by a few rounds of two-means among the vectors of the node.</remarks>
internal static class TreeCodebook
{
    private const int Rounds = 6;

    /// <summary>Builds the tree.</summary>
    /// <param name="vectors">[count, dimensions]; better many times as many as leaves.</param>
    /// <param name="dimensions">Elements of a vector.</param>
    /// <param name="depth">Levels below the root.</param>
    /// <param name="random">Moves apart what cannot be split.</param>
    /// <returns>Node vectors in heap order [2^(depth + 1), dimensions]; row 0 is unused.</returns>
    internal static float[] Build(ReadOnlySpan<float> vectors, int dimensions, int depth, Random random)
    {
        int count = vectors.Length / dimensions;
        float[] nodes = new float[(2 << depth) * dimensions];
        int[] at = new int[count];
        Array.Fill(at, 1);
        Average(vectors, dimensions, at, nodes, 1, 1);
        for (int level = 0; level < depth; level++)
        {
            int first = 1 << level;
            Divide(vectors, dimensions, at, nodes, first, random);
            for (int round = 0; round < Rounds; round++)
            {
                for (int i = 0; i < count; i++)
                {
                    int child = round == 0 ? at[i] * 2 : at[i] & ~1;
                    ReadOnlySpan<float> v = vectors.Slice(i * dimensions, dimensions);
                    at[i] = Distance(v, nodes.AsSpan(child * dimensions, dimensions)) <= Distance(v, nodes.AsSpan((child + 1) * dimensions, dimensions)) ? child : child + 1;
                }

                Average(vectors, dimensions, at, nodes, 2 * first, 2 * first);
            }
        }

        return nodes;
    }

    // Puts two children beside each node: one standard deviation apart along the element that varies most.
    private static void Divide(ReadOnlySpan<float> vectors, int dimensions, int[] at, float[] nodes, int first, Random random)
    {
        double[] squares = new double[first * dimensions];
        int[] members = new int[first];
        for (int i = 0; i < at.Length; i++)
        {
            int n = at[i] - first;
            members[n]++;
            for (int d = 0; d < dimensions; d++)
            {
                double difference = vectors[(i * dimensions) + d] - nodes[(at[i] * dimensions) + d];
                squares[(n * dimensions) + d] += difference * difference;
            }
        }

        for (int n = 0; n < first; n++)
        {
            ReadOnlySpan<double> variance = squares.AsSpan(n * dimensions, dimensions);
            int widest = 0;
            for (int d = 1; d < dimensions; d++)
            {
                widest = variance[d] > variance[widest] ? d : widest;
            }

            ReadOnlySpan<float> parent = nodes.AsSpan((first + n) * dimensions, dimensions);
            float step = (float)Math.Sqrt(variance[widest] / Math.Max(1, members[n])) * 0.5f;
            for (int side = 0; side < 2; side++)
            {
                Span<float> child = nodes.AsSpan(((2 * (first + n)) + side) * dimensions, dimensions);
                parent.CopyTo(child);
                child[widest] += (side == 0 ? -1 : 1) * (step > 0 ? step : 1e-3f * random.NextSingle());
            }
        }
    }

    // Means of the nodes first .. first + count - 1; an empty node stays where it is.
    private static void Average(ReadOnlySpan<float> vectors, int dimensions, int[] at, float[] nodes, int first, int count)
    {
        double[] sums = new double[count * dimensions];
        int[] members = new int[count];
        for (int i = 0; i < at.Length; i++)
        {
            int n = at[i] - first;
            members[n]++;
            for (int d = 0; d < dimensions; d++)
            {
                sums[(n * dimensions) + d] += vectors[(i * dimensions) + d];
            }
        }

        for (int n = 0; n < count; n++)
        {
            for (int d = 0; d < dimensions && members[n] > 0; d++)
            {
                nodes[((first + n) * dimensions) + d] = (float)(sums[(n * dimensions) + d] / members[n]);
            }
        }
    }

    private static float Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float sum = 0;
        for (int d = 0; d < a.Length; d++)
        {
            sum += (a[d] - b[d]) * (a[d] - b[d]);
        }

        return sum;
    }
}
