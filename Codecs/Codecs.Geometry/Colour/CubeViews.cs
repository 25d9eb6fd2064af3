using System.Numerics;
using Codecs.Metrics.Geometry;
using Codecs.Metrics.Geometry.Rendering;

namespace Codecs.Geometry.Colour;

/// <summary>A surface seen from six sides, and which of them sees a place best.</summary>
/// <remarks>Views: 0 from +x, 1 from -x, 2 from +y, 3 from -y, 4 from +z, 5 from -z. Depths are those of the decoded surface, so nothing of this is stored.</remarks>
internal sealed class CubeViews
{
    /// <summary>Views.</summary>
    internal const int Count = 6;

    private const int DepthPixels = 256;
    private const float Slack = 3f / DepthPixels, LeastFavour = 0.1f;

    private readonly Vector3 _center;
    private readonly float _side;
    private readonly float[][] _depths = new float[Count][];

    /// <summary>Looks at a surface.</summary>
    /// <param name="surface">The decoded surface.</param>
    /// <param name="center">Middle of the cube, scene units.</param>
    /// <param name="side">Side of the cube, scene units, above 0.</param>
    /// <param name="workers">Threads at most, 0 for one a processor; the result is the same for any number.</param>
    internal CubeViews(TriangleTree surface, Vector3 center, float side, int workers = 0)
    {
        (_center, _side) = (center, side);
        var model = new RenderModel(surface.Positions.ToArray(), surface.Triangles.ToArray());
        var options = new RenderOptions { Width = DepthPixels, Height = DepthPixels, Supersampling = 1, Passes = RenderPass.None };
        var threads = new ParallelOptions { MaxDegreeOfParallelism = workers == 0 ? Environment.ProcessorCount : workers };
        Parallel.For(0, Count, threads, view =>
        {
            Camera camera = Camera.Orthographic(center, Axis(view), side / 2, Up(view));
            _depths[view] = Rasterizer.Render(model, camera, options).Depth.ToArray();
        });
    }

    /// <summary>From the object to the camera.</summary>
    internal static Vector3 Axis(int view)
    {
        float sign = (view & 1) == 0 ? 1 : -1;
        return (view >> 1) switch { 0 => new(sign, 0, 0), 1 => new(0, sign, 0), _ => new(0, 0, sign) };
    }

    /// <summary>To the top of the picture: +y; for the view from above -z, from below +z, so that pictures continue each other.</summary>
    internal static Vector3 Up(int view) => (view >> 1) == 1 ? new Vector3(0, 0, -Axis(view).Y) : Vector3.UnitY;

    /// <summary>To the right of the picture.</summary>
    internal static Vector3 Right(int view) => Vector3.Cross(Up(view), Axis(view));

    /// <summary>Where a view shows a point: to the right and down from the middle, in sides of the cube.</summary>
    internal Vector2 Place(int view, Vector3 point)
    {
        Vector3 from = (point - _center) / _side;
        return new Vector2(Vector3.Dot(from, Right(view)), -Vector3.Dot(from, Up(view)));
    }

    /// <summary>The view that a place takes its colour from: the one its normal favours most among those that see it; then, for sheets and surfaces turned inside out, from behind.</summary>
    /// <returns>The view, or -1 when none sees it.</returns>
    internal int Choose(Vector3 point, Vector3 normal)
    {
        Vector3 favour = Vector3.Abs(normal);
        int first = favour.X >= favour.Y ? (favour.X >= favour.Z ? 0 : 2) : favour.Y >= favour.Z ? 1 : 2;
        int second = (first + 1) % 3, third = (first + 2) % 3;
        if (favour[third] > favour[second])
        {
            (second, third) = (third, second);
        }

        for (int turned = 0; turned < 2; turned++)
        {
            int found = Sees(first, turned);
            found = found < 0 ? Sees(second, turned) : found;
            found = found < 0 ? Sees(third, turned) : found;
            if (found >= 0)
            {
                return found;
            }
        }

        return -1;

        int Sees(int axis, int turned)
        {
            int view = (2 * axis) + ((normal[axis] < 0 ? 1 : 0) ^ turned);
            return favour[axis] >= LeastFavour && IsSeen(view, point) ? view : -1;
        }
    }

    // Against the deepest of the four pixels around: on steep surfaces neighbours differ by much.
    private bool IsSeen(int view, Vector3 point)
    {
        Vector2 place = Place(view, point);
        int left = Pixel(place.X), top = Pixel(place.Y);
        float[] depths = _depths[view];
        float deepest = float.NegativeInfinity;
        for (int i = 0; i < 4; i++)
        {
            float depth = depths[((top + (i >> 1)) * DepthPixels) + left + (i & 1)];
            deepest = float.IsPositiveInfinity(depth) ? deepest : Math.Max(deepest, depth);
        }

        return float.IsNegativeInfinity(deepest) || -Vector3.Dot(point - _center, Axis(view)) <= deepest + (Slack * _side);
    }

    private static int Pixel(float place)
    {
        float at = ((place + 0.5f) * DepthPixels) - 0.5f;
        return (int)Math.Clamp(MathF.Floor(at), 0, DepthPixels - 2);
    }
}
