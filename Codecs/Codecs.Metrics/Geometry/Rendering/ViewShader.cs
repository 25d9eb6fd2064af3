using System.Numerics;

namespace Codecs.Metrics.Geometry.Rendering;

/// <summary>Turns the samples of a view into pictures: the mean of each pixel's samples, with white where nothing is.</summary>
internal sealed class ViewShader
{
    private const float Ambient = 0.25f;
    private static readonly RenderPass[] s_passes = [RenderPass.Silhouette, RenderPass.Normals, RenderPass.Shading, RenderPass.Albedo, RenderPass.Lit];

    private readonly RenderModel _model;
    private readonly Camera _camera;
    private readonly RenderOptions _options;
    private readonly SampleBuffer _buffer;
    private readonly ScreenVertex[] _vertices;
    private readonly RenderPass[] _passes;

    public ViewShader(RenderModel model, Camera camera, RenderOptions options, SampleBuffer buffer, ScreenVertex[] vertices)
    {
        (_model, _camera, _options, _buffer, _vertices) = (model, camera, options, buffer, vertices);
        _passes = Array.FindAll(s_passes, pass => options.Passes.HasFlag(pass));
    }

    public RenderedView Shade()
    {
        int pixels = _options.Width * _options.Height;
        int each = _options.Supersampling;
        byte[] mask = new byte[pixels];
        float[] depth = new float[pixels];
        byte[][] pictures = Array.ConvertAll(_passes, _ => new byte[pixels * 3]);
        Span<Vector3> sums = stackalloc Vector3[s_passes.Length];
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            int first = (pixel / _options.Width * each * _buffer.Width) + (pixel % _options.Width * each);
            sums.Clear();
            int covered = 0;
            float nearest = float.NegativeInfinity;
            for (int s = 0; s < each * each; s++)
            {
                int at = first + (s / each * _buffer.Width) + (s % each);
                if (_buffer.Triangles[at] >= 0)
                {
                    covered++;
                    nearest = Math.Max(nearest, _buffer.Nearness[at]);
                    Add(at, sums);
                }
            }

            mask[pixel] = (byte)(((covered * byte.MaxValue) + (each * each / 2)) / (each * each));
            depth[pixel] = covered == 0 ? float.PositiveInfinity : _camera.IsPerspective ? 1 / nearest : -nearest;
            Vector3 background = new((each * each) - covered);
            for (int p = 0; p < pictures.Length; p++)
            {
                Write((sums[p] + background) / (each * each), pictures[p].AsSpan(pixel * 3, 3));
            }
        }

        Dictionary<RenderPass, byte[]> byPass = [];
        for (int p = 0; p < _passes.Length; p++)
        {
            byPass.Add(_passes[p], pictures[p]);
        }

        return new RenderedView(_options.Width, _options.Height, mask, depth, byPass);
    }

    private static void Write(Vector3 color, Span<byte> pixel)
    {
        // Clamped first, with what is not a number as 0.
        Vector3 scaled = (Vector3.Min(Vector3.Max(color, Vector3.Zero), Vector3.One) * byte.MaxValue) + new Vector3(0.5f);
        (pixel[0], pixel[1], pixel[2]) = ((byte)scaled.X, (byte)scaled.Y, (byte)scaled.Z);
    }

    private void Add(int at, Span<Vector3> sums)
    {
        int triangle = _buffer.Triangles[at];
        (int a, int b, int c) = (_model.Triangles[3 * triangle], _model.Triangles[(3 * triangle) + 1], _model.Triangles[(3 * triangle) + 2]);
        float weightB = _buffer.WeightsB[at];
        float weightC = _buffer.WeightsC[at];
        if (_camera.IsPerspective)
        {
            // Weight / depth is what runs evenly over the picture.
            weightB *= _vertices[b].Nearness / _buffer.Nearness[at];
            weightC *= _vertices[c].Nearness / _buffer.Nearness[at];
        }

        Vector3 weights = new(1 - weightB - weightC, weightB, weightC);
        Vector3 point = (weights.X * _model.Positions[a]) + (weights.Y * _model.Positions[b]) + (weights.Z * _model.Positions[c]);
        Vector3 normal = Normal(a, b, c, weights);
        float cosine = Vector3.Dot(normal, _camera.From(point));
        if (_options.TwoSided && cosine < 0)
        {
            (normal, cosine) = (-normal, -cosine);
        }

        float light = Ambient + ((1 - Ambient) * Math.Max(0, cosine));
        for (int p = 0; p < _passes.Length; p++)
        {
            sums[p] += _passes[p] switch
            {
                RenderPass.Normals => (normal + Vector3.One) / 2,
                RenderPass.Shading => new Vector3(light),
                RenderPass.Albedo => Color(triangle, weights),
                RenderPass.Lit => light * Color(triangle, weights),
                _ => Vector3.Zero,
            };
        }
    }

    private Vector3 Color(int triangle, Vector3 weights) => _model.Color is null ? Vector3.One : _model.Color.At(triangle, weights);

    private Vector3 Normal(int a, int b, int c, Vector3 weights)
    {
        if (_model.Normals is { } normals)
        {
            Vector3 smooth = (weights.X * normals[a]) + (weights.Y * normals[b]) + (weights.Z * normals[c]);
            float length = smooth.Length();
            if (length > 0)
            {
                return smooth / length;
            }
        }

        _ = TriangleMath.Area(_model.Positions[a], _model.Positions[b], _model.Positions[c], out Vector3 flat);
        return flat;
    }
}
