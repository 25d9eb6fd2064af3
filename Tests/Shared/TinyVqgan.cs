namespace Codecs.Tests;

/// <summary>State dictionaries of the smallest VQGANs, spelled out: 32 channels everywhere, one residual block a level, no attention but in the middle.</summary>
internal static class TinyVqgan
{
    internal const string Codebook = "quantize.embedding.weight";

    private const int Wide = 32;

    /// <param name="levels">The stride is 2^(levels - 1).</param>
    /// <param name="dimensions">Elements of a code vector, and channels between the networks.</param>
    /// <param name="codes">Code vectors.</param>
    /// <param name="seed">Of the random weights.</param>
    internal static List<(string Name, long[] Shape, float[] Values)> Create(int levels, int dimensions, int codes, int seed = 1)
    {
        var random = new Random(seed);
        List<(string Name, long[] Shape, float[] Values)> tensors = [];
        Convolution("encoder.conv_in", 3, Wide, 3);
        for (int level = 0; level < levels; level++)
        {
            Block($"encoder.down.{level}.block.0");
            if (level < levels - 1)
            {
                Convolution($"encoder.down.{level}.downsample.conv", Wide, Wide, 3);
            }
        }

        Middle("encoder.mid");
        Norm("encoder.norm_out");
        Convolution("encoder.conv_out", Wide, dimensions, 3);
        Convolution("quant_conv", dimensions, dimensions, 1);
        Add(Codebook, 1, 0, codes, dimensions);
        Convolution("post_quant_conv", dimensions, dimensions, 1);
        Convolution("decoder.conv_in", dimensions, Wide, 3);
        Middle("decoder.mid");
        for (int level = 0; level < levels; level++)
        {
            Block($"decoder.up.{level}.block.0");
            Block($"decoder.up.{level}.block.1");
            if (level > 0)
            {
                Convolution($"decoder.up.{level}.upsample.conv", Wide, Wide, 3);
            }
        }

        Norm("decoder.norm_out");
        Convolution("decoder.conv_out", Wide, 3, 3);
        return tensors;

        void Add(string name, double spread, float centre, params long[] shape) =>
            tensors.Add((name, shape, [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (p, s) => p * s)).Select(_ => centre + (float)(((2 * random.NextDouble()) - 1) * spread))]));

        void Norm(string name)
        {
            Add(name + ".weight", 0.2, 1, Wide);
            Add(name + ".bias", 0.2, 0, Wide);
        }

        void Convolution(string name, int inputs, int outputs, int kernel)
        {
            Add(name + ".weight", Math.Sqrt(3.0 / (inputs * kernel * kernel)), 0, outputs, inputs, kernel, kernel);
            Add(name + ".bias", 0.1, 0, outputs);
        }

        void Block(string name)
        {
            Norm(name + ".norm1");
            Convolution(name + ".conv1", Wide, Wide, 3);
            Norm(name + ".norm2");
            Convolution(name + ".conv2", Wide, Wide, 3);
        }

        void Middle(string name)
        {
            Block(name + ".block_1");
            Norm(name + ".attn_1.norm");
            foreach (string part in new[] { "q", "k", "v", "proj_out" })
            {
                Convolution($"{name}.attn_1.{part}", Wide, Wide, 1);
            }

            Block(name + ".block_2");
        }
    }
}
