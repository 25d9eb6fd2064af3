using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Geometry.Triangles;

namespace Codecs.Geometry.Colour;

/// <summary>Codes the coefficients of a colour volume, low frequencies first, with adaptive bits. The syntax: README, "Volume".</summary>
internal sealed class VolumeCoder
{
    private const CheckMode Check = CheckMode.Check16;
    private const int Unary = 14, LargestRest = 1 << 20;
    private const int RadiusBits = 6, RadiusRows = 16, AroundRows = 9, BesideRows = 3, StraightRows = 4;

    // Eight lower neighbours less the coefficient itself: bit 0 x, bit 1 y, bit 2 z.
    private const int Neighbours = 8;

    private readonly MixedBits _bits = new(Unary, 2, RadiusRows * VolumeSymbols.PlaneCount, AroundRows * 2, BesideRows * StraightRows);
    private readonly ExpGolombBits _rest = new(1, LargestRest);
    private readonly int _size;
    private readonly int[] _order;
    private readonly byte[] _radius;

    private VolumeCoder(int size)
    {
        _size = size;
        int count = size * size * size;
        (_order, _radius) = (new int[count], new byte[count]);
        long[] keys = new long[count];
        for (int i = 0; i < count; i++)
        {
            int x = i % size, y = i / size % size, z = i / (size * size);
            int squared = (x * x) + (y * y) + (z * z);
            (_order[i], keys[i]) = (i, ((long)squared * count) + i);
            _radius[i] = (byte)IntegerRoot(squared);
        }

        Array.Sort(keys, _order);
    }

    /// <summary>Encodes coefficients; size and step are not among the bytes.</summary>
    internal static byte[] Encode(VolumeSymbols symbols)
    {
        var output = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(output);
        new VolumeCoder(symbols.Size).Code(new WritingPort(encoder), symbols.Planes);
        encoder.Bind([(byte)symbols.Size, (byte)symbols.Step]);
        _ = encoder.Finish(Check);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Decodes coefficients.</summary>
    /// <exception cref="InvalidBitstreamException">The bytes are damaged.</exception>
    internal static VolumeSymbols Decode(ReadOnlyMemory<byte> payload, int size, int step)
    {
        int count = size * size * size;
        int[][] planes = [new int[count], new int[count], new int[count]];
        var decoder = new RangeDecoder(payload, Check);
        new VolumeCoder(size).Code(new ReadingPort(decoder), planes);
        decoder.Bind([(byte)size, (byte)step]);
        decoder.Finish().ThrowIfFailed("colour volume");
        return new VolumeSymbols(size, step, planes);
    }

    private static int IntegerRoot(int squared)
    {
        int root = 0;
        while ((root + 1) * (root + 1) <= squared)
        {
            root++;
        }

        return root;
    }

    private void Code<TPort>(TPort port, int[][] planes)
        where TPort : struct, IBitPort
    {
        for (int p = 0; p < planes.Length; p++)
        {
            // Radii of a volume end below 54; what lies beyond the end is 0. 0: nothing at all.
            int end = (int)port.Raw((uint)End(planes[p]), RadiusBits);
            foreach (int at in _order)
            {
                if (_radius[at] >= end)
                {
                    break;
                }

                SelectRows(planes, p, at, end);
                planes[p][at] = CodeValue(port, planes[p][at]);
            }
        }
    }

    private int End(int[] plane)
    {
        int end = 0;
        for (int i = 0; i < plane.Length; i++)
        {
            end = plane[i] != 0 ? Math.Max(end, _radius[i] + 1) : end;
        }

        return end;
    }

    private void SelectRows(int[][] planes, int p, int at, int end)
    {
        int x = at % _size, y = at / _size % _size, z = at / (_size * _size);
        int around = 0, straight = 0, beside = 0;
        for (int n = 1; n < Neighbours; n++)
        {
            int dx = n & 1, dy = (n >> 1) & 1, dz = n >> 2;
            if (x >= dx && y >= dy && z >= dz)
            {
                int magnitude = Math.Abs(planes[p][at - dx - (dy * _size) - (dz * _size * _size)]);
                around += Math.Min(2, magnitude);
                straight = dx + dy + dz == 1 ? straight + Math.Min(2, magnitude) : straight;
            }
        }

        for (int before = 0; before < p; before++)
        {
            beside = Math.Max(beside, Math.Min(BesideRows - 1, Math.Abs(planes[before][at])));
        }

        _bits.Select(0, (p * RadiusRows) + (_radius[at] * RadiusRows / end));
        _bits.Select(1, (Math.Min(p, 1) * AroundRows) + Math.Min(AroundRows - 1, around));
        _bits.Select(2, (beside * StraightRows) + Math.Min(StraightRows - 1, straight));
    }

    private int CodeValue<TPort>(TPort port, int value)
        where TPort : struct, IBitPort
    {
        int magnitude = Math.Abs(value), at = 0;
        while (at < Unary && _bits.Code(port, at, Math.Min(at, 1), magnitude > at ? 1 : 0) != 0)
        {
            at++;
        }

        if (at == 0)
        {
            return 0;
        }

        int decoded = at < Unary ? at : at + _rest.Code(port, 0, magnitude - at);
        return port.Raw(value < 0 ? 1u : 0u, 1) != 0 ? -decoded : decoded;
    }
}
