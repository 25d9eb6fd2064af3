using System.Runtime.Intrinsics;
using Codecs.Models.Nirvana;
using Codecs.Tests;
using static TorchSharp.torch;

namespace Codecs.Models.Tests.Nirvana;

public sealed class PerceptronTests
{
    private const float Price = 0.13f;
    private static readonly ResidualLoss s_loss = new(Price);

    [Theory]
    [InlineData(6, 4, 2)]
    [InlineData(30, 16, 12)]
    [InlineData(38, 56, 24)]
    public void GradientsAreThoseOfTorch(int inputCount, int hidden1, int hidden2)
    {
        using var pause = CollectionPause.Start(16 << 20);
        using var scope = NewDisposeScope();
        var shape = new PerceptronShape(inputCount, hidden1, hidden2);
        var random = new Random(inputCount);
        float[] parameters = Biased(shape, random);
        short[,] inputs = Batches.Random(inputCount, 300, random);
        float[] targets = Targets(random);
        var network = new Perceptron(shape, parameters);

        double sum = network.Accumulate(Batches.Pack(inputs), targets, s_loss);

        Tensor x = tensor(inputs.Cast<short>().Select(v => v / 128.0).ToArray(), [inputCount, ExactPerceptron.Batch]).t();
        var weights = new Tensor[PerceptronShape.Layers];
        var biases = new Tensor[PerceptronShape.Layers];
        for (int l = 0; l < PerceptronShape.Layers; l++)
        {
            weights[l] = Part(parameters, shape.WeightStart(l), shape.Outputs(l), shape.Inputs(l));
            biases[l] = Part(parameters, shape.BiasStart(l), shape.Outputs(l));
            x = x.matmul(weights[l].t()).add(biases[l]);
            x = l < PerceptronShape.Layers - 1 ? nn.functional.leaky_relu(x, 0.125) : x;
        }

        double[] outputs = x.data<double>().ToArray(), slopes = new double[outputs.Length];
        double expected = 0;
        for (int p = 0; p < ExactPerceptron.Batch; p++)
        {
            if (!float.IsNaN(targets[p]))
            {
                expected += s_loss.Of(targets[p], (float)outputs[2 * p], (float)outputs[(2 * p) + 1], out float mean, out float scale);
                (slopes[2 * p], slopes[(2 * p) + 1]) = (mean, scale);
            }
        }

        x.backward([tensor(slopes, x.shape)]);
        Assert.Equal(expected, sum, Math.Abs(expected) * 1e-4);
        Assert.Equal(targets.Count(t => !float.IsNaN(t)), network.Positions);
        float[] gradients = network.Gradients.ToArray();
        Assert.Equal(sum, network.Evaluate(Batches.Pack(inputs), targets, s_loss));
        Assert.Equal(gradients, network.Gradients.ToArray());
        Assert.Equal(targets.Count(t => !float.IsNaN(t)), network.Positions);
        for (int l = 0; l < PerceptronShape.Layers; l++)
        {
            AssertClose(weights[l].grad!, network.Gradients[shape.WeightStart(l)..]);
            AssertClose(biases[l].grad!, network.Gradients[shape.BiasStart(l)..]);
        }
    }

    [Fact]
    public void AStepIsThatOfAdam()
    {
        var shape = new PerceptronShape(8, 6, 4);
        var random = new Random(3);
        float[] parameters = Biased(shape, random);
        double[] expected = [.. parameters.Select(p => (double)p)], first = new double[expected.Length], second = new double[expected.Length];
        var network = new Perceptron(shape, parameters);
        for (int step = 1; step <= 6; step++)
        {
            // The mean over all positions of all batches since the last step.
            for (int b = 0; b < step; b++)
            {
                network.Accumulate(Batches.Pack(Batches.Random(8, 300, random)), Targets(random), s_loss);
            }

            for (int i = 0; i < expected.Length; i++)
            {
                double g = network.Gradients[i] / (double)network.Positions;
                first[i] = (0.9 * first[i]) + (0.1 * g);
                second[i] = (0.999 * second[i]) + (0.001 * g * g);
                expected[i] -= 0.01 * (first[i] / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(second[i] / (1 - Math.Pow(0.999, step))) + 1e-8);
            }

            network.Step(0.01f);
            Assert.All(expected.Zip(parameters), p => Assert.Equal(p.First, p.Second, 2e-5));
            Assert.Equal(0, network.Positions);
        }
    }

