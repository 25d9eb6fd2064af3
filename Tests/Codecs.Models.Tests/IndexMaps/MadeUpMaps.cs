using Codecs.Models.IndexMaps;
using CsCheck;

namespace Codecs.Models.Tests.IndexMaps;

/// <summary>Maps that are a little like those of pictures, made of integers only.</summary>
internal static class MadeUpMaps
{
    /// <summary>Maps of all depths and odd shapes.</summary>
    internal static Gen<IndexMap> Any(int maxBits) =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12], Gen.Int[1, maxBits], Gen.Int, (rows, columns, bits, seed) => Create(rows, columns, bits, seed));

    /// <summary>A map whose indices often follow those to the left or above for some bits.</summary>
    internal static IndexMap Create(int rows, int columns, int bits, int seed)
    {
        var random = new Random(seed);
        ushort[] values = new ushort[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            int near = i % columns > 0 && random.Next(2) == 0 ? values[i - 1] : i >= columns ? values[i - columns] : 0, free = random.Next(bits + 1);
            values[i] = (ushort)((near >> free << free) | random.Next(1 << free));
        }

        return new IndexMap(rows, columns, bits, values);
    }
}
