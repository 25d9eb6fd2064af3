namespace Codecs.Models.Nirvana;

/// <summary>A perceptron inputs - hidden 1 - hidden 2 - 2 and the order of its parameters: for each layer weights [outputs, inputs], then biases.</summary>
/// <param name="InputCount">Inputs, even.</param>
/// <param name="Hidden1">Units of the first hidden layer, even.</param>
/// <param name="Hidden2">Units of the second, even.</param>
internal readonly record struct PerceptronShape(int InputCount, int Hidden1, int Hidden2)
{
    /// <summary>Layers.</summary>
    internal const int Layers = 3;

    /// <summary>Outputs: mean and scale.</summary>
    internal const int OutputCount = 2;

    /// <summary>The magnitudes of the integer weights of an output sum to less: with 16-bit inputs and a bias no sum overflows 32 bits.</summary>
    internal const int MaxWeightSum = (1 << 16) - (1 << 8);

    /// <summary>All parameters.</summary>
    internal int ParameterCount => BiasStart(Layers - 1) + OutputCount;

    /// <summary>Inputs of a layer.</summary>
    internal int Inputs(int layer) => layer switch { 0 => InputCount, 1 => Hidden1, _ => Hidden2 };

    /// <summary>Outputs of a layer.</summary>
    internal int Outputs(int layer) => layer switch { 0 => Hidden1, 1 => Hidden2, _ => OutputCount };

    /// <summary>Where a layer's weights start.</summary>
    internal int WeightStart(int layer)
    {
        int start = 0;
        for (int l = 0; l < layer; l++)
        {
            start += (Inputs(l) + 1) * Outputs(l);
        }

        return start;
    }

    /// <summary>Where a layer's biases start.</summary>
    internal int BiasStart(int layer) => WeightStart(layer) + (Inputs(layer) * Outputs(layer));
}
