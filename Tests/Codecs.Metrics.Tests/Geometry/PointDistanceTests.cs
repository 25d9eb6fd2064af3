using System.Numerics;
using Codecs.Metrics.Geometry;

namespace Codecs.Metrics.Tests.Geometry;

public sealed class PointDistanceTests
{
    [Fact]
    public void EachPointLooksForItsNearest()
    {
        ShapeDistance result = PointDistance.Measure([Vector3.Zero, new(3, 4, 0)], [new(0, 0, 1)]);

        double far = Math.Sqrt(26);
        Assert.Equal((1 + far) / 2, result.AToB.Mean, 1e-6);
        Assert.Equal(1, result.BToA.Mean);
        Assert.Equal(5, result.Diagonal);
        Assert.Equal((1.0 + 26) / 2 + 1, result.ChamferL2, 1e-5);
        Assert.Equal(10 * Math.Log10(3 * 25 / 13.5), result.D1Psnr, 1e-5);
    }

    [Fact]
    public void TheTreeFindsWhatTryingAllPointsFinds()
    {
        Random random = new(6);
        Vector3 Point() => new(random.Next(12), random.Next(12), random.NextSingle());
        Vector3[] cloud = [.. Enumerable.Range(0, 700).Select(_ => Point())];
        PointTree tree = PointTree.Build(cloud);
        for (int i = 0; i < 300; i++)
        {
            Vector3 point = Point() + new Vector3(0.3f);
            PointHit hit = tree.Nearest(point);
            Assert.Equal(cloud.Min(p => Vector3.Distance(p, point)), hit.Distance, 1e-5);
            Assert.Equal(hit.Distance, Vector3.Distance(cloud[hit.Index], point), 1e-5);
        }
    }

    [Fact]
    public void OneCloudTwiceIsExact()
    {
        Vector3[] cloud = [.. Shapes.Sphere(1, splits: 3).Positions, Vector3.UnitX];
        ShapeDistance result = PointDistance.Measure(cloud, cloud, workers: 2);

        Assert.Equal((0.0, double.PositiveInfinity), (result.Hausdorff, result.D1Psnr));
        // A cloud of one place has no percents, but can be printed.
        Assert.Contains("NaN", PointDistance.Measure([Vector3.One], [Vector3.One]).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void EmptyCloudsAndPointsNowhereAreRefused()
    {
        Assert.Throws<ArgumentException>(() => PointTree.Build([]));
        Assert.Throws<ArgumentException>(() => PointTree.Build([new(float.PositiveInfinity, 0, 0)]));
    }
}
