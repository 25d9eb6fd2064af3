using Codecs.Formats.Weights;
using Codecs.Models.Exact;
using Codecs.Models.Nirvana;

namespace Codecs.Tests;

/// <summary>Networks and planes of random numbers; the same for the same seed.</summary>
internal static class MadeUpNirvana
{
    /// <summary>All networks of the codec.</summary>
    internal static SplitNetworks Networks(int seed)
    {
        var random = new Random(seed);
        return new SplitNetworks(i => Parameters(SplitNetworks.ShapeOf(i), random));
    }

    /// <summary>What such networks are as a weight file.</summary>
    internal static NirvanaWeights Weights(int seed) =>
        NirvanaWeights.FromFile(SafetensorsFile.Read(NirvanaWeights.ToFile(Networks(seed), LaplaceTables.Create())));

    /// <summary>Weights of the size that keeps the variance of activations, outputs small; biases of 0.</summary>
    internal static short[] Parameters(PerceptronShape shape, Random random)
    {
        short[] parameters = new short[shape.ParameterCount];
        for (int l = 0; l < PerceptronShape.Layers; l++)
        {
            double size = (l == PerceptronShape.Layers - 1 ? 0.1 : 1) * Math.Sqrt(2.0 / shape.Inputs(l)) * (1 << ExactPerceptron.WeightBits);
            for (int i = shape.WeightStart(l); i < shape.BiasStart(l); i++)
            {
                parameters[i] = (short)(size * 1.15 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5));
            }
        }

        return parameters;
    }

    /// <summary>Waves with some noise, or extreme samples; margins extended.</summary>
    internal static Grid Plane(int width, int height, Random random, bool isExtreme = false)
    {
        Grid plane = Grid.Create(width, height);
        double across = random.NextDouble() * 0.4, down = random.NextDouble() * 0.4;
        for (int y = 0; y < height; y++)
        {
            Span<short> row = plane.Row(y);
            for (int x = 0; x < width; x++)
            {
                row[x] = isExtreme ? (short)(random.Next(2) == 0 ? -4096 : 4095) : (short)((2000 * Math.Sin((across * x) + (down * y))) + random.Next(-200, 200));
            }
        }

        plane.Extend();
        return plane;
    }
}
