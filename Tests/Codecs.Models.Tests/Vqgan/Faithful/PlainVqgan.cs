using Codecs.Formats.Weights;

namespace Codecs.Models.Tests.Vqgan.Faithful;

/// <summary>A VQGAN that follows the names of an official state dictionary: where tensors of a name are, there is a layer.</summary>
internal sealed class PlainVqgan(IReadOnlyDictionary<string, SafetensorsTensor> state)
{
    internal PlainMap Encode(PlainMap x)
    {
        x = Same("encoder.conv_in", x);
        for (int level = 0; Has($"encoder.down.{level}.block.0.conv1"); level++)
        {
            string scope = $"encoder.down.{level}.";
            for (int block = 0; Has($"{scope}block.{block}.conv1"); block++)
            {
                x = Residual($"{scope}block.{block}.", x);
                x = Has($"{scope}attn.{block}.q") ? Attention($"{scope}attn.{block}.", x) : x;
            }

            x = Has(scope + "downsample.conv") ? Halve(scope + "downsample.conv", x) : x;
        }

        return Same("quant_conv", Same("encoder.conv_out", Norm("encoder.norm_out", Middle("encoder.mid.", x)).Swish()));
    }

    internal PlainMap Decode(PlainMap codes)
    {
        PlainMap x = Middle("decoder.mid.", Same("decoder.conv_in", Same("post_quant_conv", codes)));
        int levels = 0;
        while (Has($"decoder.up.{levels}.block.0.conv1"))
        {
            levels++;
        }

        for (int level = levels - 1; level >= 0; level--)
        {
            string scope = $"decoder.up.{level}.";
            for (int block = 0; Has($"{scope}block.{block}.conv1"); block++)
            {
                x = Residual($"{scope}block.{block}.", x);
                x = Has($"{scope}attn.{block}.q") ? Attention($"{scope}attn.{block}.", x) : x;
            }

            x = Has(scope + "upsample.conv") ? Same(scope + "upsample.conv", x.Repeat()) : x;
        }

        return Same("decoder.conv_out", Norm("decoder.norm_out", x).Swish());
    }

    /// <summary>The nearest code vector of a position.</summary>
    internal int Nearest(PlainMap codes, int row, int column)
    {
        SafetensorsTensor table = state["quantize.embedding.weight"];
        float[] vectors = table.ToFloats();
        int dimensions = (int)table.Shape[1];
        return Enumerable.Range(0, (int)table.Shape[0]).MinBy(k => Enumerable.Range(0, dimensions).Sum(d => Math.Pow(vectors[(k * dimensions) + d] - codes[d, row, column], 2)));
    }

    internal PlainMap Residual(string scope, PlainMap x)
    {
        PlainMap y = Same(scope + "conv1", Norm(scope + "norm1", x).Swish());
        y = Same(scope + "conv2", Norm(scope + "norm2", y).Swish());
        return y.Add(Has(scope + "nin_shortcut") ? Same(scope + "nin_shortcut", x) : x);
    }

    internal PlainMap Attention(string scope, PlainMap x)
    {
        PlainMap n = Norm(scope + "norm", x);
        return Same(scope + "proj_out", Same(scope + "v", n).Attend(Same(scope + "q", n), Same(scope + "k", n))).Add(x);
    }

    internal PlainMap Halve(string name, PlainMap x) => x.Convolve(state[name + ".weight"], state[name + ".bias"], stride: 2, before: 0, x.Rows / 2, x.Columns / 2);

    private PlainMap Middle(string scope, PlainMap x) => Residual(scope + "block_2.", Attention(scope + "attn_1.", Residual(scope + "block_1.", x)));

    private PlainMap Norm(string name, PlainMap x) => x.Normalize(state[name + ".weight"], state[name + ".bias"]);

    private PlainMap Same(string name, PlainMap x) =>
        x.Convolve(state[name + ".weight"], state[name + ".bias"], stride: 1, before: (int)state[name + ".weight"].Shape[2] / 2, x.Rows, x.Columns);

    private bool Has(string name) => state.ContainsKey(name + ".weight");
}
