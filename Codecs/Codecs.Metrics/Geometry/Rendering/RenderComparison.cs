namespace Codecs.Metrics.Geometry.Rendering;

/// <summary>Likeness of two models as they look from all sides.</summary>
/// <remarks>
/// Background counts for nothing: PSNR is over the union of both silhouettes, so figures are lower than those of papers that compare whole pictures. Views in which neither model is
/// seen do not count.
/// </remarks>
/// <param name="Views">Views that count.</param>
/// <param name="SilhouetteIou">Covered by both over covered by either, mean over views, 0..1.</param>
/// <param name="Shading">Of the grey pictures.</param>
/// <param name="Normals">Of the pictures of normals.</param>
/// <param name="Albedo">Of colours without light; null when neither model has colours.</param>
public sealed record RenderComparison(int Views, double SilhouetteIou, PictureScore Shading, PictureScore Normals, PictureScore? Albedo)
{
    /// <summary>Most decibels of a view, so that one in which nothing differs does not make the mean infinite.</summary>
    public const double Ceiling = 60;

    /// <summary>Compares two models; cameras are placed around the first.</summary>
    /// <param name="a">The reference.</param>
    /// <param name="b">The other model, in the same coordinates.</param>
    /// <param name="options">Views, size; null for the defaults.</param>
    /// <exception cref="ArgumentException">The reference has no extent.</exception>
    public static RenderComparison Compare(RenderModel a, RenderModel b, RenderComparisonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        options ??= new();
        if (a.Radius == 0)
        {
            throw new ArgumentException("A model with an extent is needed, found one whose triangles, if any, are all in one place.", nameof(a));
        }

        Camera[] cameras = options.Orthographic ? ViewSphere.Orthographic(a.Center, a.Radius, options.Views) : ViewSphere.Perspective(a.Center, a.Radius, options.Views);
        bool colored = a.Color is not null || b.Color is not null;
        RenderOptions rendering = new()
        {
            Width = options.Side,
            Height = options.Side,
            TwoSided = options.TwoSided,
            Passes = RenderPass.Shading | RenderPass.Normals | (colored ? RenderPass.Albedo : RenderPass.None),
        };
        ViewPair?[] views = new ViewPair?[cameras.Length];
        FixedChunks.Run(cameras.Length, 1, options.Workers, (first, end) =>
        {
            for (int i = first; i < end; i++)
            {
                views[i] = ViewPair.Measure(Rasterizer.Render(a, cameras[i], rendering), Rasterizer.Render(b, cameras[i], rendering), colored);
            }
        });

        return Mean(views, colored);
    }

    private static RenderComparison Mean(ViewPair?[] views, bool colored)
    {
        int count = 0;
        double iou = 0;
        double[] sums = new double[6];
        foreach (ViewPair? view in views)
        {
            if (view is { } seen)
            {
                count++;
                iou += seen.Iou;
                Add(sums, 0, seen.Shading);
                Add(sums, 2, seen.Normals);
                Add(sums, 4, seen.Albedo);
            }
        }

        PictureScore Score(int from) => new(sums[from] / count, sums[from + 1] / count);
        return new RenderComparison(count, iou / count, Score(0), Score(2), colored ? Score(4) : null);
    }

    private static void Add(double[] sums, int at, PictureScore score)
    {
        sums[at] += score.Psnr;
        sums[at + 1] += score.Ssim;
    }
}
