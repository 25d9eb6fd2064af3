using System.Numerics;

namespace Codecs.Metrics.Geometry;

/// <summary>Colour error between surfaces: colour at points of one against colour at the nearest points of the other, both ways.</summary>
/// <param name="AToB">From points of a to nearest points of b, dB.</param>
/// <param name="BToA">From points of b to nearest points of a, dB.</param>
public readonly record struct SurfaceColorPsnr(double AToB, double BToA)
{
    private const int ChunkSize = 1024;

    /// <summary>The worse direction, dB, as MPEG's pc_error reports it.</summary>
    public double Worse => Math.Min(AToB, BToA);

    /// <summary>Measures two surfaces.</summary>
    /// <remarks>PSNR over red, green and blue as shown, peak 1, with points as <see cref="SurfaceDistance"/> spreads them.</remarks>
    /// <param name="a">The reference.</param>
    /// <param name="colorA">Its colours.</param>
    /// <param name="b">The other surface, in the same coordinates.</param>
    /// <param name="colorB">Its colours.</param>
    /// <param name="samples">Points a surface, at least 1.</param>
    /// <param name="workers">Threads at most; 0 for one a processor. The result is the same for any number.</param>
    /// <exception cref="ArgumentException">A mesh has no area.</exception>
    public static SurfaceColorPsnr Measure(
        TriangleTree a, ISurfaceColor colorA, TriangleTree b, ISurfaceColor colorB, int samples = SurfaceDistance.DefaultSamples, int workers = 0)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(colorA);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(colorB);
        SurfaceDistance.ThrowIfEmpty(a);
        SurfaceDistance.ThrowIfEmpty(b);
        return new(Directed(a, colorA, b, colorB, samples, workers), Directed(b, colorB, a, colorA, samples, workers));
    }

    private static double Directed(TriangleTree from, ISurfaceColor fromColor, TriangleTree to, ISurfaceColor toColor, int count, int workers)
    {
        SurfaceSamples samples = SurfaceSampler.Sample(from.Positions.Span, from.Triangles.Span, count);
        float[] squares = new float[count];
        FixedChunks.Run(count, ChunkSize, workers, (first, end) =>
        {
            for (int i = first; i < end; i++)
            {
                ClosestHit hit = to.Closest(samples.PointArray[i]);
                Vector3 color = fromColor.At(samples.TriangleArray[i], samples.BarycentricArray[i]);
                squares[i] = Vector3.DistanceSquared(color, toColor.At(hit.Triangle, hit.Barycentric));
            }
        });

        double sum = 0;
        foreach (float square in squares)
        {
            sum += square;
        }

        return Psnr.FromMeanSquaredError(sum / (3.0 * count), peak: 1);
    }
}
