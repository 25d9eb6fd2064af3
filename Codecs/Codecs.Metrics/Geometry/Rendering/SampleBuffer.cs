using System.Buffers;

namespace Codecs.Metrics.Geometry.Rendering;

/// <summary>The nearest triangle at each sample of a picture. Rented; returned in Dispose.</summary>
internal sealed class SampleBuffer : IDisposable
{
    public SampleBuffer(int width, int height)
    {
        (Width, Height) = (width, height);
        Triangles = ArrayPool<int>.Shared.Rent(width * height);
        Nearness = ArrayPool<float>.Shared.Rent(width * height);
        WeightsB = ArrayPool<float>.Shared.Rent(width * height);
        WeightsC = ArrayPool<float>.Shared.Rent(width * height);
        Triangles.AsSpan(0, width * height).Fill(-1);
        Nearness.AsSpan(0, width * height).Fill(float.NegativeInfinity);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Triangle; -1 for none.</summary>
    public int[] Triangles { get; }

    /// <summary>What runs evenly over the picture and grows towards the camera: 1 / depth in perspective, else -depth.</summary>
    public float[] Nearness { get; }

    /// <summary>Weight of the second corner on the picture.</summary>
    public float[] WeightsB { get; }

    /// <summary>Weight of the third corner on the picture.</summary>
    public float[] WeightsC { get; }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(Triangles);
        ArrayPool<float>.Shared.Return(Nearness);
        ArrayPool<float>.Shared.Return(WeightsB);
        ArrayPool<float>.Shared.Return(WeightsC);
    }
}
