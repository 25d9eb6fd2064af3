using System.Numerics;
using Codecs.Geometry.Fields;
using Codecs.Metrics.Geometry;

namespace Codecs.Geometry.Tests.Fields;

public sealed class FieldTests
{
    private const int Nodes = 32;
    private const float Radius = 0.7f;

    [Fact]
    public void TheTransformComesBackAndIsOrthonormal()
    {
        var random = new Random(1);
        float[] volume = [.. Enumerable.Range(0, 12 * 12 * 12).Select(_ => random.NextSingle() - 0.5f)];

        float[] coefficients = CosineTransform.Forward(volume, 12);

        Assert.All(volume.Zip(CosineTransform.Inverse(coefficients, 12, 12)), p => Assert.Equal(p.First, p.Second, 1e-5f));
        Assert.Equal(volume.Sum(v => v * v), coefficients.Sum(c => c * c), 1e-3f);
    }

    [Fact]
    public void MoreNodesShowTheSameVolumeMoreFinely()
    {
        float[] ramp = [.. Enumerable.Range(0, 8 * 8 * 8).Select(i => MathF.Cos(MathF.PI * ((i % 8) + 0.5f) / 8))];

        float[] fine = CosineTransform.Inverse(CosineTransform.Forward(ramp, 8), 8, 15);

        for (int x = 0; x < 15; x++)
        {
            Assert.Equal(MathF.Cos(MathF.PI * ((x / 2f) + 0.5f) / 8), fine[x], 1e-5f);
        }
    }

    [Fact]
    public void TheSurfaceOfABallIsClosedAndLooksOutwards()
    {
        (Vector3[] positions, int[] triangles) = SurfaceNets.Extract(Ball(), Nodes);
        var tree = TriangleTree.Build(positions, triangles);

        Assert.True(MeshTopology.Of(positions, triangles).IsClosedManifold);
        Assert.Equal(1, tree.WindingNumber(Vector3.Zero, float.PositiveInfinity), 1e-3f);
        Assert.All(positions, p => Assert.Equal(Radius, p.Length(), 0.01f));
    }

    [Fact]
    public void WhatReachesTheBorderIsClosedThere()
    {
        float[] inside = new float[Nodes * Nodes * Nodes];
        Array.Fill(inside, -1);

        (Vector3[] positions, int[] triangles) = SurfaceNets.Extract(inside, Nodes);

        Assert.True(MeshTopology.Of(positions, triangles).IsClosedManifold);
        Assert.Empty(SurfaceNets.Extract([.. inside.Select(v => -v)], Nodes).Triangles);
    }

    [Fact]
    public void DistancesOfAMeshAreThoseOfTheBallItShows()
    {
        TriangleTree tree = BallTree();
        FieldFrame frame = FieldFrame.Around(tree.Low, tree.High);

        Assert.False(DistanceSampler.NeedsShell(tree, frame, Nodes));
        DistanceVolume volume = DistanceSampler.Sample(tree, frame, Nodes, shell: false, workers: 1);

        Assert.Equal(volume.Values, DistanceSampler.Sample(tree, frame, Nodes, shell: false, workers: 3).Values);
        float band = DistanceVolume.BandCells * DistanceVolume.CellOf(Nodes);
        for (int i = 0; i < volume.Values.Length; i++)
        {
            Vector3 node = DistanceVolume.NodeAt(Nodes, i % Nodes, i / Nodes % Nodes, i / (Nodes * Nodes));
            Assert.Equal(Math.Clamp((node.Length() - FieldFrame.Fill) / band, -1, 1), volume.Values[i], 0.05f);
        }
    }

    [Fact]
    public void AnOpenSheetBecomesAShell()
    {
        Vector3[] corners = [new(-1, -1, 0), new(1, -1, 0), new(1, 1, 0), new(-1, 1, 0)];
        var tree = TriangleTree.Build(corners, [0, 1, 2, 0, 2, 3]);
        FieldFrame frame = FieldFrame.Around(tree.Low, tree.High);

        Assert.True(DistanceSampler.NeedsShell(tree, frame, Nodes));
        DistanceVolume volume = DistanceSampler.Sample(tree, frame, Nodes, shell: true);
        (Vector3[] positions, int[] triangles) = SurfaceNets.Extract(volume.Values, Nodes);
        Assert.True(MeshTopology.Of(positions, triangles).IsClosedManifold);
        Assert.All(positions, p => Assert.InRange(Math.Abs(p.Z), 0, 2 * DistanceVolume.CellOf(Nodes)));
    }

    [Fact]
    public void FramesLeadThereAndBack()
    {
        FieldFrame frame = FieldFrame.Around(new Vector3(10, -2, 3), new Vector3(14, 4, 4));
        Assert.Equal((new Vector3(12, 1, 3.5f), 3f), (frame.Center, frame.HalfExtent));
        Assert.Equal(0, Vector3.Distance(new Vector3(11, 2, 3), frame.ToScene(frame.ToField(new Vector3(11, 2, 3)))), 1e-5f);
        Assert.Equal(FieldFrame.Fill, frame.ToField(new Vector3(12, 4, 3.5f)).Y, 1e-6f);
    }

    private static TriangleTree BallTree()
    {
        (Vector3[] positions, int[] triangles) = SurfaceNets.Extract(Ball(), Nodes);
        return TriangleTree.Build([.. positions.Select(p => Vector3.Normalize(p))], triangles);
    }

    private static float[] Ball() => [.. Enumerable.Range(0, Nodes * Nodes * Nodes).Select(
        i => DistanceVolume.NodeAt(Nodes, i % Nodes, i / Nodes % Nodes, i / (Nodes * Nodes)).Length() - Radius)];
}
