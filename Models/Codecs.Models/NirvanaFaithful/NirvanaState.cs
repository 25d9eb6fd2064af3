namespace Codecs.Models.NirvanaFaithful;

/// <summary>The network of a group as a file stores it: integers and their scales. Immutable by convention once coded.</summary>
/// <remarks>
/// Weight of a layer: W = Q / div x scale, div the largest |Q| of the layer (1 if all are 0). As published (min-max normalisation of scalar latents), without the
/// shift that the published settings switch off. Biases and convolutions: integer x step.
/// </remarks>
internal sealed class NirvanaState
{
    /// <summary>Largest |Q|.</summary>
    internal const int MaxLatent = 8191;

    /// <summary>Largest integer of a bias or a convolution: 12 bits.</summary>
    internal const int MaxSide = 2047;

    /// <summary>Factor on what goes into a sine.</summary>
    internal const float Omega = 30;

    // Half of the range in which integers start, for the first layer and the others (section "boundary" of the published settings).
    private const float FirstBoundary = 200, Boundary = 3;

    internal NirvanaState(NirvanaShape shape)
    {
        Shape = shape;
        Latents = [.. Enumerable.Range(0, NirvanaShape.Layers).Select(i => new short[shape.LatentLength(i)])];
        Sides = [.. Enumerable.Range(0, NirvanaShape.Sides).Select(i => new short[shape.SideLength(i)])];
    }

    /// <summary>Size of the network.</summary>
    internal NirvanaShape Shape { get; }

    /// <summary>Q of each layer, [outputs, inputs].</summary>
    internal short[][] Latents { get; }

    /// <summary>Scale of each layer.</summary>
    internal Half[] Scales { get; } = new Half[NirvanaShape.Layers];

    /// <summary>Integers of biases and convolutions.</summary>
    internal short[][] Sides { get; }

    /// <summary>Step of each of those tensors; 0 where it was never sent.</summary>
    internal Half[] Steps { get; } = new Half[NirvanaShape.Sides];

    /// <summary>What the first group of a chunk is coded against: the integers nearest to the start of a fit, biases and convolutions 0.</summary>
    internal static NirvanaState Start(NirvanaShape shape)
    {
        var state = new NirvanaState(shape);
        for (int layer = 0; layer < NirvanaShape.Layers; layer++)
        {
            for (int i = 0; i < state.Latents[layer].Length; i++)
            {
                state.Latents[layer][i] = (short)MathF.Round(StartLatent(layer, i));
            }

            state.Scales[layer] = (Half)Bound(shape, layer);
        }

        return state;
    }

    /// <summary>An integer weight before the first iteration, not yet rounded.</summary>
    internal static float StartLatent(int layer, int index) => (layer == 0 ? FirstBoundary : Boundary) * StartNoise.Uniform(layer, index);

    /// <summary>An element of a bias or a convolution before the first iteration: for biases the bound of SIREN, for convolutions Kaiming's.</summary>
    internal static float StartSide(NirvanaShape shape, int side, int index)
    {
        float bound = side switch
        {
            < NirvanaShape.Layers => Bound(shape, side),
            < NirvanaShape.Layers + 2 => 1 / MathF.Sqrt(shape.Channels * NirvanaShape.Taps),
            _ => 1 / MathF.Sqrt(NirvanaShape.FineChannels * NirvanaShape.Taps),
        };
        return bound * StartNoise.Uniform(NirvanaShape.Layers + side, index);
    }

    /// <summary>Largest weight of a layer at the start (Sitzmann and others, "Implicit neural representations with periodic activation functions", 2020).</summary>
    internal static float Bound(NirvanaShape shape, int layer) => layer == 0 ? 0.5f : MathF.Sqrt(6f / shape.Hidden) / Omega;

    /// <summary>Largest |Q| of a layer, 1 if all are 0.</summary>
    internal static int Divisor(ReadOnlySpan<short> latents)
    {
        int largest = 1;
        foreach (short latent in latents)
        {
            largest = Math.Max(largest, Math.Abs((int)latent));
        }

        return largest;
    }

    /// <summary>The weights of a layer, the same bits on every machine.</summary>
    /// <returns>[outputs, inputs].</returns>
    internal float[] Weights(int layer)
    {
        float divisor = Divisor(Latents[layer]), scale = (float)Scales[layer];
        return Array.ConvertAll(Latents[layer], q => q / divisor * scale);
    }

    /// <summary>A bias or a convolution, the same bits on every machine.</summary>
    internal float[] SideValues(int side)
    {
        float step = (float)Steps[side];
        return Array.ConvertAll(Sides[side], q => q * step);
    }
}
