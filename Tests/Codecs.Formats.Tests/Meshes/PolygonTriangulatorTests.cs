using Codecs.Formats.Media;
using CsCheck;

namespace Codecs.Formats.Tests.Meshes;

public sealed class PolygonTriangulatorTests
{
    [Fact]
    public void StarShapedPolygonsAreCoveredExactlyOnce() =>
        Gen.Select(Gen.Int[3, 40], Gen.Int[0, 1 << 20], Gen.Int[0, 2]).Sample(
            (corners, seed, axis) =>
            {
                float[] polygon = Star(corners, new Random(seed), axis);

                List<int> triangles = new PolygonTriangulator().Split(polygon);

                Assert.Equal(corners - 2, triangles.Count / 3);
                double expected = 0, sum = 0;
                for (int i = 0; i < corners; i++)
                {
                    expected += Turn(polygon, axis, i, (i + 1) % corners);
                }

                for (int i = 0; i < triangles.Count; i += 3)
                {
                    double area = Turn(polygon, axis, triangles[i], triangles[i + 1]) + Turn(polygon, axis, triangles[i + 1], triangles[i + 2]) + Turn(polygon, axis, triangles[i + 2], triangles[i]);
                    // All turn as the polygon does and together have its area: no overlap.
                    Assert.True(area >= -1e-5, $"triangle {i / 3} has area {area}");
                    sum += area;
                }

                Assert.Equal(expected, sum, 1e-4);
            },
            iter: 300);

    [Fact]
    public void PolygonsThatCrossThemselvesStillGiveTriangles() =>
        Assert.Equal(4, new PolygonTriangulator().Split([0, 0, 0, 2, 2, 0, 2, 0, 0, 0, 2, 0, 1, 3, 0, 1, -1, 0]).Count / 3);

    [Fact]
    public void PolygonsWithoutAreaStillGiveTriangles() => Assert.Equal(2, new PolygonTriangulator().Split(new float[12]).Count / 3);

    private static float[] Star(int corners, Random random, int axis)
    {
        float[] polygon = new float[corners * 3];
        for (int i = 0; i < corners; i++)
        {
            double angle = 2 * Math.PI * i / corners, radius = 0.3 + random.NextDouble();
            polygon[(i * 3) + axis] = (float)(radius * Math.Cos(angle));
            polygon[(i * 3) + ((axis + 1) % 3)] = (float)(radius * Math.Sin(angle));
        }

        return polygon;
    }

    private static double Turn(float[] polygon, int axis, int a, int b) =>
        ((double)polygon[(a * 3) + axis] * polygon[(b * 3) + ((axis + 1) % 3)]) - ((double)polygon[(b * 3) + axis] * polygon[(a * 3) + ((axis + 1) % 3)]);
}
