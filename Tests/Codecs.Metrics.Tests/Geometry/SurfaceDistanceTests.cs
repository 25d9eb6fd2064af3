using System.Numerics;
using Codecs.Metrics.Geometry;

namespace Codecs.Metrics.Tests.Geometry;

public sealed class SurfaceDistanceTests
{
    private static readonly Shapes s_square = Shapes.Rectangle(0, 0, 1, 1, 0);

    [Fact]
    public void ParallelPlanesAreAsFarAsTheyAre()
    {
        SurfaceDistanceResult result = Measure(s_square, s_square.Moved(new(0, 0, 0.25f)));

        Assert.Equal(new DirectedDistance(0.25, 0.25, 0.25, 0.25, 0.25), result.AToB);
        Assert.Equal(result.AToB, result.BToA);
        Assert.Equal(Math.Sqrt(2), result.Diagonal, 1e-6);
        Assert.Equal(25 / Math.Sqrt(2), result.ChamferL1Percent, 1e-5);
        Assert.Equal((0.25, 0.125, 0.25), (result.ChamferL1, result.ChamferL2, result.Hausdorff));
        Assert.Equal(10 * Math.Log10(3 * 2 / 0.0625), result.D1Psnr, 1e-5);
        Assert.Equal(0, result.TwoPercent.FScore);
    }

    [Fact]
    public void AWedgeHasAllDistancesUpToItsHeight()
    {
        Shapes wedge = new([new(0, 0, 0), new(1, 0, 0.1f), new(1, 1, 0.1f), new(0, 1, 0)], [0, 1, 2, 0, 2, 3]);
        // From the wedge to a square that is wide enough: z alone.
        SurfaceDistanceResult result = Measure(Shapes.Rectangle(-1, -1, 2, 2, 0), wedge);

        Assert.Equal(0.05, result.BToA.Mean, 1e-4);
        Assert.Equal(0.1 / Math.Sqrt(3), result.BToA.Rms, 1e-4);
        Assert.Equal(0.095, result.BToA.Percentile95, 2e-4);
        Assert.Equal(0.099, result.BToA.Percentile99, 2e-4);
        Assert.Equal(0.1, result.BToA.Max, 2e-4);
    }

    [Fact]
    public void ScoresAreSharesWithinPercentsOfTheDiagonal()
    {
        // Half of the square: all of it is near, and of the whole square the half and a strip as wide as the threshold.
        SurfaceDistanceResult result = Measure(s_square, Shapes.Rectangle(0, 0, 0.5f, 1, 0));

        Assert.Equal((1, 2.0), (result.OnePercent.Precision, result.TwoPercent.Percent));
        Assert.Equal(0.5 + (0.005 * Math.Sqrt(2)), result.HalfPercent.Recall, 1e-3);
        Assert.Equal(0.5 + (0.01 * Math.Sqrt(2)), result.OnePercent.Recall, 1e-3);
        double recall = result.TwoPercent.Recall;
        Assert.Equal(2 * recall / (1 + recall), result.TwoPercent.FScore, 1e-12);
        Assert.Equal(0.125, result.AToB.Mean, 1e-3);
        Assert.Equal(0, result.BToA.Max, 1e-6);
    }

    [Fact]
    public void ThresholdsCutWhereTheySay()
    {
        SurfaceDistanceResult result = Measure(s_square, s_square.Moved(new(0, 0, 0.0075f * MathF.Sqrt(2))));

        Assert.Equal((0, 1, 1), (result.HalfPercent.FScore, result.OnePercent.FScore, result.TwoPercent.FScore));
    }

    [Fact]
    public void TurnedFacesShowInTheSignedFormOnly()
    {
        SurfaceDistanceResult turned = Measure(s_square, s_square.Turned());
        Assert.Equal(1, turned.NormalConsistency, 1e-6);
        Assert.Equal(-1, turned.SignedNormalConsistency, 1e-6);

        // At 60 degrees.
        Shapes steep = new([new(0, 0, 0), new(0.5f, 0, MathF.Sqrt(0.75f)), new(0.5f, 1, MathF.Sqrt(0.75f)), new(0, 1, 0)], [0, 1, 2, 0, 2, 3]);
        Assert.Equal(0.5, Measure(s_square, steep).NormalConsistency, 1e-5);
    }

    [Fact]
    public void ASurfaceAgainstItselfHasNoFloor()
    {
        Shapes sphere = Shapes.Sphere(1, splits: 4);
        SurfaceDistanceResult result = Measure(sphere, sphere.Unshared());

        Assert.InRange(result.ChamferL1Percent, 0, 1e-5);
        Assert.InRange(result.D1Psnr, 130, double.PositiveInfinity);
        Assert.Equal(1, result.SignedNormalConsistency, 1e-6);
    }

    [Fact]
    public void SpheresAreApartByTheirRadii()
    {
        SurfaceDistanceResult result = Measure(Shapes.Sphere(1, splits: 5), Shapes.Sphere(1.1f, splits: 5));

        Assert.Equal(0.1, result.AToB.Mean, 1e-3);
        Assert.Equal(0.1, result.BToA.Mean, 1e-3);
        Assert.InRange(result.SignedNormalConsistency, 0.998, 1);
    }

    [Fact]
    public void TheNumberOfThreadsDoesNotMatter()
    {
        (TriangleTree a, TriangleTree b) = (Tree(Shapes.Soup(200, seed: 5)), Tree(Shapes.Sphere(1, splits: 3)));

        Assert.Equal(SurfaceDistance.Measure(a, b, samples: 5000, workers: 1), SurfaceDistance.Measure(a, b, samples: 5000, workers: 4));
    }

    [Fact]
    public void SurfacesWithoutAreaAreRefused() =>
        Assert.Throws<ArgumentException>(() => Measure(s_square, new Shapes([Vector3.Zero, Vector3.One], [0, 1, 1])));

    private static SurfaceDistanceResult Measure(Shapes a, Shapes b) =>
        SurfaceDistance.Measure(a.Positions, a.Triangles, b.Positions, b.Triangles, samples: 20_000);

    private static TriangleTree Tree(Shapes shape) => TriangleTree.Build(shape.Positions, shape.Triangles);
}
