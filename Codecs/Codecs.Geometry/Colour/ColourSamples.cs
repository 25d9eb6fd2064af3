using System.Numerics;
using Codecs.Metrics.Geometry;

namespace Codecs.Geometry.Colour;

/// <summary>Places on a decoded surface and the colours they should have: nearest points of samples of the original, then samples of the decoded surface with the colour nearest to them.</summary>
internal sealed class ColourSamples
{
    private const int ChunkSize = 1024;

    private ColourSamples(int count) =>
        (Points, Normals, Wanted) = (new Vector3[2 * count], new Vector3[2 * count], new Vector3[2 * count]);

    /// <summary>Places, scene units.</summary>
    internal Vector3[] Points { get; }

    /// <summary>Flat normals of the decoded surface there.</summary>
    internal Vector3[] Normals { get; }

    /// <summary>Colours there, sRGB-coded.</summary>
    internal Vector3[] Wanted { get; }

    /// <summary>Samples of each surface.</summary>
    internal int Count => Points.Length / 2;

    /// <summary>Takes samples.</summary>
    /// <param name="original">The original surface.</param>
    /// <param name="colours">Its colours.</param>
    /// <param name="decoded">The surface that a decoder will have.</param>
    /// <param name="count">Samples of each.</param>
    /// <param name="seed">Other seeds give other places.</param>
    /// <param name="workers">Threads at most, 0 for one a processor; the result is the same for any number.</param>
    internal static ColourSamples Take(TriangleTree original, ISurfaceColor colours, TriangleTree decoded, int count, int seed, int workers)
    {
        var taken = new ColourSamples(count);
        SurfaceSamples from = SurfaceSampler.Sample(original.Positions.Span, original.Triangles.Span, count, seed);
        SurfaceSamples to = SurfaceSampler.Sample(decoded.Positions.Span, decoded.Triangles.Span, count, seed);
        var threads = new ParallelOptions { MaxDegreeOfParallelism = workers == 0 ? Environment.ProcessorCount : workers };
        Parallel.For(0, (count + ChunkSize - 1) / ChunkSize, threads, chunk =>
        {
            for (int i = chunk * ChunkSize; i < Math.Min(count, (chunk + 1) * ChunkSize); i++)
            {
                ClosestHit hit = decoded.Closest(from.Points.Span[i]);
                (Vector3 a, Vector3 b, Vector3 c) = PlacedColour.CornersOf(decoded, hit.Triangle);
                taken.Points[i] = hit.Point;
                taken.Normals[i] = PlacedColour.NormalOf(a, b, c);
                taken.Wanted[i] = colours.At(from.Triangles.Span[i], from.Barycentrics.Span[i]);

                ClosestHit back = original.Closest(to.Points.Span[i]);
                taken.Points[count + i] = to.Points.Span[i];
                taken.Normals[count + i] = to.Normals.Span[i];
                taken.Wanted[count + i] = colours.At(back.Triangle, back.Barycentric);
            }
        });
        return taken;
    }

    /// <summary>The mean colour.</summary>
    internal Vector3 Mean()
    {
        (double x, double y, double z) = (0, 0, 0);
        foreach (Vector3 colour in Wanted)
        {
            (x, y, z) = (x + colour.X, y + colour.Y, z + colour.Z);
        }

        return new Vector3((float)(x / Wanted.Length), (float)(y / Wanted.Length), (float)(z / Wanted.Length));
    }

    /// <summary>Surface PSNR of colours, peak 1: what <see cref="SurfaceColorPsnr"/> measures, on these samples.</summary>
    internal SurfaceColorPsnr Measure(ISpaceColour colours) => new(Psnr(colours, 0), Psnr(colours, Count));

    private double Psnr(ISpaceColour colours, int first)
    {
        double sum = 0;
        for (int i = first; i < first + Count; i++)
        {
            sum += Vector3.DistanceSquared(Wanted[i], colours.At(Points[i], Normals[i]));
        }

        return Metrics.Psnr.FromMeanSquaredError(sum / (3.0 * Count), peak: 1);
    }
}
