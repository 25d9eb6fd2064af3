using static TorchSharp.torch;

namespace Codecs.Models.NirvanaFaithful;

/// <summary>What a network computes with, on a device. Whoever makes it owns the tensors.</summary>
/// <param name="Layers">Weights of the layers, [outputs, inputs] each.</param>
/// <param name="Sides">Three biases [outputs]; for G frames weights [32 G, E, 3, 3] and bias [32 G] of the first convolution, weights [3 G, 8, 3, 3] and bias [3 G] of the second.</param>
internal sealed record NirvanaTensors(Tensor[] Layers, Tensor[] Sides)
{
    /// <summary>The tensors of a coded network.</summary>
    internal static NirvanaTensors Of(NirvanaState state, Device device) => new(
        [.. Enumerable.Range(0, NirvanaShape.Layers).Select(i => tensor(state.Weights(i), LayerShape(state.Shape, i)).to(device))],
        [.. Enumerable.Range(0, NirvanaShape.Sides).Select(i => tensor(state.SideValues(i), SideShape(state.Shape, i)).to(device))]);

    /// <summary>What some of the frames need; the tensors are views.</summary>
    internal NirvanaTensors Frames(int first, int count)
    {
        Tensor[] sides = [.. Sides];
        for (int i = NirvanaShape.Layers; i < NirvanaShape.Sides; i++)
        {
            long perFrame = sides[i].shape[0] / NirvanaShape.Frames;
            sides[i] = sides[i].narrow(0, first * perFrame, count * perFrame);
        }

        return this with { Sides = sides };
    }

    internal static long[] LayerShape(NirvanaShape shape, int layer) => shape.Latent(layer) is var (rows, columns) ? [rows, columns] : [];

    internal static long[] SideShape(NirvanaShape shape, int side) => side switch
    {
        3 => [NirvanaShape.Frames * NirvanaShape.Patch, shape.Channels, 3, 3],
        5 => [NirvanaShape.Frames * NirvanaShape.Colors, NirvanaShape.FineChannels, 3, 3],
        _ => [shape.SideLength(side)],
    };
}