    [Fact]
    public void WithoutPositionsNothingMoves()
    {
        var shape = new PerceptronShape(8, 6, 4);
        float[] parameters = Biased(shape, new Random(4)), before = [.. parameters];
        var network = new Perceptron(shape, parameters);
        float[] nothing = new float[ExactPerceptron.Batch];
        nothing.AsSpan().Fill(float.NaN);

        Assert.Equal(0, network.Accumulate(Batches.Pack(Batches.Random(8, 300, new Random(5))), nothing, s_loss));
        network.Step(0.1f);
        Assert.Equal(before, parameters);
    }

    [Fact]
    public void MomentsNeverStayDenormal()
    {
        var shape = new PerceptronShape(8, 6, 4);
        var network = new Perceptron(shape, Biased(shape, new Random(8)));
        network.FirstMoments.Fill(1e-20f);
        network.SecondMoments.Fill(1e-29f);
        float[] hit = new float[ExactPerceptron.Batch];
        for (int step = 0; step < 3000; step++)
        {
            // A weight of an input that is always 0 has no gradient.
            network.Accumulate(Batches.Pack(new short[8, ExactPerceptron.Batch]), hit, s_loss);
            network.Step(1e-6f);
        }

        Assert.DoesNotContain(network.FirstMoments.ToArray(), float.IsSubnormal);
        Assert.DoesNotContain(network.SecondMoments.ToArray(), float.IsSubnormal);
        Assert.Contains(0, network.FirstMoments.ToArray());
    }

    [Fact]
    public void IntegersAreTheParametersAndCannotOverflow()
    {
        var shape = new PerceptronShape(30, 16, 12);
        short[] integers = MadeUpNirvana.Parameters(shape, new Random(6));
        Assert.Equal(integers, new Perceptron(shape, Perceptron.ToFloats(integers)).Quantize());

        float[] huge = [.. Biased(shape, new Random(7)).Select(v => v * 1000)];
        short[] limited = new Perceptron(shape, huge).Quantize();
        _ = new ExactPerceptron(shape, limited);
        Assert.All(limited.Zip(huge), p => Assert.True(Math.Sign(p.First) == Math.Sign(p.Second) || p.First == 0));
    }

    [Fact]
    public void FittingMakesPredictionsBetter()
    {
        var shape = new PerceptronShape(8, 16, 12);
        var random = new Random(8);
        var network = new Perceptron(shape, Biased(shape, random));
        Vector512<int>[] inputs = Batches.Pack(Batches.Random(8, 300, random));
        float[] targets = [.. Enumerable.Range(0, ExactPerceptron.Batch).Select(i => ((2 * Batches.Of(inputs, 0, i)) - Batches.Of(inputs, 3, i)) / 128f)];
        double before = 0, after = 0;
        for (int i = 0; i < 400; i++)
        {
            after = network.Accumulate(inputs, targets, s_loss);
            before = i == 0 ? after : before;
            network.Step(0.01f);
        }

        Assert.InRange(after, 0, before / 5);
    }

    private static float[] Biased(PerceptronShape shape, Random random)
    {
        float[] parameters = Perceptron.ToFloats(MadeUpNirvana.Parameters(shape, random));
        return [.. parameters.Select(p => p + (float)((random.NextDouble() - 0.5) * 0.2))];
    }

    // Near and far ones; none at every seventh position.
    private static float[] Targets(Random random) =>
        [.. Enumerable.Range(0, ExactPerceptron.Batch).Select(i => i % 7 == 3 ? float.NaN : (float)((random.NextDouble() - 0.5) * (i % 3 == 0 ? 30 : 2)))];

    private static Tensor Part(float[] parameters, int start, params long[] shape) =>
        tensor(parameters.Skip(start).Take((int)shape.Aggregate((a, b) => a * b)).Select(p => (double)p).ToArray(), shape).requires_grad_();

    private static void AssertClose(Tensor expected, ReadOnlySpan<float> actual)
    {
        double[] values = expected.data<double>().ToArray();
        double typical = Math.Sqrt(values.Average(v => v * v));
        Assert.True(typical > 0);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(values[i], actual[i], 1e-4 * (Math.Abs(values[i]) + typical));
        }
    }
}
