using System.Numerics;

namespace Codecs.Models.Layers;

/// <summary>A dense matrix with a bias, applied to many vectors in plain code: the linear encoders need no torch.</summary>
internal sealed class FloatMatrix
{
    private readonly float[] _columns; // [inputs][outputs]
    private readonly float[] _bias;

    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs].</param>
    internal FloatMatrix(ReadOnlySpan<float> weight, float[] bias)
    {
        (Outputs, Inputs, _bias) = (bias.Length, weight.Length / bias.Length, bias);
        _columns = new float[weight.Length];
        for (int o = 0; o < Outputs; o++)
        {
            for (int i = 0; i < Inputs; i++)
            {
                _columns[(i * Outputs) + o] = weight[(o * Inputs) + i];
            }
        }
    }

    internal int Inputs { get; }

    internal int Outputs { get; }

    /// <param name="input">[vectors, inputs].</param>
    /// <param name="output">[vectors, outputs].</param>
    internal void Apply(ReadOnlySpan<float> input, Span<float> output)
    {
        for (int from = 0, to = 0; from < input.Length; from += Inputs, to += Outputs)
        {
            Span<float> sums = output.Slice(to, Outputs);
            _bias.CopyTo(sums);
            for (int i = 0; i < Inputs; i++)
            {
                ReadOnlySpan<float> column = _columns.AsSpan(i * Outputs, Outputs);
                float x = input[from + i];
                int o = 0;
                for (; o <= Outputs - Vector<float>.Count; o += Vector<float>.Count)
                {
                    (new Vector<float>(sums[o..]) + (new Vector<float>(column[o..]) * x)).CopyTo(sums[o..]);
                }

                for (; o < Outputs; o++)
                {
                    sums[o] += column[o] * x;
                }
            }
        }
    }
}
