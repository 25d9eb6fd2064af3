namespace Codecs.Geometry.Decimation;

/// <summary>Sum of squared distances to planes, each with a weight: p' A p + 2 b' p + c.</summary>
/// <remarks>M. Garland and P. Heckbert, "Surface simplification using quadric error metrics", SIGGRAPH 1997. float64 without fused operations, so the same everywhere.</remarks>
internal struct Quadric
{
    // A plane set determines a point if the determinant is not lost in rounding against the trace.
    private const double SmallestDeterminant = 1e-4;

    private double _xx, _xy, _xz, _yy, _yz, _zz, _x, _y, _z, _c;

    /// <summary>Sum of the weights.</summary>
    public double Weight { get; private set; }

    /// <summary>Adds the plane n p + d = 0.</summary>
    public void AddPlane(Point3 normal, double distance, double weight)
    {
        _xx += weight * normal.X * normal.X;
        _xy += weight * normal.X * normal.Y;
        _xz += weight * normal.X * normal.Z;
        _yy += weight * normal.Y * normal.Y;
        _yz += weight * normal.Y * normal.Z;
        _zz += weight * normal.Z * normal.Z;
        _x += weight * normal.X * distance;
        _y += weight * normal.Y * distance;
        _z += weight * normal.Z * distance;
        _c += weight * distance * distance;
        Weight += weight;
    }

    /// <summary>Adds another sum.</summary>
    public void Add(in Quadric other)
    {
        _xx += other._xx;
        _xy += other._xy;
        _xz += other._xz;
        _yy += other._yy;
        _yz += other._yz;
        _zz += other._zz;
        _x += other._x;
        _y += other._y;
        _z += other._z;
        _c += other._c;
        Weight += other.Weight;
    }

    /// <summary>The sum at a point, at least 0.</summary>
    public readonly double At(Point3 p)
    {
        double value = p.X * (_xx * p.X + 2 * (_xy * p.Y + _xz * p.Z + _x)) + p.Y * (_yy * p.Y + 2 * (_yz * p.Z + _y)) + p.Z * (_zz * p.Z + 2 * _z) + _c;
        return Math.Max(value, 0);
    }

    /// <summary>The point of the smallest sum, if the planes determine one.</summary>
    public readonly bool TrySolve(out Point3 point)
    {
        double c00 = _yy * _zz - _yz * _yz, c01 = _xz * _yz - _xy * _zz, c02 = _xy * _yz - _xz * _yy;
        double determinant = _xx * c00 + _xy * c01 + _xz * c02;
        double mean = (_xx + _yy + _zz) / 3;
        point = default;
        if (!(determinant > SmallestDeterminant * mean * mean * mean))
        {
            return false;
        }

        double c11 = _xx * _zz - _xz * _xz, c12 = _xy * _xz - _xx * _yz, c22 = _xx * _yy - _xy * _xy;
        double scale = -1 / determinant;
        point = new Point3((c00 * _x + c01 * _y + c02 * _z) * scale, (c01 * _x + c11 * _y + c12 * _z) * scale, (c02 * _x + c12 * _y + c22 * _z) * scale);
        return true;
    }
}
