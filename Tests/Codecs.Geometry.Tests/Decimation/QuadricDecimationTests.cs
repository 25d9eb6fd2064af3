using Codecs.Geometry.Decimation;
using CsCheck;

namespace Codecs.Geometry.Tests.Decimation;

public sealed class QuadricDecimationTests
{
    [Fact]
    public void ASphereStaysASphere()
    {
        (float[] positions, int[] triangles) = Sphere(40, 60);

        DecimatedMesh mesh = QuadricDecimation.Decimate(positions, triangles, new DecimationOptions { TargetTriangles = 400 });

        Assert.InRange(mesh.Triangles.Length / 3, 398, 400);
        Assert.Equal(0, CountEdgesNotOfTwo(mesh.Triangles));
        Assert.Equal(2, EulerNumber(mesh));
        for (int i = 0; i < mesh.Positions.Length; i += 3)
        {
            Assert.InRange(Length(mesh.Positions.AsSpan(i, 3)), 0.98, 1.02);
        }
    }

    [Fact]
    public void APlaneKeepsItsCornersWithTwoTriangles()
    {
        (float[] positions, int[] triangles) = Plane(20);

        DecimatedMesh mesh = QuadricDecimation.Decimate(positions, triangles, new DecimationOptions { TargetTriangles = 2 });

        Assert.Equal(2, mesh.Triangles.Length / 3);
        Assert.Equal(0, mesh.Error, 1e-6);
        Assert.Equal(400, Area(mesh), 1e-3);
    }

    [Fact]
    public void BordersBetweenGroupsStayWhereTheyAre()
    {
        (float[] positions, int[] triangles) = Plane(20);
        int[] groups = [.. Enumerable.Range(0, triangles.Length / 3).Select(t => t / 2 % 20 < 7 ? 5 : 9)];

        DecimatedMesh mesh = QuadricDecimation.Decimate(positions, triangles, new DecimationOptions { TargetTriangles = 4 }, groups);

        double area = Enumerable.Range(0, mesh.SourceTriangles.Length).Where(t => groups[mesh.SourceTriangles[t]] == 5).Sum(t => AreaOf(mesh, t));
        Assert.Equal(7 * 20, area, 1e-3);
        Assert.InRange(mesh.SourceTriangles.Length, 4, 8);
    }

    [Fact]
    public void TheLargestErrorIsKept()
    {
        (float[] positions, int[] triangles) = Sphere(30, 40);

        DecimatedMesh fine = QuadricDecimation.Decimate(positions, triangles, new DecimationOptions { MaxError = 0.002 });
        DecimatedMesh coarse = QuadricDecimation.Decimate(positions, triangles, new DecimationOptions { MaxError = 0.02 });

        Assert.InRange(fine.Error, 0, 0.002);
        Assert.InRange(coarse.Error, 0, 0.02);
        Assert.InRange(coarse.Triangles.Length, 12, fine.Triangles.Length / 2);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(12)]
    [InlineData(0)]
    public void AggressivelyEveryTargetIsReached(int target)
    {
        // Forty small spheres: nine hundred triangles would be their strict minimum.
        (float[] sphere, int[] parts) = Sphere(6, 8);
        float[] positions = [.. Enumerable.Range(0, 40).SelectMany(i => sphere.Select((x, k) => x * 0.3f + (k % 3 == 0 ? i % 7 : k % 3 == 1 ? i / 7 : 0)))];
        int[] triangles = [.. Enumerable.Range(0, 40).SelectMany(i => parts.Select(v => v + i * sphere.Length / 3))];

        DecimatedMesh strict = QuadricDecimation.Decimate(positions, triangles, new DecimationOptions { TargetTriangles = target });
        DecimatedMesh mesh = QuadricDecimation.Decimate(positions, triangles, new DecimationOptions { TargetTriangles = target, IsAggressive = true });

        Assert.InRange(strict.Triangles.Length / 3, 160, 700);
        Assert.InRange(mesh.Triangles.Length / 3, 0, target);
    }

