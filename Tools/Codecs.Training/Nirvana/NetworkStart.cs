using Codecs.Models.Nirvana;

namespace Codecs.Training.Nirvana;

/// <summary>Random networks to begin with.</summary>
internal static class NetworkStart
{
    // A sum of three uniform numbers has a standard deviation of one half. The last layer begins near 0: the mean of its neighbours, the middle table.
    private const float Spread = 1.15f, LastLayer = 0.1f;

    /// <summary>Weights by He et al. (2015), a little more than half as large; biases 0.</summary>
    internal static short[] Create(PerceptronShape shape, Random random)
    {
        short[] parameters = new short[shape.ParameterCount];
        for (int l = 0; l < PerceptronShape.Layers; l++)
        {
            float scale = (l == PerceptronShape.Layers - 1 ? LastLayer : 1) * MathF.Sqrt(2f / shape.Inputs(l)) * Spread * (1 << ExactPerceptron.WeightBits);
            for (int i = shape.WeightStart(l); i < shape.BiasStart(l); i++)
            {
                parameters[i] = (short)(scale * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5));
            }
        }

        return parameters;
    }
}
