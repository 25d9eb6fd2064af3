using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>A triangle mesh prepared for questions about places: nearest point, side, winding number.</summary>
/// <remarks>
/// <para>A tree of boxes over the triangles (median split, at most four a leaf). Distances are computed in doubles for every triangle that a box cannot rule out, so the tree gives
/// what trying all triangles would. Safe for any number of threads at once.</para>
/// <para>Triangles without area are left out; the others keep their numbers.</para>
/// </remarks>
public sealed class TriangleTree
{
    // Points between which threads are not worth their start.
    private const int ChunkSize = 1024;

    private readonly Vector3[] _positions;
    private readonly int[] _triangles;
    private readonly BoundsTree? _bounds;
    private readonly int[] _numbers;
    private readonly Vector3[] _corners;
    private readonly Lazy<PseudoNormals> _normals;
    private readonly Lazy<WindingField?> _winding;

    private TriangleTree(Vector3[] positions, int[] triangles)
    {
        (_positions, _triangles) = (positions, triangles);
        List<int> kept = new(triangles.Length / 3);
        for (int t = 0; t < triangles.Length / 3; t++)
        {
            double area = TriangleMath.Area(positions[triangles[3 * t]], positions[triangles[(3 * t) + 1]], positions[triangles[(3 * t) + 2]], out _);
            if (area > 0)
            {
                kept.Add(t);
                Area += area;
            }
        }

        _numbers = new int[kept.Count];
        _corners = new Vector3[kept.Count * 3];
        _normals = new(() => new PseudoNormals(_positions, _triangles));
        _winding = new(() => _bounds is null ? null : new WindingField(_bounds, _corners));
        if (kept.Count == 0)
        {
            return;
        }

        _bounds = Boxes(kept);
        for (int place = 0; place < _numbers.Length; place++)
        {
            int triangle = kept[_bounds.Order[place]];
            _numbers[place] = triangle;
            Corners(triangle, out _corners[3 * place], out _corners[(3 * place) + 1], out _corners[(3 * place) + 2]);
        }

        (Low, High) = (_bounds.Low(0), _bounds.High(0));
    }

    /// <summary>The mesh's vertices.</summary>
    public ReadOnlyMemory<Vector3> Positions => _positions;

    /// <summary>The mesh's triangles, three indices each, those without area among them.</summary>
    public ReadOnlyMemory<int> Triangles => _triangles;

    /// <summary>Triangles with an area.</summary>
    public int Count => _numbers.Length;

    /// <summary>Area of the surface in squared scene units.</summary>
    public double Area { get; }

    /// <summary>Lower corner of the surface's bounding box; zero without triangles.</summary>
    public Vector3 Low { get; }

    /// <summary>Upper corner of the surface's bounding box; zero without triangles.</summary>
    public Vector3 High { get; }

    /// <summary>Diagonal of the bounding box in scene units.</summary>
    public double Diagonal => TriangleMath.Distance(Low, High);

    /// <summary>Builds the tree of a mesh.</summary>
    /// <param name="positions">Vertices in scene units; those in use from -1e18 to 1e18. Copied.</param>
    /// <param name="triangles">Three vertex indices a triangle, anticlockwise seen from outside. Copied.</param>
    /// <exception cref="ArgumentException">Indices do not come in threes or name no vertex, or a vertex in use is not finite or beyond the range.</exception>
    public static TriangleTree Build(ReadOnlySpan<Vector3> positions, ReadOnlySpan<int> triangles)
    {
        MeshArguments.Check(positions, triangles);
        return new TriangleTree(positions.ToArray(), triangles.ToArray());
    }

    /// <summary>The point of the surface that is nearest to a point.</summary>
    /// <param name="point">Any point within ±1e18.</param>
    /// <param name="maxDistance">Farther points do not interest, scene units; a small value makes the search fast.</param>
    /// <returns>The hit; <see cref="ClosestHit.None"/> when nothing is as near as that. Of several points at the same distance always the same one.</returns>
    public ClosestHit Closest(Vector3 point, float maxDistance = float.PositiveInfinity)
    {
        if (_bounds is null)
        {
            return ClosestHit.None;
        }

        // The limit itself still counts.
        TriangleSearch search = new(_corners, point, Math.BitIncrement((double)maxDistance * maxDistance));
        _bounds.Nearest(point, ref search);
        if (search.Place < 0)
        {
            return ClosestHit.None;
        }

        int corner = search.Place * 3;
        Vector3 nearest = TriangleMath.At(_corners[corner], _corners[corner + 1], _corners[corner + 2], search.V, search.W);
        Vector3 weights = new((float)(1 - search.V - search.W), (float)search.V, (float)search.W);
        return new ClosestHit((float)Math.Sqrt(search.Best), nearest, _numbers[search.Place], weights, search.Feature);
    }

