using Codecs.Models.Vqgan.Faithful;
using Codecs.Models.Vqgan.Faithful.Networks;

namespace Codecs.Benchmarks;

/// <summary>How many multiplications a published VQGAN takes for a picture, which no machine changes.</summary>
/// <remarks>Counted off the shapes of its tensors: a convolution multiplies each of its weights once at every position of its result, attention each query with every
/// key and every weight with a value. Biases, norms and activations are left out, and so is the search for code vectors.</remarks>
internal static class VqganWork
{
    /// <summary>Multiply-accumulate operations of both networks for a picture that goes through at once.</summary>
    internal static (long Encode, long Decode) Count(FaithfulVqganConfig config, int width, int height)
    {
        int last = config.Multipliers.Count - 1;
        (int rows, int columns) = config.MapSize(width, height);
        long encode = 0, decode = 0;
        foreach ((string name, long[] shape) in VqganNetwork.Shapes(config).Where(s => s.Value.Length == 4))
        {
            string[] parts = name.Split('.');
            int level = LevelOf(parts, last);
            long positions = ((long)rows << (last - level)) * ((long)columns << (last - level));
            long work = shape.Aggregate(positions, (product, size) => product * size);
            if (parts[^2] == "q")
            {
                work += 2 * shape[0] * positions * positions;
            }

            if (parts[0] is VqganNames.Encoder or VqganNames.ToCode)
            {
                encode += work;
            }
            else
            {
                decode += work;
            }
        }

        return (encode, decode);
    }

    // Of the result of a convolution; 0 is full resolution.
    private static int LevelOf(string[] parts, int last) => parts switch
    {
        [VqganNames.Encoder, "conv_in", ..] or [VqganNames.Decoder, "conv_out", ..] => 0,
        [_, "down", var level, "downsample", ..] => Number(level) + 1,
        [_, "up", var level, "upsample", ..] => Number(level) - 1,
        [_, "down" or "up", var level, ..] => Number(level),
        _ => last,
    };

    private static int Number(string level) => int.Parse(level, System.Globalization.CultureInfo.InvariantCulture);
}
