using System.Runtime.Intrinsics;
using Codecs.Models.Nirvana;
using Codecs.Tests;
using CsCheck;

namespace Codecs.Models.Tests.Nirvana;

public sealed class ExactPerceptronTests
{
    [Fact]
    public void NumbersAreThoseOfTheDefinition() => Gen.Select(Gen.Int[1, 20], Gen.Int[1, 20], Gen.Int[1, 12], Gen.Bool, Gen.Int).Sample(
        (inputs, hidden1, hidden2, isExtreme, seed) =>
        {
            var shape = new PerceptronShape(2 * inputs, 2 * hidden1, 2 * hidden2);
            var random = new Random(seed);
            short[] parameters = isExtreme ? Extreme(shape, random) : MadeUpNirvana.Parameters(shape, random);
            short[,] x = Batches.Random(shape.InputCount, isExtreme ? short.MaxValue : 400, random);
            for (int p = 0; isExtreme && p < ExactPerceptron.Batch / 2; p++)
            {
                for (int i = 0; i < shape.InputCount; i++)
                {
                    x[i, p] = random.Next(2) == 0 ? short.MaxValue : (short)-short.MaxValue;
                }
            }

            AssertDefinition(shape, parameters, x);
        },
        iter: 40);

    [Theory]
    [InlineData("DOTNET_EnableAVX512F", "0")]
    [InlineData("DOTNET_EnableAVX512", "0")]
    [InlineData("DOTNET_EnableAVX2", "0")]
    [InlineData("DOTNET_EnableHWIntrinsic", "0")]
    public Task NumbersAreTheSameWithoutAnInstructionSet(string variable, string value) =>
        ChildRun.PassesAsync(nameof(NumbersAreThoseOfTheDefinition), variable, value);

    [Fact]
    public void NoSumOverflowsAtTheLargestWeights()
    {
        // All of the sum in one direction, the bias on top of it.
        var shape = new PerceptronShape(4, 2, 2);
        short[] parameters = new short[shape.ParameterCount];
        for (int l = 0; l < PerceptronShape.Layers; l++)
        {
            for (int o = 0; o < shape.Outputs(l); o++)
            {
                Span<short> row = parameters.AsSpan(shape.WeightStart(l) + (o * shape.Inputs(l)), shape.Inputs(l));
                (row[0], row[1]) = (short.MaxValue, (short)(PerceptronShape.MaxWeightSum - 1 - short.MaxValue));
                parameters[shape.BiasStart(l) + o] = short.MaxValue;
            }
        }

        short[,] x = new short[4, ExactPerceptron.Batch];
        for (int p = 0; p < ExactPerceptron.Batch; p++)
        {
            (x[0, p], x[1, p]) = p % 2 == 0 ? (short.MaxValue, short.MaxValue) : ((short)-short.MaxValue, (short)-short.MaxValue);
        }

        AssertDefinition(shape, parameters, x);
        parameters[1]++;
        Assert.Throws<ModelMismatchException>(() => new ExactPerceptron(shape, parameters));
    }

    [Fact]
    public void ThreadsMayShareANetwork()
    {
        var shape = new PerceptronShape(30, 32, 16);
        var network = new ExactPerceptron(shape, MadeUpNirvana.Parameters(shape, new Random(1)));
        Vector512<int>[][] inputs = [.. Enumerable.Range(0, 8).Select(i => Batches.Pack(Batches.Random(30, 400, new Random(i))))];
        (int[] Means, int[] Scales)[] expected = [.. inputs.Select(i => Run(network, i))];

        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            (int[] means, int[] scales) = Run(network, inputs[i % 8]);
            Assert.Equal(expected[i % 8].Means, means);
            Assert.Equal(expected[i % 8].Scales, scales);
        });
    }

    [Fact]
    public void TheFloatNetworkIsCloseToTheIntegers()
    {
        var shape = new PerceptronShape(38, 56, 24);
        var random = new Random(2);
        short[] parameters = MadeUpNirvana.Parameters(shape, random);
        Vector512<int>[] inputs = Batches.Pack(Batches.Random(38, 300, random));
        (int[] means, int[] scales) = Run(new ExactPerceptron(shape, parameters), inputs);
        var loss = new ResidualLoss(0.13f);
        const float one = 1 << (ExactPerceptron.WeightBits + ExactPerceptron.ActivationBits);
        for (int p = 0; p < ExactPerceptron.Batch; p++)
        {
            // The loss of a position tells its outputs; the others have no target.
            float[] targets = new float[ExactPerceptron.Batch];
            targets.AsSpan().Fill(float.NaN);
            targets[p] = 3;
            var network = new Perceptron(shape, Perceptron.ToFloats(parameters));
            double expected = loss.Of(3, means[p] / one, scales[p] / one, out float byMean, out float byScale);

            Assert.Equal(expected, network.Accumulate(inputs, targets, loss), (0.03 * Math.Abs(byMean)) + (0.03 * Math.Abs(byScale)) + 0.02);
        }
    }

    private static (int[] Means, int[] Scales) Run(ExactPerceptron network, Vector512<int>[] inputs)
    {
        int[] means = new int[ExactPerceptron.Batch], scales = new int[ExactPerceptron.Batch];
        network.Run(inputs, Batches.Hidden(), means, scales);
        return (means, scales);
    }

    private static void AssertDefinition(PerceptronShape shape, short[] parameters, short[,] inputs)
    {
        (int[] means, int[] scales) = Run(new ExactPerceptron(shape, parameters), Batches.Pack(inputs));
        for (int p = 0; p < ExactPerceptron.Batch; p++)
        {
            long[] x = [.. Enumerable.Range(0, shape.InputCount).Select(i => (long)inputs[i, p])];
            for (int l = 0; l < PerceptronShape.Layers; l++)
            {
                long[] sums = new long[shape.Outputs(l)];
                for (int o = 0; o < sums.Length; o++)
                {
                    sums[o] = (long)parameters[shape.BiasStart(l) + o] << 7;
                    for (int i = 0; i < x.Length; i++)
                    {
                        sums[o] += parameters[shape.WeightStart(l) + (o * x.Length) + i] * x[i];
                    }

                    Assert.InRange(sums[o], int.MinValue, int.MaxValue - 512);
                }

                x = l == PerceptronShape.Layers - 1 ? sums : [.. sums.Select(s => Math.Clamp((s + 512) >> 10, short.MinValue, short.MaxValue)).Select(y => Math.Max(y, y >> 3))];
            }

            Assert.Equal((x[0], x[1]), (means[p], scales[p]));
        }
    }

    // Magnitudes up to the limit, spread over few or many weights.
    private static short[] Extreme(PerceptronShape shape, Random random)
    {
        short[] parameters = new short[shape.ParameterCount];
        for (int l = 0; l < PerceptronShape.Layers; l++)
        {
            for (int o = 0; o < shape.Outputs(l); o++)
            {
                int left = PerceptronShape.MaxWeightSum - 1;
                for (int i = 0; i < shape.Inputs(l) && left > 0; i++)
                {
                    int magnitude = random.Next(Math.Min(left, short.MaxValue) + 1);
                    left -= magnitude;
                    parameters[shape.WeightStart(l) + (o * shape.Inputs(l)) + i] = (short)(random.Next(2) == 0 ? magnitude : -magnitude);
                }

                parameters[shape.BiasStart(l) + o] = random.Next(2) == 0 ? short.MinValue : short.MaxValue;
            }
        }

        return parameters;
    }
}
