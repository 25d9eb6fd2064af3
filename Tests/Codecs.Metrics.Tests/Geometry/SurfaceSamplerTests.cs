using System.Numerics;
using Codecs.Metrics.Geometry;

namespace Codecs.Metrics.Tests.Geometry;

public sealed class SurfaceSamplerTests
{
    [Fact]
    public void AreaDecidesHowManySamplesATriangleGets()
    {
        Shapes shape = Shapes.Rectangle(0, 0, 1, 1, 0).With(Shapes.Rectangle(0, 0, 3, 1, 5));
        SurfaceSamples samples = SurfaceSampler.Sample(shape.Positions, shape.Triangles, 8000);

        Assert.Equal([1000, 1000, 3000, 3000], samples.Triangles.ToArray().CountBy(t => t).Select(g => g.Value));
        Assert.All(samples.Normals.ToArray(), n => Assert.Equal(Vector3.UnitZ, n));
    }

    [Fact]
    public void PointsLieWhereTheirWeightsSay()
    {
        Shapes soup = Shapes.Soup(50, seed: 3);
        SurfaceSamples samples = SurfaceSampler.Sample(soup.Positions, soup.Triangles, 2000);
        for (int i = 0; i < samples.Count; i++)
        {
            int corner = 3 * samples.Triangles.Span[i];
            Vector3 weights = samples.Barycentrics.Span[i];
            Vector3 point = (weights.X * soup.Positions[corner]) + (weights.Y * soup.Positions[corner + 1]) + (weights.Z * soup.Positions[corner + 2]);
            Assert.InRange(Vector3.Distance(point, samples.Points.Span[i]), 0, 1e-6);
            Assert.True(weights.X >= -1e-6 && weights.Y >= 0 && weights.Z >= 0);
        }
    }

    [Fact]
    public void MeansOverSamplesAreMeansOverTheArea()
    {
        SurfaceSamples samples = SurfaceSampler.Sample([Vector3.Zero, 3 * Vector3.UnitX, 3 * Vector3.UnitY], [0, 1, 2], 10_000);

        Vector3 mean = samples.Points.ToArray().Aggregate(Vector3.Zero, (a, b) => a + b) / samples.Count;
        Assert.InRange(Vector3.Distance(mean, new(1, 1, 0)), 0, 0.002);
        // Of x^2 over this triangle: 3^2 / 6.
        Assert.Equal(1.5, samples.Points.ToArray().Average(p => (double)p.X * p.X), 0.005);
    }

    [Fact]
    public void TheSeedDecidesTheirPlaces()
    {
        Shapes box = Shapes.Box(Vector3.Zero, Vector3.One);
        Vector3[] Points(int seed) => SurfaceSampler.Sample(box.Positions, box.Triangles, 100, seed).Points.ToArray();

        Assert.Equal(Points(0), Points(0));
        Assert.NotEqual(Points(0), Points(1));
        Assert.Equal(100, Points(-5).Length);
    }

    [Fact]
    public void AMeshWithoutAreaIsRefused()
    {
        Assert.Throws<ArgumentException>(() => SurfaceSampler.Sample([Vector3.Zero, Vector3.One], [0, 1, 1], 10));
        Assert.Throws<ArgumentException>(() => SurfaceSampler.Sample([], [], 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => SurfaceSampler.Sample([Vector3.Zero, Vector3.UnitX, Vector3.UnitY], [0, 1, 2], 0));
    }
}
