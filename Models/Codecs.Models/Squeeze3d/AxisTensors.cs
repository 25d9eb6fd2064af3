using Codecs.Formats.Weights;
using Codecs.Models.Exact;
using Codecs.Models.Layers;

namespace Codecs.Models.Squeeze3d;

/// <summary>The principal axes in a weight file: a byte an element, a scale an axis. As half floats they would be two thirds of the file.</summary>
internal static class AxisTensors
{
    private const string Axes = "mapping.axes", Scales = "mapping.axes.scales";
    private const float Largest = sbyte.MaxValue;

    /// <summary>Whether a tensor of the network is stored by <see cref="Create"/>.</summary>
    internal static bool Is(string name) => name == Axes;

    /// <summary>Rounds the axes.</summary>
    /// <param name="axes">[<see cref="ShapeCode.Length"/>, <see cref="ShapeCode.LatentLength"/>].</param>
    internal static SafetensorsTensor[] Create(ReadOnlySpan<float> axes)
    {
        float[] scales = new float[ShapeCode.Length];
        sbyte[] bytes = new sbyte[axes.Length];
        for (int a = 0; a < scales.Length; a++)
        {
            ReadOnlySpan<float> axis = axes.Slice(a * ShapeCode.LatentLength, ShapeCode.LatentLength);
            float most = 1e-12f;
            foreach (float v in axis)
            {
                most = Math.Max(most, Math.Abs(v));
            }

            scales[a] = most / Largest;
            for (int i = 0; i < axis.Length; i++)
            {
                bytes[(a * ShapeCode.LatentLength) + i] = (sbyte)MathF.Round(axis[i] / scales[a]);
            }
        }

        return
        [
            SafetensorsTensor.Create<sbyte>(Axes, [ShapeCode.Length, ShapeCode.LatentLength], bytes),
            SafetensorsTensor.Create<float>(Scales, [ShapeCode.Length], scales),
        ];
    }

    /// <summary>The axes of a weight file.</summary>
    /// <exception cref="ModelMismatchException">They are missing or of another shape.</exception>
    internal static float[] Read(SafetensorsFile file)
    {
        float[] scales = WeightLoader.Floats(file, Scales, ShapeCode.Length);
        short[] bytes = new IntegerWeights(file, "").SignedBytes(Axes, ShapeCode.Length * ShapeCode.LatentLength);
        float[] axes = new float[bytes.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            axes[i] = bytes[i] * scales[i / ShapeCode.LatentLength];
        }

        return axes;
    }
}