    /// <summary>Nearest points for many points, on several threads.</summary>
    /// <param name="points">Any points within ±1e18; fastest when neighbours in space are neighbours in the list.</param>
    /// <param name="hits">Receives a hit for each point.</param>
    /// <param name="maxDistance">As for <see cref="Closest(Vector3, float)"/>.</param>
    /// <param name="workers">Threads at most; 0 for one a processor. The result is the same for any number.</param>
    /// <exception cref="ArgumentException">There are fewer places than points.</exception>
    public void Closest(ReadOnlyMemory<Vector3> points, Memory<ClosestHit> hits, float maxDistance = float.PositiveInfinity, int workers = 0)
    {
        if (hits.Length < points.Length)
        {
            throw new ArgumentException($"A place for each of {points.Length} points is needed, found {hits.Length}.", nameof(hits));
        }

        FixedChunks.Run(points.Length, ChunkSize, workers, (from, to) =>
        {
            ReadOnlySpan<Vector3> chunk = points.Span[from..to];
            Span<ClosestHit> found = hits.Span[from..to];
            for (int i = 0; i < chunk.Length; i++)
            {
                found[i] = Closest(chunk[i], maxDistance);
            }
        });
    }

    /// <summary>Normal at a hit that tells the side of the point it was found for.</summary>
    /// <remarks>
    /// J. A. Baerentzen, H. Aanaes, "Signed distance computation using the angle weighted pseudonormal", IEEE TVCG 11 (3), 2005: the face's normal inside a triangle, the sum of
    /// both at an edge, the sum weighted by angles at a corner. Vertices at the same place count as one (<see cref="PositionWeld"/>).
    /// </remarks>
    /// <param name="hit">A hit of this tree.</param>
    /// <returns>Length 1; zero for <see cref="ClosestHit.None"/> and where faces back to back cancel.</returns>
    public Vector3 PseudoNormal(in ClosestHit hit) => hit.Found ? _normals.Value.At(hit.Triangle, hit.Feature) : Vector3.Zero;

    /// <summary>Distance with a sign by <see cref="PseudoNormal"/>: negative inside. Right for closed surfaces without self-intersections, else right near the surface.</summary>
    /// <param name="point">Any point within ±1e18.</param>
    /// <param name="maxDistance">As for <see cref="Closest(Vector3, float)"/>.</param>
    /// <returns>Scene units; positive infinity when nothing is near enough.</returns>
    public float SignedDistance(Vector3 point, float maxDistance = float.PositiveInfinity)
    {
        ClosestHit hit = Closest(point, maxDistance);
        return hit.Found && Vector3.Dot(point - hit.Point, PseudoNormal(hit)) < 0 ? -hit.Distance : hit.Distance;
    }

    /// <summary>How often the surface winds around a point: 1 inside a closed surface, 0 outside, between them near holes.</summary>
    /// <remarks>
    /// Solid angles of near triangles; far nodes of the tree as a dipole and the term after it: G. Barill, N. Dickson, R. Schmidt, D. Levin, A. Jacobson, "Fast winding numbers for soups and
    /// clouds", ACM TOG 37 (4), 2018, the first two terms.
    /// </remarks>
    /// <param name="point">Any point within ±1e18.</param>
    /// <param name="accuracy">A node is far beyond this many of its radii, at least 1; positive infinity adds up all triangles. 2 is off by less than 0.1, next to the surface, 4 by less than 0.02.</param>
    /// <returns>The number; half when half of all directions leave through the surface.</returns>
    public float WindingNumber(Vector3 point, float accuracy = 2) => (float)(_winding.Value?.At(point, accuracy) ?? 0);

    /// <summary>Corners of a triangle.</summary>
    internal void Corners(int triangle, out Vector3 a, out Vector3 b, out Vector3 c) =>
        (a, b, c) = (_positions[_triangles[3 * triangle]], _positions[_triangles[(3 * triangle) + 1]], _positions[_triangles[(3 * triangle) + 2]]);

    private BoundsTree Boxes(List<int> kept)
    {
        Vector3[] low = new Vector3[kept.Count];
        Vector3[] high = new Vector3[kept.Count];
        for (int i = 0; i < low.Length; i++)
        {
            Corners(kept[i], out Vector3 a, out Vector3 b, out Vector3 c);
            low[i] = Vector3.Min(a, Vector3.Min(b, c));
            high[i] = Vector3.Max(a, Vector3.Max(b, c));
        }

        return new BoundsTree(low, high);
    }
}
