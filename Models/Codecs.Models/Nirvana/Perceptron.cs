using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Codecs.Models.Nirvana;

/// <summary>A perceptron in floats while it is fitted: forward, backward and Adam in vector code, 64 positions at a time.</summary>
/// <remarks>Graphs of small tensor operations are ten times slower. <see cref="ExactPerceptron"/> is the same in integers.</remarks>
internal sealed class Perceptron
{
    private const int Batch = ExactPerceptron.Batch, Lanes = 16, Vectors = Batch / Lanes;
    private const float Slope = 0.125f, Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f, Nothing = 1e-30f;
    private readonly float[] _gradients;
    private readonly float[] _first;
    private readonly float[] _second;
    private readonly Vector512<float>[][] _activations;
    private readonly Vector512<float>[][] _deltas;

    /// <param name="shape">The layers.</param>
    /// <param name="parameters">Start values, kept and changed.</param>
    internal Perceptron(PerceptronShape shape, float[] parameters)
    {
        (Shape, Parameters) = (shape, parameters);
        _gradients = new float[parameters.Length];
        _first = new float[parameters.Length];
        _second = new float[parameters.Length];
        int[] sizes = [shape.InputCount, shape.Hidden1, shape.Hidden2, PerceptronShape.OutputCount];
        _activations = [.. sizes.Select(s => new Vector512<float>[s * Vectors])];
        _deltas = [.. sizes.Select(s => new Vector512<float>[s * Vectors])];
    }

    /// <summary>The layers.</summary>
    internal PerceptronShape Shape { get; }

    /// <summary>As <see cref="PerceptronShape"/> orders them.</summary>
    internal float[] Parameters { get; }

    /// <summary>Adam's running mean of the gradients.</summary>
    internal Span<float> FirstMoments => _first;

    /// <summary>Adam's running mean of their squares.</summary>
    internal Span<float> SecondMoments => _second;

    /// <summary>Steps taken; with parameters and moments all that a fit needs to be continued.</summary>
    internal int Steps { get; set; }

    /// <summary>Sums of gradients since the last step.</summary>
    internal ReadOnlySpan<float> Gradients => _gradients;

    /// <summary>Positions whose gradients were added up.</summary>
    internal int Positions { get; private set; }

    /// <summary>The parameters as integers that cannot overflow.</summary>
    internal short[] Quantize()
    {
        short[] integers = new short[Parameters.Length];
        for (int l = 0; l < PerceptronShape.Layers; l++)
        {
            int inputs = Shape.Inputs(l);
            for (int o = 0; o < Shape.Outputs(l); o++)
            {
                int start = Shape.WeightStart(l) + (o * inputs);
                Round(Parameters.AsSpan(start, inputs), integers.AsSpan(start, inputs), 1);
                for (float shrink = 0.99f; Magnitude(integers.AsSpan(start, inputs)) >= PerceptronShape.MaxWeightSum; shrink *= 0.99f)
                {
                    Round(Parameters.AsSpan(start, inputs), integers.AsSpan(start, inputs), shrink);
                }
            }

            Round(Parameters.AsSpan(Shape.BiasStart(l), Shape.Outputs(l)), integers.AsSpan(Shape.BiasStart(l), Shape.Outputs(l)), 1);
        }

        return integers;
    }

    /// <summary>Parameters of integers.</summary>
    internal static float[] ToFloats(ReadOnlySpan<short> parameters)
    {
        float[] floats = new float[parameters.Length];
        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = parameters[i] / (float)(1 << ExactPerceptron.WeightBits);
        }

