namespace Codecs.Geometry.Points;

/// <summary>Codes of cells: the bits of x, y and z in turn, x lowest. Their order is that of an octree.</summary>
internal static class Morton
{
    private const ulong XMask = 0x1249249249249249;

    /// <summary>The code of a place; 20 bits an axis.</summary>
    public static ulong Code(int x, int y, int z) => Spread((uint)x) | Spread((uint)y) << 1 | Spread((uint)z) << 2;

    /// <summary>One axis of a code's place.</summary>
    public static int Axis(ulong code, int axis)
    {
        ulong v = code >> axis & XMask;
        v = (v ^ v >> 2) & 0x10C30C30C30C30C3;
        v = (v ^ v >> 4) & 0x100F00F00F00F00F;
        v = (v ^ v >> 8) & 0x001F0000FF0000FF;
        v = (v ^ v >> 16) & 0x001F00000000FFFF;
        v = (v ^ v >> 32) & 0x001FFFFF;
        return (int)v;
    }

    /// <summary>The neighbour one step down an axis; beyond the border a code that no cell has.</summary>
    public static ulong Before(ulong code, int axis)
    {
        ulong mask = XMask << axis;
        return ((code & mask) - 1 & mask) | (code & ~mask);
    }

    /// <summary>The neighbour one step up an axis; beyond the border a code that no cell has.</summary>
    public static ulong After(ulong code, int axis)
    {
        ulong mask = XMask << axis;
        return ((code | ~mask) + 1 & mask) | (code & ~mask);
    }

    private static ulong Spread(ulong v)
    {
        v = (v | v << 32) & 0x001F00000000FFFF;
        v = (v | v << 16) & 0x001F0000FF0000FF;
        v = (v | v << 8) & 0x100F00F00F00F00F;
        v = (v | v << 4) & 0x10C30C30C30C30C3;
        return (v | v << 2) & XMask;
    }
}