    [Fact]
    public void AnySoupIsAcceptedAndGivesTheSameTwice() => Gen.Select(Gen.Int[0, 80], Gen.Int[1, 30], Gen.Int, Gen.Int[0, 40], Gen.Bool).Sample((count, vertices, seed, target, aggressive) =>
    {
        var random = new Random(seed);
        int[] triangles = [.. Enumerable.Range(0, 3 * count).Select(_ => random.Next(vertices))];
        float[] positions = [.. Enumerable.Range(0, 3 * vertices).Select(_ => random.Next(8) * 0.25f)];
        var options = new DecimationOptions { TargetTriangles = target, IsAggressive = aggressive };

        DecimatedMesh one = QuadricDecimation.Decimate(positions, triangles, options), two = QuadricDecimation.Decimate(positions, triangles, options);

        Assert.Equal(one.Positions, two.Positions);
        Assert.Equal(one.Triangles, two.Triangles);
        Assert.True(!aggressive || one.Triangles.Length <= 3 * target);
        Assert.All(one.Positions, x => Assert.True(float.IsFinite(x)));
        Assert.All(Enumerable.Range(0, one.Triangles.Length / 3), t => Assert.Equal(3, one.Triangles[(3 * t)..(3 * t + 3)].Distinct().Count()));
        Assert.All(one.Triangles, v => Assert.InRange(v, 0, one.Positions.Length / 3 - 1));
    }, iter: 1000);

    [Fact]
    public void WhatHasNoMeaningIsRefused()
    {
        Assert.Throws<ArgumentException>(() => QuadricDecimation.Decimate([0, 0, float.NaN], [0, 0, 0], new DecimationOptions()));
        Assert.Throws<ArgumentException>(() => QuadricDecimation.Decimate([0, 0, 0], [0, 1, 0], new DecimationOptions()));
        Assert.Throws<ArgumentException>(() => QuadricDecimation.Decimate([0, 0, 0], [0, 0, 0], new DecimationOptions { MaxTurn = 0 }));
    }

    private static (float[] Positions, int[] Triangles) Sphere(int rows, int columns)
    {
        var positions = new List<float>();
        var triangles = new List<int>();
        for (int y = 0; y <= rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                double v = Math.PI * y / rows, u = 2 * Math.PI * x / columns;
                double ring = y == 0 || y == rows ? 0 : Math.Sin(v);
                positions.AddRange([(float)(ring * Math.Cos(u)), (float)(ring * Math.Sin(u)), (float)Math.Cos(v)]);
            }
        }

        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                int a = y * columns + x, b = y * columns + (x + 1) % columns;
                triangles.AddRange([a, a + columns, b, b, a + columns, b + columns]);
            }
        }

        return ([.. positions], [.. triangles]);
    }

    private static (float[] Positions, int[] Triangles) Plane(int size)
    {
        float[] positions = [.. Enumerable.Range(0, (size + 1) * (size + 1)).SelectMany(i => new float[] { i % (size + 1), i / (size + 1), 0 })];
        int[] triangles = [.. Enumerable.Range(0, size * size).Select(i => i / size * (size + 1) + i % size).SelectMany(a => new[] { a, a + 1, a + size + 1, a + 1, a + size + 2, a + size + 1 })];
        return (positions, triangles);
    }

    private static int CountEdgesNotOfTwo(int[] triangles) =>
        Enumerable.Range(0, triangles.Length).Select(c => (A: triangles[c], B: triangles[c % 3 == 2 ? c - 2 : c + 1])).GroupBy(e => (Math.Min(e.A, e.B), Math.Max(e.A, e.B))).Count(g => g.Count() != 2);

    private static int EulerNumber(DecimatedMesh mesh) => mesh.Positions.Length / 3 - mesh.Triangles.Length / 3 / 2;

    private static double Area(DecimatedMesh mesh) => Enumerable.Range(0, mesh.Triangles.Length / 3).Sum(t => AreaOf(mesh, t));

    private static double AreaOf(DecimatedMesh mesh, int triangle)
    {
        double[][] p = [.. mesh.Triangles[(3 * triangle)..(3 * triangle + 3)].Select(v => mesh.Positions[(3 * v)..(3 * v + 3)].Select(x => (double)x).ToArray())];
        return Math.Abs((p[1][0] - p[0][0]) * (p[2][1] - p[0][1]) - (p[1][1] - p[0][1]) * (p[2][0] - p[0][0])) / 2;
    }

    private static double Length(ReadOnlySpan<float> v) => Math.Sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
}