        return floats;
    }

    /// <summary>Adds the gradients of a batch's loss: squared error in steps plus the price of bits.</summary>
    /// <param name="inputs">[pairs of inputs, 4 vectors], as <see cref="FeatureGatherer"/> packs them.</param>
    /// <param name="targets">64 half differences in units of two steps; not a number where there is no position.</param>
    /// <param name="loss">How the outputs are judged.</param>
    /// <returns>The loss summed over the positions.</returns>
    internal double Accumulate(ReadOnlySpan<Vector512<int>> inputs, ReadOnlySpan<float> targets, ResidualLoss loss)
    {
        Unpack(inputs, _activations[0]);
        for (int l = 0; l < PerceptronShape.Layers; l++)
        {
            Forward(l);
        }

        double sum = Judge(targets, loss);
        for (int l = PerceptronShape.Layers - 1; l >= 0; l--)
        {
            Backward(l);
        }

        return sum;
    }

    /// <summary>The loss of a batch, without gradients.</summary>
    /// <inheritdoc cref="Accumulate"/>
    internal double Evaluate(ReadOnlySpan<Vector512<int>> inputs, ReadOnlySpan<float> targets, ResidualLoss loss)
    {
        Unpack(inputs, _activations[0]);
        for (int l = 0; l < PerceptronShape.Layers; l++)
        {
            Forward(l);
        }

        int positions = Positions;
        double sum = Judge(targets, loss);
        Positions = positions;
        return sum;
    }

    /// <summary>One step of Adam (Kingma, Ba, 2015) along the mean gradient; the sums start anew.</summary>
    internal void Step(float rate)
    {
        if (Positions == 0)
        {
            return;
        }

        Steps++;
        float scale = 1f / Positions, c1 = 1 / (1 - MathF.Pow(Beta1, Steps)), c2 = 1 / (1 - MathF.Pow(Beta2, Steps));
        for (int i = 0; i < Parameters.Length; i++)
        {
            float g = _gradients[i] * scale;
            _first[i] = Flush(_first[i] + ((1 - Beta1) * (g - _first[i])));
            _second[i] = Flush(_second[i] + ((1 - Beta2) * ((g * g) - _second[i])));
            Parameters[i] -= rate * _first[i] * c1 / (MathF.Sqrt(_second[i] * c2) + Epsilon);
        }

        Clear();
    }

    /// <summary>Forgets the gradients.</summary>
    internal void Clear()
    {
        Array.Clear(_gradients);
        Positions = 0;
    }

    // A mean that only decays ends among the denormal numbers, stays there, and makes every later step many times slower.
    private static float Flush(float mean) => Math.Abs(mean) < Nothing ? 0 : mean;

    private static int Magnitude(ReadOnlySpan<short> weights)
    {
        int sum = 0;
        foreach (short w in weights)
        {
            sum += Math.Abs((int)w);
        }

        return sum;
    }

    private static void Round(ReadOnlySpan<float> values, Span<short> integers, float factor)
    {
        for (int i = 0; i < values.Length; i++)
        {
            integers[i] = (short)Math.Clamp(MathF.Round(values[i] * factor * (1 << ExactPerceptron.WeightBits)), -short.MaxValue, short.MaxValue);
        }
    }

    private static void Unpack(ReadOnlySpan<Vector512<int>> pairs, Vector512<float>[] x)
    {
        Vector512<float> unit = Vector512.Create(1f / (1 << ExactPerceptron.ActivationBits));
        for (int p = 0; p < x.Length / (2 * Vectors); p++)
        {
            for (int v = 0; v < Vectors; v++)
            {
                Vector512<int> pair = pairs[(p * Vectors) + v];
                x[(2 * p * Vectors) + v] = Vector512.ConvertToSingle(pair << 16 >> 16) * unit;
                x[(((2 * p) + 1) * Vectors) + v] = Vector512.ConvertToSingle(pair >> 16) * unit;
            }
        }
    }

    private void Forward(int layer)
    {
        int inputs = Shape.Inputs(layer), outputs = Shape.Outputs(layer);
        ReadOnlySpan<float> weights = Parameters.AsSpan(Shape.WeightStart(layer)), biases = Parameters.AsSpan(Shape.BiasStart(layer));
        ReadOnlySpan<Vector512<float>> x = _activations[layer];
        Span<Vector512<float>> y = _activations[layer + 1];
        bool hidden = layer < PerceptronShape.Layers - 1;
        for (int o = 0; o < outputs; o += 2)
        {
            ReadOnlySpan<float> even = weights.Slice(o * inputs, inputs), odd = weights.Slice((o + 1) * inputs, inputs);
            Vector512<float> e0 = Vector512.Create(biases[o]), e1 = e0, e2 = e0, e3 = e0, d0 = Vector512.Create(biases[o + 1]), d1 = d0, d2 = d0, d3 = d0;
            for (int k = 0; k < even.Length; k++)
            {
                ReadOnlySpan<Vector512<float>> at = x.Slice(k * Vectors, Vectors);
                Vector512<float> u = Vector512.Create(even[k]), v = Vector512.Create(odd[k]);
                e0 = Vector512.FusedMultiplyAdd(at[0], u, e0);
                e1 = Vector512.FusedMultiplyAdd(at[1], u, e1);
                e2 = Vector512.FusedMultiplyAdd(at[2], u, e2);
                e3 = Vector512.FusedMultiplyAdd(at[3], u, e3);
                d0 = Vector512.FusedMultiplyAdd(at[0], v, d0);
                d1 = Vector512.FusedMultiplyAdd(at[1], v, d1);
                d2 = Vector512.FusedMultiplyAdd(at[2], v, d2);
                d3 = Vector512.FusedMultiplyAdd(at[3], v, d3);
            }

            Span<Vector512<float>> to = y.Slice(o * Vectors, 2 * Vectors);
            (to[0], to[1], to[2], to[3]) = (Activate(e0, hidden), Activate(e1, hidden), Activate(e2, hidden), Activate(e3, hidden));
            (to[4], to[5], to[6], to[7]) = (Activate(d0, hidden), Activate(d1, hidden), Activate(d2, hidden), Activate(d3, hidden));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Activate(Vector512<float> sum, bool hidden) => hidden ? Vector512.Max(sum, sum * Slope) : sum;

    private double Judge(ReadOnlySpan<float> targets, ResidualLoss loss)
    {
        Span<float> means = stackalloc float[Batch], scales = stackalloc float[Batch], meanGradients = stackalloc float[Batch], scaleGradients = stackalloc float[Batch];
        Vector512<float>[] outputs = _activations[PerceptronShape.Layers], deltas = _deltas[PerceptronShape.Layers];
        for (int v = 0; v < Vectors; v++)
        {
            outputs[v].CopyTo(means[(v * Lanes)..]);
            outputs[Vectors + v].CopyTo(scales[(v * Lanes)..]);
        }

        double sum = 0;
        for (int i = 0; i < Batch; i++)
        {
            if (float.IsNaN(targets[i]))
            {
                continue;
            }

            sum += loss.Of(targets[i], means[i], scales[i], out meanGradients[i], out scaleGradients[i]);
            Positions++;
        }

        for (int v = 0; v < Vectors; v++)
        {
            deltas[v] = Vector512.Create<float>(meanGradients.Slice(v * Lanes, Lanes));
            deltas[Vectors + v] = Vector512.Create<float>(scaleGradients.Slice(v * Lanes, Lanes));
        }

        return sum;
    }

    private void Backward(int layer)
    {
        int inputs = Shape.Inputs(layer), outputs = Shape.Outputs(layer);
        ReadOnlySpan<float> weights = Parameters.AsSpan(Shape.WeightStart(layer), inputs * outputs);
        Span<float> weightGradients = _gradients.AsSpan(Shape.WeightStart(layer), inputs * outputs), biasGradients = _gradients.AsSpan(Shape.BiasStart(layer), outputs);
        ReadOnlySpan<Vector512<float>> x = _activations[layer], delta = _deltas[layer + 1];
        for (int o = 0; o < outputs; o++)
        {
            ReadOnlySpan<Vector512<float>> d = delta.Slice(o * Vectors, Vectors);
            Vector512<float> d0 = d[0], d1 = d[1], d2 = d[2], d3 = d[3];
            biasGradients[o] += Vector512.Sum(d0 + d1 + d2 + d3);
            Span<float> row = weightGradients.Slice(o * inputs, inputs);
            for (int k = 0; k < row.Length; k++)
            {
                ReadOnlySpan<Vector512<float>> at = x.Slice(k * Vectors, Vectors);
                Vector512<float> product = (at[0] * d0) + (at[1] * d1);
                row[k] += Vector512.Sum(product + ((at[2] * d2) + (at[3] * d3)));
            }
        }

        if (layer == 0)
        {
            return;
        }

        Span<Vector512<float>> back = _deltas[layer];
        Vector512<float> slope = Vector512.Create(Slope);
        for (int k = 0; k < inputs; k++)
        {
            Vector512<float> s0 = Vector512<float>.Zero, s1 = s0, s2 = s0, s3 = s0;
            for (int o = 0; o < outputs; o++)
            {
                ReadOnlySpan<Vector512<float>> d = delta.Slice(o * Vectors, Vectors);
                Vector512<float> w = Vector512.Create(weights[(o * inputs) + k]);
                s0 = Vector512.FusedMultiplyAdd(d[0], w, s0);
                s1 = Vector512.FusedMultiplyAdd(d[1], w, s1);
                s2 = Vector512.FusedMultiplyAdd(d[2], w, s2);
                s3 = Vector512.FusedMultiplyAdd(d[3], w, s3);
            }

            ReadOnlySpan<Vector512<float>> at = x.Slice(k * Vectors, Vectors);
            Span<Vector512<float>> to = back.Slice(k * Vectors, Vectors);
            to[0] = Vector512.ConditionalSelect(Vector512.GreaterThan(at[0], Vector512<float>.Zero), s0, s0 * slope);
            to[1] = Vector512.ConditionalSelect(Vector512.GreaterThan(at[1], Vector512<float>.Zero), s1, s1 * slope);
            to[2] = Vector512.ConditionalSelect(Vector512.GreaterThan(at[2], Vector512<float>.Zero), s2, s2 * slope);
            to[3] = Vector512.ConditionalSelect(Vector512.GreaterThan(at[3], Vector512<float>.Zero), s3, s3 * slope);
        }
    }
}
