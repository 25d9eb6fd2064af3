using System.Numerics;
using Codecs.Metrics.Geometry;

namespace Codecs.Metrics.Tests.Geometry;

public sealed class TriangleTreeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(37)]
    [InlineData(500)]
    public void DistancesAreThoseOfTryingAllTriangles(int count)
    {
        Shapes soup = Shapes.Soup(count, seed: count);
        TriangleTree tree = Tree(soup);
        foreach (Vector3 point in Points(300, size: 4))
        {
            ClosestHit hit = tree.Closest(point);

            double expected = soup.Triangles.Chunk(3).Min(t => ByDefinition(point, soup.Positions[t[0]], soup.Positions[t[1]], soup.Positions[t[2]]));
            Assert.Equal(expected, hit.Distance, 1e-6);
            Assert.Equal(hit.Distance, Vector3.Distance(point, hit.Point), 1e-5);
            (Vector3 a, Vector3 b, Vector3 c) = (soup.Positions[3 * hit.Triangle], soup.Positions[(3 * hit.Triangle) + 1], soup.Positions[(3 * hit.Triangle) + 2]);
            Assert.Equal(0, Vector3.Distance(hit.Point, (hit.Barycentric.X * a) + (hit.Barycentric.Y * b) + (hit.Barycentric.Z * c)), 1e-5);
        }
    }

    [Fact]
    public void TheDistanceToASphereIsTheOneOfItsFormula()
    {
        TriangleTree tree = Tree(Shapes.Sphere(2, splits: 5));
        // A chord's middle lies this much deeper than the sphere.
        const double sagitta = 0.002;
        foreach (Vector3 point in Points(500, size: 6))
        {
            Assert.Equal(point.Length() - 2, tree.SignedDistance(point), sagitta);
        }
    }

    [Theory]
    [InlineData(0.25f, 0.25f, TriangleFeature.Face, 0.25f, 0.25f)]
    [InlineData(-1, -1, TriangleFeature.CornerA, 0, 0)]
    [InlineData(2, -0.5f, TriangleFeature.CornerB, 1, 0)]
    [InlineData(-0.5f, 2, TriangleFeature.CornerC, 0, 1)]
    [InlineData(0.25f, -1, TriangleFeature.EdgeAB, 0.25f, 0)]
    [InlineData(1, 1, TriangleFeature.EdgeBC, 0.5f, 0.5f)]
    [InlineData(-1, 0.25f, TriangleFeature.EdgeCA, 0, 0.25f)]
    public void EachRegionOfATriangleIsTold(float x, float y, TriangleFeature feature, float v, float w)
    {
        ClosestHit hit = TriangleTree.Build([Vector3.Zero, Vector3.UnitX, Vector3.UnitY], [0, 1, 2]).Closest(new(x, y, 0.5f));

        Assert.Equal((0, feature), (hit.Triangle, hit.Feature));
        Assert.Equal(new Vector3(1 - v - w, v, w), hit.Barycentric);
        Assert.Equal(new Vector3(v, w, 0), hit.Point);
    }

    [Fact]
    public void TheLimitItselfStillCounts()
    {
        TriangleTree tree = Tree(Shapes.Rectangle(-1, -1, 1, 1, 0));

        Assert.True(tree.Closest(new(0.3f, 0.2f, 0.5f), maxDistance: 0.5f).Found);
        Assert.Equal(ClosestHit.None, tree.Closest(new(0.3f, 0.2f, 0.5f), maxDistance: 0.4999f));
        Assert.Equal(float.PositiveInfinity, tree.SignedDistance(new(0.3f, 0.2f, -0.5f), maxDistance: 0.4999f));
        Assert.Equal(Vector3.Zero, tree.PseudoNormal(ClosestHit.None));
    }

    [Fact]
    public void ACutOpenCubeHasTheNormalsOfAWholeOne()
    {
        TriangleTree tree = Tree(Shapes.Box(-Vector3.One, Vector3.One).Unshared());

        Vector3 Normal(Vector3 point) => tree.PseudoNormal(tree.Closest(point));
        Near(new(0, 0, 1), Normal(new(0.2f, 0.3f, 2)));
        Near(Vector3.Normalize(new(1, 0, 1)), Normal(new(2, 0.3f, 2)));
        // Angles count, not triangles: two of them meet in some faces' corner and one in others.
        Near(Vector3.Normalize(Vector3.One), Normal(new(2, 2, 2)));
        Near(Vector3.Normalize(new(1, -1, 1)), Normal(new(2, -2, 2)));
    }

    [Fact]
    public void TheSideIsRightNextToASharpPoint()
    {
        // The faces of a needle make an angle above 90 degrees with what lies beyond its point: a face's own normal would err there.
        Vector3[] positions = [new(0, 0, 10), new(1, 0, 0), new(-0.5f, 0.8f, 0), new(-0.5f, -0.8f, 0)];
        TriangleTree tree = TriangleTree.Build(positions, [0, 1, 2, 0, 2, 3, 0, 3, 1, 1, 3, 2]);
        foreach (Vector3 offset in Points(300, size: 2))
        {
            Vector3 point = positions[0] + offset;
            bool inside = tree.WindingNumber(point, float.PositiveInfinity) > 0.5;
            Assert.Equal(inside, tree.SignedDistance(point) < 0);
        }
    }

    [Fact]
    public void WindingNumbersCountFullTurns()
    {
        Shapes outer = Shapes.Box(-Vector3.One, Vector3.One);
        TriangleTree tree = Tree(outer.With(Shapes.Box(new(-0.5f), new(0.5f))));

        Assert.Equal(2, tree.WindingNumber(new(0.1f, 0.2f, 0.3f)), 1e-6f);
        Assert.Equal(1, tree.WindingNumber(new(0.7f, 0.2f, 0.3f)), 1e-6f);
        Assert.Equal(0, tree.WindingNumber(new(1.1f, 0.2f, 0.3f)), 0.02f);
        Assert.Equal(-1, Tree(outer.Turned()).WindingNumber(Vector3.Zero), 1e-6f);
        // Without one of six sides, which are two triangles each.
        Assert.Equal(5.0 / 6, Tree(outer.Without(2)).WindingNumber(Vector3.Zero), 1e-6);
    }

    [Fact]
    public void DipolesComeNearToAllSolidAngles()
    {
        TriangleTree soup = Tree(Shapes.Soup(400, seed: 9));
        TriangleTree sphere = Tree(Shapes.Sphere(1, splits: 4));
        foreach (Vector3 point in Points(300, size: 3))
        {
            foreach ((float accuracy, float tolerance) in ((float, float)[])[(2, 0.1f), (4, 0.02f)])
            {
                Assert.Equal(soup.WindingNumber(point, float.PositiveInfinity), soup.WindingNumber(point, accuracy), tolerance);
                Assert.Equal(sphere.WindingNumber(point, float.PositiveInfinity), sphere.WindingNumber(point, accuracy), tolerance);
            }

            Assert.Equal(point.Length() < 1 ? 1 : 0, sphere.WindingNumber(point, float.PositiveInfinity), Math.Abs(point.Length() - 1) < 0.01 ? 1f : 1e-4f);
        }
    }

    [Theory]
    [InlineData(9, 0, 0)]
    [InlineData(0, 9, 0)]
    [InlineData(0, 0, -9)]
    [InlineData(5, 5, 5)]
    [InlineData(-5, 1, 6)]
    public void SheetsWhoseDipolesCancelAreSeenFromAfar(float x, float y, float z)
    {
        // Back to back, one moved aside: all that is left is the second term.
        Shapes sheets = Shapes.Rectangle(-1, -0.5f, 1, 0.5f, 0.4f).With(Shapes.Rectangle(-1, -0.5f, 1, 0.5f, -0.4f).Moved(new(0.7f, 0.5f, 0)).Turned());
        TriangleTree tree = Tree(sheets);

        double exact = tree.WindingNumber(new(x, y, z), float.PositiveInfinity);
        Assert.InRange(Math.Abs(exact), 1e-4, 1);
        Assert.Equal(exact, tree.WindingNumber(new(x, y, z)), Math.Abs(exact) / 5);
    }

    [Fact]
    public void AllSolidAnglesAreAddedUpWhenAsked()
    {
        Shapes soup = Shapes.Soup(200, seed: 4);
        TriangleTree tree = Tree(soup);
        foreach (Vector3 point in Points(50, size: 3))
        {
            double expected = soup.Triangles.Chunk(3).Sum(t => TriangleMath.SolidAngle(point, soup.Positions[t[0]], soup.Positions[t[1]], soup.Positions[t[2]]));
            Assert.Equal(expected, tree.WindingNumber(point, float.PositiveInfinity), 1e-5);
        }
    }

    [Fact]
    public void AMeshWithoutAreaHasNothingNear()
    {
        TriangleTree tree = TriangleTree.Build([Vector3.Zero, Vector3.One, 2 * Vector3.One], [0, 1, 2, 0, 0, 1]);

        Assert.Equal((0, 0.0), (tree.Count, tree.Area));
        Assert.False(tree.Closest(Vector3.Zero).Found);
        Assert.Equal(0, tree.WindingNumber(Vector3.Zero));
        Assert.Equal(0, TriangleTree.Build([], []).Count);
    }

    [Fact]
    public void TrianglesKeepTheirNumbersWhenOthersAreLeftOut()
    {
        TriangleTree tree = TriangleTree.Build([Vector3.Zero, Vector3.UnitX, Vector3.UnitY], [0, 0, 1, 0, 1, 2]);

        Assert.Equal((1, 0.5), (tree.Count, tree.Area));
        Assert.Equal(1, tree.Closest(Vector3.One).Triangle);
    }

    [Fact]
    public void ManyTrianglesAtOnePlaceAreNoTrouble()
    {
        Shapes one = Shapes.Rectangle(0, 0, 1, 1, 0);
        TriangleTree tree = TriangleTree.Build(one.Positions, [.. Enumerable.Repeat(one.Triangles, 20_000).SelectMany(t => t)]);

        Assert.Equal(2, tree.Closest(new(0.5f, 0.5f, 2)).Distance);
    }

    [Theory]
    [InlineData(1e-15f)]
    [InlineData(1e15f)]
    public void ScaleDoesNotMatter(float scale)
    {
        Shapes box = Shapes.Box(-scale * Vector3.One, scale * Vector3.One);
        TriangleTree tree = Tree(box);

        Assert.Equal(12, tree.Count);
        Assert.Equal(2, tree.SignedDistance(new Vector3(3, 0.1f, 0.2f) * scale) / scale, 1e-5);
        Assert.Equal(-0.5, tree.SignedDistance(new Vector3(0.5f, 0.1f, 0.2f) * scale) / scale, 1e-5);
        Assert.Equal(1, tree.WindingNumber(Vector3.Zero), 1e-5);
    }

    [Fact]
    public void TheNumberOfThreadsDoesNotMatter()
    {
        TriangleTree tree = Tree(Shapes.Soup(300, seed: 2));
        Vector3[] points = [.. Points(5000, size: 4)];
        ClosestHit[] one = new ClosestHit[points.Length];
        ClosestHit[] three = new ClosestHit[points.Length];
        tree.Closest(points, one, workers: 1);
        tree.Closest(points, three, workers: 3);

        Assert.Equal(one, three);
        Assert.Equal(tree.Closest(points[4321]), one[4321]);
        Assert.Throws<ArgumentException>(() => tree.Closest(points, one.AsMemory(1)));
    }

    [Fact]
    public void WhatIsNoMeshIsRefused()
    {
        Vector3[] positions = [Vector3.Zero, Vector3.UnitX, Vector3.UnitY];
        Assert.Throws<ArgumentException>(() => TriangleTree.Build(positions, [0, 1]));
        Assert.Throws<ArgumentException>(() => TriangleTree.Build(positions, [0, 1, 3]));
        Assert.Throws<ArgumentException>(() => TriangleTree.Build(positions, [0, 1, -1]));
        Assert.Throws<ArgumentException>(() => TriangleTree.Build([Vector3.Zero, Vector3.UnitX, new(float.NaN, 0, 0)], [0, 1, 2]));
        Assert.Throws<ArgumentException>(() => TriangleTree.Build([Vector3.Zero, Vector3.UnitX, new(0, 1e19f, 0)], [0, 1, 2]));
        // One that is not in use does not matter.
        Assert.Equal(1, TriangleTree.Build([.. positions, new(float.NaN)], [0, 1, 2]).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => TriangleTree.Build(positions, [0, 1, 2]).WindingNumber(Vector3.Zero, accuracy: 0.5f));
    }

    private static TriangleTree Tree(Shapes shape) => TriangleTree.Build(shape.Positions, shape.Triangles);

    private static void Near(Vector3 expected, Vector3 found) => Assert.InRange(Vector3.Distance(expected, found), 0, 1e-6);

    private static IEnumerable<Vector3> Points(int count, float size)
    {
        Random random = new(77);
        return Enumerable.Range(0, count).Select(_ => size * new Vector3(random.NextSingle() - 0.5f, random.NextSingle() - 0.5f, random.NextSingle() - 0.5f));
    }

    // To the plane where the foot lies inside, else to the nearest edge; another way than the tree's.
    private static double ByDefinition(Vector3 p, Vector3 a, Vector3 b, Vector3 c)
    {
        double[] ab = Minus(b, a), ac = Minus(c, a), ap = Minus(p, a);
        double[] n = Cross(ab, ac);
        double area = Dot(n, n);
        if (area == 0)
        {
            return double.PositiveInfinity;
        }

        double w = Dot(Cross(ab, ap), n) / area, v = Dot(Cross(ap, ac), n) / area;
        return v >= 0 && w >= 0 && v + w <= 1
            ? Math.Abs(Dot(n, ap)) / Math.Sqrt(area)
            : Math.Min(ToSegment(p, a, b), Math.Min(ToSegment(p, b, c), ToSegment(p, c, a)));
    }

    private static double ToSegment(Vector3 p, Vector3 a, Vector3 b)
    {
        double[] ab = Minus(b, a), ap = Minus(p, a);
        double t = Math.Clamp(Dot(ap, ab) / Dot(ab, ab), 0, 1);
        return Math.Sqrt(ap.Select((x, i) => (x - (t * ab[i])) * (x - (t * ab[i]))).Sum());
    }

    private static double[] Minus(Vector3 a, Vector3 b) => [(double)a.X - b.X, (double)a.Y - b.Y, (double)a.Z - b.Z];

    private static double Dot(double[] a, double[] b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]);

    private static double[] Cross(double[] a, double[] b) => [(a[1] * b[2]) - (a[2] * b[1]), (a[2] * b[0]) - (a[0] * b[2]), (a[0] * b[1]) - (a[1] * b[0])];
}
