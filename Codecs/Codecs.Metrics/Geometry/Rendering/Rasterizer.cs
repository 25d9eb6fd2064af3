using System.Numerics;

namespace Codecs.Metrics.Geometry.Rendering;

/// <summary>Takes pictures of meshes, without any graphics hardware, the same ones everywhere but for the last bit of floats.</summary>
/// <remarks>
/// Z-buffer of floats, the nearest triangle at each sample, then colours at the samples that are seen. Cameras must stand outside of the model: a triangle that reaches behind a
/// perspective camera is left out, not clipped.
/// </remarks>
public static class Rasterizer
{
    /// <summary>Takes a picture.</summary>
    /// <param name="model">What is seen.</param>
    /// <param name="camera">From where.</param>
    /// <param name="options">Size, passes.</param>
    public static RenderedView Render(RenderModel model, Camera camera, RenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(camera);
        ArgumentNullException.ThrowIfNull(options);
        using SampleBuffer buffer = new(options.Width * options.Supersampling, options.Height * options.Supersampling);
        ScreenVertex[] vertices = Project(model, camera, buffer.Width, buffer.Height);
        int[] triangles = model.Triangles;
        for (int t = 0; t < triangles.Length / 3; t++)
        {
            ref readonly ScreenVertex a = ref vertices[triangles[3 * t]];
            ref readonly ScreenVertex b = ref vertices[triangles[(3 * t) + 1]];
            ref readonly ScreenVertex c = ref vertices[triangles[(3 * t) + 2]];
            if (!float.IsNaN(a.Nearness + b.Nearness + c.Nearness))
            {
                TriangleFill.Draw(buffer, t, a, b, c);
            }
        }

        return new ViewShader(model, camera, options, buffer, vertices).Shade();
    }

    private static ScreenVertex[] Project(RenderModel model, Camera camera, int width, int height)
    {
        ScreenVertex[] vertices = new ScreenVertex[model.Positions.Length];
        for (int i = 0; i < vertices.Length; i++)
        {
            Vector3 seen = camera.Project(model.Positions[i]);
            // One unit is half of the height in both directions; y runs down.
            double x = ((double)width / 2) + (seen.X * (double)height / 2);
            double y = ((double)height / 2) - (seen.Y * (double)height / 2);
            bool ahead = !camera.IsPerspective || seen.Z > 0;
            bool near = Math.Abs(x) < TriangleFill.Reach && Math.Abs(y) < TriangleFill.Reach;
            vertices[i] = ahead && near
                ? new((int)Math.Round(x * TriangleFill.Grid), (int)Math.Round(y * TriangleFill.Grid), camera.IsPerspective ? 1 / seen.Z : -seen.Z)
                : new(0, 0, float.NaN);
        }

        return vertices;
    }
}
