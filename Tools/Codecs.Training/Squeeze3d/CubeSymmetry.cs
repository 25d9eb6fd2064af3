using Codecs.Models.Squeeze3d;

namespace Codecs.Training.Squeeze3d;

/// <summary>The 48 ways to turn and mirror a cube, as orders of its nodes.</summary>
internal static class CubeSymmetry
{
    /// <summary>Ways.</summary>
    internal const int Count = 48;

    private static readonly int[][] s_axes = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    private static readonly Lazy<int[][]> s_sources = new(() => [.. Enumerable.Range(0, Count).Select(Sources)]);

    /// <summary>Turns a volume: destination node i comes from source node Of(way)[i].</summary>
    internal static ReadOnlySpan<int> Of(int way) => s_sources.Value[way];

    private static int[] Sources(int way)
    {
        const int nodes = ShapeCode.Nodes;
        int[] axes = s_axes[way % s_axes.Length], sources = new int[ShapeCode.VolumeLength], at = new int[3];
        int mirrors = way / s_axes.Length;
        for (int i = 0; i < sources.Length; i++)
        {
            (at[0], at[1], at[2]) = (i % nodes, i / nodes % nodes, i / (nodes * nodes));
            int source = 0;
            for (int a = 2; a >= 0; a--)
            {
                int place = at[axes[a]];
                source = (source * nodes) + (((mirrors >> a) & 1) != 0 ? nodes - 1 - place : place);
            }

            sources[i] = source;
        }

        return sources;
    }
}
