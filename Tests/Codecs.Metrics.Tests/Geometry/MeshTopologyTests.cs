using System.Numerics;
using Codecs.Metrics.Geometry;

namespace Codecs.Metrics.Tests.Geometry;

public sealed class MeshTopologyTests
{
    private static readonly Shapes s_cube = Shapes.Box(Vector3.Zero, Vector3.One);

    [Fact]
    public void ACubeIsASphereAlsoWhenCutOpen()
    {
        MeshTopology whole = Of(s_cube);

        Assert.Equal(new MeshTopology(8, 18, 12, 1, 0, 0, 0), whole);
        Assert.Equal((2, true), (whole.EulerNumber, whole.IsClosedManifold));
        Assert.Equal(whole, Of(s_cube.Unshared()));
    }

    [Fact]
    public void AHoleHasABorder()
    {
        MeshTopology open = Of(s_cube.Without(2));

        Assert.Equal((4, 1, false), (open.BoundaryEdges, open.EulerNumber, open.IsClosedManifold));
    }

    [Fact]
    public void PiecesAreCounted()
    {
        MeshTopology two = Of(s_cube.With(s_cube.Moved(new(5, 0, 0))));

        Assert.Equal((2, 4), (two.Components, two.EulerNumber));
        Assert.Equal(1, Of(s_cube.With(s_cube.Moved(Vector3.One))).Components);
    }

    [Fact]
    public void ThreeTrianglesAtAnEdgeAreNoManifold()
    {
        MeshTopology fan = Of(new([Vector3.Zero, Vector3.UnitX, Vector3.UnitY, -Vector3.UnitY, Vector3.UnitZ], [0, 1, 2, 1, 0, 3, 0, 1, 4]));

        Assert.Equal((1, 6, 0), (fan.NonManifoldEdges, fan.BoundaryEdges, fan.TurnedEdges));
    }

    [Fact]
    public void ATriangleThatIsTurnedRoundShows()
    {
        int[] triangles = [.. s_cube.Triangles];
        (triangles[0], triangles[1]) = (triangles[1], triangles[0]);

        MeshTopology turned = Of(new(s_cube.Positions, triangles));
        Assert.Equal((3, 0, false), (turned.TurnedEdges, turned.BoundaryEdges, turned.IsClosedManifold));
    }

    [Fact]
    public void WhatIsNoTriangleDoesNotCount()
    {
        Assert.Equal(new MeshTopology(0, 0, 0, 0, 0, 0, 0), Of(new([Vector3.Zero, Vector3.Zero, Vector3.One], [0, 1, 2])));
        Assert.Throws<ArgumentException>(() => Of(new([Vector3.Zero], [0, 1, 2])));
    }

    private static MeshTopology Of(Shapes shape) => MeshTopology.Of(shape.Positions, shape.Triangles);
}
