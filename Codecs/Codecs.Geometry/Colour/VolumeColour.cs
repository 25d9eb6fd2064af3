using System.Numerics;
using Codecs.Geometry.Fields;

namespace Codecs.Geometry.Colour;

/// <summary>Colours from a volume: trilinear between its nodes.</summary>
internal sealed class VolumeColour : ISpaceColour
{
    private readonly FieldFrame _frame;
    private readonly int _size;
    private readonly Vector3[] _nodes;

    /// <summary>Brings back a volume.</summary>
    internal VolumeColour(VolumeSymbols symbols, FieldFrame frame)
    {
        (_frame, _size) = (frame, symbols.Size);
        var planes = new float[VolumeSymbols.PlaneCount][];
        for (int p = 0; p < planes.Length; p++)
        {
            planes[p] = CosineTransform.Inverse(Values(symbols, p), _size, _size);
        }

        _nodes = new Vector3[planes[0].Length];
        for (int i = 0; i < _nodes.Length; i++)
        {
            _nodes[i] = ToRgb(planes[0][i], planes[1][i], planes[2][i]);
        }
    }

    /// <summary>Luma (0..1), orange and green (-1..1) of a colour (H. Malvar, G. Sullivan, 2003: YCoCg).</summary>
    internal static Vector3 FromRgb(Vector3 c) => new((c.X + (2 * c.Y) + c.Z) / 4, c.X - c.Z, c.Y - ((c.X + c.Z) / 2));

    /// <summary>Coefficients of a plane.</summary>
    internal static float[] Values(VolumeSymbols symbols, int plane)
    {
        float step = VolumeSymbols.StepOf(symbols.Step, plane);
        return Array.ConvertAll(symbols.Planes[plane], q => q * step);
    }

    /// <summary>The nodes around a point of the field and its weights between the first and the last of them.</summary>
    internal static (int At, Vector3 Weights) Cell(Vector3 field, int size)
    {
        Vector3 place = Vector3.Clamp((field + Vector3.One) * ((size - 1) / 2f), Vector3.Zero, new Vector3(size - 1));
        int x = Math.Min((int)place.X, size - 2), y = Math.Min((int)place.Y, size - 2), z = Math.Min((int)place.Z, size - 2);
        return ((((z * size) + y) * size) + x, place - new Vector3(x, y, z));
    }

    /// <inheritdoc/>
    public Vector3 At(Vector3 point, Vector3 normal)
    {
        (int at, Vector3 w) = Cell(_frame.ToField(point), _size);
        Vector3 front = Vector3.Lerp(Row(at, w.X), Row(at + _size, w.X), w.Y);
        at += _size * _size;
        Vector3 back = Vector3.Lerp(Row(at, w.X), Row(at + _size, w.X), w.Y);
        return Vector3.Clamp(Vector3.Lerp(front, back, w.Z), Vector3.Zero, Vector3.One);
    }

    private static Vector3 ToRgb(float y, float co, float cg)
    {
        float rest = y - (cg / 2);
        return new Vector3(rest + (co / 2), y + (cg / 2), rest - (co / 2));
    }

    private Vector3 Row(int at, float weight) => Vector3.Lerp(_nodes[at], _nodes[at + 1], weight);
}
