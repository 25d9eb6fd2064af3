using Codecs.Models.Exact;
using CsCheck;

namespace Codecs.Models.Tests.Exact;

public sealed class IntegerPointwiseTests
{
    private static readonly Gen<(int Inputs, int Outputs, int Positions, int Seed, bool Leaky)> s_shapes =
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 4], Gen.Int[1, 21], Gen.Int, Gen.Bool)
            .Select((inputs, outputs, positions, seed, leaky) => (2 * inputs, 16 * outputs, positions, seed, leaky));

    [Fact]
    public void VectorCodeEqualsPlainSixtyFourBitArithmetic() => s_shapes.Sample(shape =>
    {
        (short[] weights, int[] bias, byte[] shift, short[] input) = Draw(shape.Inputs, shape.Outputs, shape.Positions, shape.Seed);
        var layer = new IntegerPointwise(weights, shape.Inputs, new Requantizer(bias, shift, shape.Leaky));
        short[] output = new short[shape.Positions * shape.Outputs];

        layer.Apply(input, output);

        for (int p = 0; p < shape.Positions; p++)
        {
            for (int o = 0; o < shape.Outputs; o++)
            {
                long sum = bias[o];
                for (int i = 0; i < shape.Inputs; i++)
                {
                    sum += (long)weights[(o * shape.Inputs) + i] * input[(p * shape.Inputs) + i];
                }

                sum = shape.Leaky && sum < 0 ? sum >> 3 : sum;
                long expected = Math.Clamp((sum + (1L << (shift[o] - 1))) >> shift[o], -32767, 32767);
                if (expected != output[(p * shape.Outputs) + o])
                {
                    return false;
                }
            }
        }

        return true;
    });

    [Fact]
    public void VectorCodeEqualsScalarCodeWhenAddingToAStream() => s_shapes.Sample(shape =>
    {
        (short[] weights, int[] bias, byte[] shift, short[] input) = Draw(shape.Inputs, shape.Outputs, shape.Positions, shape.Seed);
        var layer = new IntegerPointwise(weights, shape.Inputs, new Requantizer(bias, shift, shape.Leaky));
        var random = new Random(shape.Seed + 1);
        short[] vector = [.. Enumerable.Range(0, shape.Positions * shape.Outputs).Select(_ => (short)random.Next(-32767, 32768))];
        short[] scalar = [.. vector];

        layer.AddTo(input, vector);
        layer.RunScalar(input, scalar, add: true);

        return vector.AsSpan().SequenceEqual(scalar);
    });

    [Fact]
    public void WeightsThatCouldOverflowAreRefused()
    {
        short[] weights = new short[16 * 4];
        Array.Fill(weights, short.MaxValue);
        byte[] shift = new byte[16];
        Array.Fill(shift, (byte)10);
        ModelMismatchException error = Assert.Throws<ModelMismatchException>(
            () => new IntegerPointwise(weights, 4, new Requantizer(new int[16], shift, leaky: false)));
        Assert.Contains("overflow", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AWrongShiftIsRefused() =>
        Assert.Throws<ModelMismatchException>(() => new Requantizer(new int[1], [31], leaky: false));

    // Weights at the edge of the overflow proof, activations over the whole range with extremes.
    private static (short[] Weights, int[] Bias, byte[] Shift, short[] Input) Draw(int inputs, int outputs, int positions, int seed)
    {
        var random = new Random(seed);
        int largest = Math.Min(32767, 65000 / inputs);
        short[] weights = [.. Enumerable.Range(0, inputs * outputs).Select(_ => (short)random.Next(-largest, largest + 1))];
        int[] bias = [.. Enumerable.Range(0, outputs).Select(_ => random.Next(-1_000_000, 1_000_000))];
        byte[] shift = [.. Enumerable.Range(0, outputs).Select(_ => (byte)random.Next(1, 23))];
        short[] input = [.. Enumerable.Range(0, positions * inputs).Select(_ => random.Next(8) == 0
            ? (short)(random.Next(2) == 0 ? -32767 : 32767) : (short)random.Next(-32767, 32768))];
        return (weights, bias, shift, input);
    }
}
