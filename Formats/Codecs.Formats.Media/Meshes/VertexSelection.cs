namespace Codecs.Formats.Media;

/// <summary>Which elements of shared attributes a primitive uses, and its indices renumbered to those.</summary>
/// <remarks>Some programs put all vertices of a model into one array that a thousand primitives index; each must not pay for the whole.</remarks>
internal static class VertexSelection
{
    /// <summary>Renumbers indices in place.</summary>
    /// <param name="indices">The indices.</param>
    /// <returns>The elements in use, ascending.</returns>
    public static int[] Compact(Span<int> indices)
    {
        if (indices.IsEmpty)
        {
            return [];
        }

        int least = int.MaxValue, most = 0;
        foreach (int index in indices)
        {
            least = Math.Min(least, index);
            most = Math.Max(most, index);
        }

        long range = (long)most - least + 1;
        return range <= (4L * indices.Length) + 1024 ? ByTable(indices, least, (int)range) : BySearch(indices);
    }

    private static int[] ByTable(Span<int> indices, int least, int range)
    {
        int[] places = new int[range];
        foreach (int index in indices)
        {
            places[index - least] = 1;
        }

        int count = 0;
        foreach (int used in places)
        {
            count += used;
        }

        int[] elements = new int[count];
        for (int i = 0, next = 0; i < range; i++)
        {
            if (places[i] == 1)
            {
                elements[next] = least + i;
                places[i] = next++;
            }
        }

        foreach (ref int index in indices)
        {
            index = places[index - least];
        }

        return elements;
    }

    private static int[] BySearch(Span<int> indices)
    {
        int[] sorted = indices.ToArray();
        Array.Sort(sorted);
        int count = 1;
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] != sorted[count - 1])
            {
                sorted[count++] = sorted[i];
            }
        }

        int[] elements = sorted[..count];
        foreach (ref int index in indices)
        {
            index = Array.BinarySearch(elements, index);
        }

        return elements;
    }
}
