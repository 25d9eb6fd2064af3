using System.Numerics;
using Codecs.Metrics.Geometry;

namespace Codecs.Metrics.Tests.Geometry;

public sealed class VolumeIouTests
{
    private static readonly Shapes s_cube = Shapes.Box(Vector3.Zero, Vector3.One);

    [Theory]
    [InlineData(0.5f, 0, 0, 1.0 / 3)]
    [InlineData(0.25f, 0, 0, 0.6)]
    [InlineData(0.5f, 0.5f, 0, 1.0 / 7)]
    [InlineData(0, 0, 0, 1)]
    [InlineData(2, 0, 0, 0)]
    public void ShiftedCubesShareWhatTheyShare(float x, float y, float z, double expected) =>
        Assert.Equal(expected, Measure(s_cube, s_cube.Moved(new(x, y, z))), 0.001);

    [Fact]
    public void SpheresShareTheRatioOfTheirVolumes() =>
        Assert.Equal(0.9 * 0.9 * 0.9, Measure(Shapes.Sphere(1, splits: 4), Shapes.Sphere(0.9f, splits: 4)), 0.002);

    [Fact]
    public void OverlappingPartsCountOnceAndSmallHolesHardly()
    {
        Assert.Equal(1, Measure(s_cube, s_cube.With(Shapes.Box(new(0.2f), new(0.7f)))), 1e-9);
        Assert.InRange(Measure(Shapes.Sphere(1, splits: 4), Shapes.Sphere(1, splits: 4).Without(2)), 0.995, 1);
    }

    [Fact]
    public void WhatIsInsideOutHasNoInside()
    {
        Assert.Equal(0, Measure(s_cube, s_cube.Turned()));
        Assert.Equal(double.NaN, Measure(s_cube.Turned(), s_cube.Turned()));
        Assert.Equal(0, Measure(s_cube, new Shapes([], [])));
    }

    [Fact]
    public void TheNumberOfThreadsDoesNotMatter()
    {
        (TriangleTree a, TriangleTree b) = (Tree(Shapes.Sphere(1, splits: 3)), Tree(s_cube));

        Assert.Equal(VolumeIou.Measure(a, b, points: 10_000, workers: 1), VolumeIou.Measure(a, b, points: 10_000, workers: 4));
    }

    private static double Measure(Shapes a, Shapes b) => VolumeIou.Measure(Tree(a), Tree(b), points: 100_000);

    private static TriangleTree Tree(Shapes shape) => TriangleTree.Build(shape.Positions, shape.Triangles);
}
