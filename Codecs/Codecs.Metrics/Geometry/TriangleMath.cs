using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>Arithmetic of single triangles, in doubles, so that slivers and far points cost no digits.</summary>
internal static class TriangleMath
{
    /// <summary>The point of a triangle that is nearest to <paramref name="p"/>.</summary>
    /// <remarks>Seven Voronoi regions: C. Ericson, "Real-Time Collision Detection", 2005, 5.1.5.</remarks>
    /// <param name="p">Any point.</param>
    /// <param name="a">First corner.</param>
    /// <param name="b">Second corner.</param>
    /// <param name="c">Third corner.</param>
    /// <param name="v">Weight of b.</param>
    /// <param name="w">Weight of c; that of a is what is left to 1.</param>
    /// <param name="feature">The region.</param>
    /// <returns>Squared distance.</returns>
    public static double Closest(Vector3 p, Vector3 a, Vector3 b, Vector3 c, out double v, out double w, out TriangleFeature feature)
    {
        double abX = (double)b.X - a.X, abY = (double)b.Y - a.Y, abZ = (double)b.Z - a.Z;
        double acX = (double)c.X - a.X, acY = (double)c.Y - a.Y, acZ = (double)c.Z - a.Z;
        double apX = (double)p.X - a.X, apY = (double)p.Y - a.Y, apZ = (double)p.Z - a.Z;
        double d1 = (abX * apX) + (abY * apY) + (abZ * apZ);
        double d2 = (acX * apX) + (acY * apY) + (acZ * apZ);
        double abab = (abX * abX) + (abY * abY) + (abZ * abZ);
        double abac = (abX * acX) + (abY * acY) + (abZ * acZ);
        double acac = (acX * acX) + (acY * acY) + (acZ * acZ);
        // Products of the edges with bp and cp.
        double d3 = d1 - abab, d4 = d2 - abac;
        double d5 = d1 - abac, d6 = d2 - acac;
        double vc = (d1 * d4) - (d3 * d2);
        double vb = (d5 * d2) - (d1 * d6);
        double va = (d3 * d6) - (d5 * d4);

        v = 0;
        w = 0;
        if (d1 <= 0 && d2 <= 0)
        {
            feature = TriangleFeature.CornerA;
        }
        else if (d3 >= 0 && d4 <= d3)
        {
            feature = TriangleFeature.CornerB;
            v = 1;
        }
        else if (d6 >= 0 && d5 <= d6)
        {
            feature = TriangleFeature.CornerC;
            w = 1;
        }
        else if (vc <= 0 && d1 >= 0 && d3 <= 0)
        {
            feature = TriangleFeature.EdgeAB;
            v = d1 / (d1 - d3);
        }
        else if (vb <= 0 && d2 >= 0 && d6 <= 0)
        {
            feature = TriangleFeature.EdgeCA;
            w = d2 / (d2 - d6);
        }
        else if (va <= 0 && d4 >= d3 && d5 >= d6)
        {
            feature = TriangleFeature.EdgeBC;
            w = (d4 - d3) / (d4 - d3 + (d5 - d6));
            v = 1 - w;
        }
        else
        {
            feature = TriangleFeature.Face;
            double scale = 1 / (va + vb + vc);
            v = vb * scale;
            w = vc * scale;
        }

        double x = apX - (v * abX) - (w * acX);
        double y = apY - (v * abY) - (w * acY);
        double z = apZ - (v * abZ) - (w * acZ);
        return (x * x) + (y * y) + (z * z);
    }

    /// <summary>Distance of two points; tiny and huge ones keep their digits.</summary>
    public static double Distance(Vector3 one, Vector3 other)
    {
        double x = (double)one.X - other.X, y = (double)one.Y - other.Y, z = (double)one.Z - other.Z;
        return Math.Sqrt((x * x) + (y * y) + (z * z));
    }

    /// <summary>Point of a triangle by the weights of its second and third corner.</summary>
    public static Vector3 At(Vector3 a, Vector3 b, Vector3 c, double v, double w)
    {
        double u = 1 - v - w;
        return new(
            (float)((u * a.X) + (v * b.X) + (w * c.X)),
            (float)((u * a.Y) + (v * b.Y) + (w * c.Y)),
            (float)((u * a.Z) + (v * b.Z) + (w * c.Z)));
    }

    /// <summary>Area in squared scene units, and the normal of length 1 on the side from which the corners run anticlockwise.</summary>
    /// <returns>0 with a normal of zero for a triangle without area.</returns>
    public static double Area(Vector3 a, Vector3 b, Vector3 c, out Vector3 normal)
    {
        double abX = (double)b.X - a.X, abY = (double)b.Y - a.Y, abZ = (double)b.Z - a.Z;
        double acX = (double)c.X - a.X, acY = (double)c.Y - a.Y, acZ = (double)c.Z - a.Z;
        double x = (abY * acZ) - (abZ * acY);
        double y = (abZ * acX) - (abX * acZ);
        double z = (abX * acY) - (abY * acX);
        double length = Math.Sqrt((x * x) + (y * y) + (z * z));
        normal = length == 0 ? Vector3.Zero : new((float)(x / length), (float)(y / length), (float)(z / length));
        return length / 2;
    }

    /// <summary>Solid angle of a triangle seen from a point, as a share of the whole sphere; positive when its back is seen.</summary>
    /// <remarks>A. van Oosterom, J. Strackee, "The solid angle of a plane triangle", IEEE Trans. Biomedical Engineering 30 (2), 1983, equation 8.</remarks>
    public static double SolidAngle(Vector3 p, Vector3 a, Vector3 b, Vector3 c)
    {
        double aX = (double)a.X - p.X, aY = (double)a.Y - p.Y, aZ = (double)a.Z - p.Z;
        double bX = (double)b.X - p.X, bY = (double)b.Y - p.Y, bZ = (double)b.Z - p.Z;
        double cX = (double)c.X - p.X, cY = (double)c.Y - p.Y, cZ = (double)c.Z - p.Z;
        double lengthA = Math.Sqrt((aX * aX) + (aY * aY) + (aZ * aZ));
        double lengthB = Math.Sqrt((bX * bX) + (bY * bY) + (bZ * bZ));
        double lengthC = Math.Sqrt((cX * cX) + (cY * cY) + (cZ * cZ));
        double ab = (aX * bX) + (aY * bY) + (aZ * bZ);
        double bc = (bX * cX) + (bY * cY) + (bZ * cZ);
        double ca = (cX * aX) + (cY * aY) + (cZ * aZ);
        double determinant = (aX * ((bY * cZ) - (bZ * cY))) + (aY * ((bZ * cX) - (bX * cZ))) + (aZ * ((bX * cY) - (bY * cX)));
        double sum = (lengthA * lengthB * lengthC) + (ab * lengthC) + (bc * lengthA) + (ca * lengthB);
        // A point in the triangle's plane sees nothing of it; atan2 would say half a sphere, of a sign by chance, for one on it.
        return determinant == 0 ? 0 : Math.Atan2(determinant, sum) / (2 * Math.PI);
    }
}
