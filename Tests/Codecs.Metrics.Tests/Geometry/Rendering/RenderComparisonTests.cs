using System.Numerics;
using Codecs.Metrics.Geometry;
using Codecs.Metrics.Geometry.Rendering;

namespace Codecs.Metrics.Tests.Geometry.Rendering;

public sealed class RenderComparisonTests
{
    private static readonly RenderComparisonOptions s_quick = new() { Views = 6, Side = 64 };

    [Fact]
    public void AModelLooksLikeItself()
    {
        RenderModel model = Model(Shapes.Box(new(-1, -0.5f, -2), new(1, 0.5f, 2)));
        RenderComparison same = RenderComparison.Compare(model, model, s_quick);

        Assert.Equal((6, 1.0), (same.Views, same.SilhouetteIou));
        Assert.Equal(new PictureScore(RenderComparison.Ceiling, 1), same.Shading with { Ssim = Math.Round(same.Shading.Ssim, 6) });
        Assert.Null(same.Albedo);
    }

    [Fact]
    public void SilhouettesOfSpheresShareTheRatioOfTheirAreas()
    {
        RenderComparison result = RenderComparison.Compare(Model(Shapes.Sphere(1, splits: 4)), Model(Shapes.Sphere(0.9f, splits: 4)), s_quick with { Orthographic = true, Side = 128 });

        Assert.Equal(0.81, result.SilhouetteIou, 0.005);
        Assert.InRange(result.Shading.Psnr, 5, 25);
        Assert.InRange(result.Shading.Ssim, 0.3, 0.95);
    }

    [Fact]
    public void ColoursAreComparedWithoutTheBackground()
    {
        Shapes sphere = Shapes.Sphere(1, splits: 4);
        RenderComparison result = RenderComparison.Compare(
            Model(sphere, new ConstantColor(new(0.2f))), Model(sphere, new ConstantColor(new(0.4f))), s_quick with { Views = 3, Side = 128 });

        // 51 levels, a little less at edges that are half white.
        Assert.InRange(result.Albedo!.Value.Psnr, 20 * Math.Log10(5), (20 * Math.Log10(5)) + 0.2);
        Assert.Equal(RenderComparison.Ceiling, result.Shading.Psnr);
    }

    [Fact]
    public void WhatIsMissingCountsAgainstTheModel()
    {
        RenderModel box = Model(Shapes.Box(-Vector3.One, Vector3.One));
        RenderComparison nothing = RenderComparison.Compare(box, Model(new([], [])), s_quick);

        Assert.Equal((6, 0.0), (nothing.Views, nothing.SilhouetteIou));
        Assert.Throws<ArgumentException>(() => RenderComparison.Compare(Model(new([], [])), box, s_quick));
    }

    [Fact]
    public void TheNumberOfThreadsDoesNotMatter()
    {
        (RenderModel a, RenderModel b) = (Model(Shapes.Soup(80, seed: 1)), Model(Shapes.Sphere(1, splits: 2)));

        Assert.Equal(RenderComparison.Compare(a, b, s_quick with { Workers = 1 }), RenderComparison.Compare(a, b, s_quick with { Workers = 4 }));
    }

    [Fact]
    public void CamerasStandAllAroundAndShowTheWholeSphere()
    {
        Vector3[] directions = ViewSphere.Directions(24);
        Assert.All(directions, d => Assert.Equal(1, d.Length(), 1e-5f));
        Assert.InRange(directions.Aggregate(Vector3.Zero, (a, b) => a + b).Length(), 0, 0.5);
        Assert.InRange(directions.Min(d => directions.Where(e => e != d).Min(e => Vector3.Distance(d, e))), 0.4, 2);

        RenderModel sphere = Model(Shapes.Sphere(3, splits: 5, center: new(1, 2, 3)));
        foreach (Camera camera in (Camera[])[.. ViewSphere.Perspective(new(1, 2, 3), 3, 5), .. ViewSphere.Orthographic(new(1, 2, 3), 3, 5)])
        {
            byte[][] rows = [.. Rasterizer.Render(sphere, camera, new() { Width = 64, Height = 64 }).Mask.ToArray().Chunk(64)];
            int height = rows.Count(r => r.Any(m => m > 0));
            Assert.InRange(height, 62, 64);
            Assert.Equal(255, rows[32][32]);
        }
    }

    [Fact]
    public void TheWayUpIsUp()
    {
        Camera camera = Camera.Perspective(new(0, 0, 5), Vector3.Zero, 1);
        Assert.Equal((Vector3.UnitX, Vector3.UnitY), (camera.Right, camera.Up));
        Assert.True(camera.Project(new(0, 1, 0)).Y > 0);
        // Straight from above there is no up, but still a picture.
        Camera above = Camera.Orthographic(Vector3.Zero, 3 * Vector3.UnitY, 1);
        Assert.Equal(1, above.Up.Length(), 1e-6f);
        Assert.Equal(0, Vector3.Dot(above.Up, above.Back), 1e-6f);
    }

    [Fact]
    public void ASheetHasARowAModelAndAColumnACamera()
    {
        RenderModel[] models = [Model(Shapes.Box(-Vector3.One, Vector3.One)), Model(Shapes.Sphere(1, splits: 2))];
        Camera[] cameras = ViewSphere.Perspective(Vector3.Zero, 2, 3);
        RenderOptions tile = new() { Width = 20, Height = 16 };
        ContactSheet sheet = ContactSheet.Render(models, cameras, RenderPass.Shading, tile, gap: 2);

        Assert.Equal((64, 34, 64 * 34 * 3), (sheet.Width, sheet.Height, sheet.Rgb.Length));
        byte[] expected = Rasterizer.Render(models[1], cameras[2], tile).Picture(RenderPass.Shading).ToArray();
        for (int y = 0; y < 16; y++)
        {
            Assert.Equal(expected[(y * 60)..((y + 1) * 60)], sheet.Rgb.Slice(((((18 + y) * 64) + 44) * 3), 60).ToArray());
        }

        Assert.Equal(sheet.Rgb.ToArray(), ContactSheet.Render(models, cameras, RenderPass.Shading, tile, gap: 2, workers: 1).Rgb.ToArray());
        Assert.Throws<ArgumentException>(() => ContactSheet.Render([], cameras, RenderPass.Shading));
        Assert.Throws<ArgumentException>(() => ContactSheet.Render(models, cameras, RenderPass.None, tile));
    }

    private static RenderModel Model(Shapes shape, ISurfaceColor? color = null) => new(shape.Positions, shape.Triangles, color: color);
}
