namespace Codecs.Models.Exact;

/// <summary>Turns a float layer into integers: per output channel the finest power-of-two scale whose sums provably fit 32 bits.</summary>
internal static class LayerQuantizer
{
    /// <summary>One layer in integers, as the model file stores it.</summary>
    internal readonly record struct Layer(short[] Weights, int[] Bias, byte[] Shift);

    /// <param name="weights">[outputs, fan-in], row by row.</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="inputBits">Fraction bits of the input activations.</param>
    /// <param name="outputBits">Fraction bits of each output channel.</param>
    internal static Layer Quantize(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int inputBits, ReadOnlySpan<int> outputBits)
    {
        int outputs = bias.Length, fanIn = weights.Length / outputs;
        var layer = new Layer(new short[weights.Length], new int[outputs], new byte[outputs]);
        for (int o = 0; o < outputs; o++)
        {
            ReadOnlySpan<float> row = weights.Slice(o * fanIn, fanIn);
            int weightBits = FinestScale(row, bias[o], inputBits, outputBits[o]);
            for (int i = 0; i < fanIn; i++)
            {
                layer.Weights[(o * fanIn) + i] = (short)Round(row[i], weightBits);
            }

            layer.Bias[o] = (int)Round(bias[o], inputBits + weightBits);
            layer.Shift[o] = (byte)(inputBits + weightBits - outputBits[o]);
        }

        return layer;
    }

    // The largest number of weight fraction bits for which weights fit 16 bits and Σ|w|·32767 + |bias| + rounding fits 31.
    private static int FinestScale(ReadOnlySpan<float> row, float bias, int inputBits, int outputBits)
    {
        for (int bits = Math.Min(30 + outputBits - inputBits, 24); ; bits--)
        {
            int shift = inputBits + bits - outputBits;
            if (shift < 1)
            {
                throw new InvalidOperationException($"A weight row is too large for integers (bias {bias}); the network has diverged.");
            }

            long sum = 0;
            bool fits = true;
            foreach (float w in row)
            {
                long q = Math.Abs(Round(w, bits));
                fits &= q <= short.MaxValue;
                sum += q;
            }

            if (fits && (sum * Requantizer.Limit) + Math.Abs(Round(bias, inputBits + bits)) + (1L << (shift - 1)) <= int.MaxValue)
            {
                return bits;
            }
        }
    }

    private static long Round(float value, int bits) => (long)Math.Round(value * Math.ScaleB(1, bits), MidpointRounding.ToEven);
}
