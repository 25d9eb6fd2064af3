using static TorchSharp.torch;

namespace Codecs.Models.NirvanaFaithful;

/// <summary>From the centre of a patch to its pixels in the frames of a group.</summary>
/// <remarks>
/// <para>SIREN of three layers, then frame by frame: the feature map plus the frame's encoding, 3x3 convolution, pixel shuffle, GELU, 3x3 convolution. Each frame sees its own
/// encoding; the published order of channels mixes them, which changes nothing that the network can express.</para>
/// <para>The pixel shuffle waits until the end: a convolution over its output is one over its input, 2x2 pixels as four channels, whose kernels hold the
/// same weights among zeros. That is four times the multiplications and two thirds of the time.</para>
/// </remarks>
internal sealed class NirvanaNetwork : IDisposable
{
    private const int Fold = 2, Cells = Fold * Fold;
    private readonly NirvanaShape _shape;
    private readonly int _frames;
    private readonly Tensor _encoding;
    private readonly Tensor _places;

    /// <param name="shape">Size of the network.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="firstFrame">First frame wanted.</param>
    /// <param name="frames">How many.</param>
    internal NirvanaNetwork(NirvanaShape shape, Device device, int firstFrame = 0, int frames = NirvanaShape.Frames)
    {
        (_shape, _frames) = (shape, frames);
        float[] encoding = Encoding(shape).AsSpan(firstFrame * shape.Channels, frames * shape.Channels).ToArray();
        _encoding = tensor(encoding, [frames, 1, shape.Channels, 1, 1]).to(device).DetachFromDisposeScope();
        _places = tensor(Places()).to(device).DetachFromDisposeScope();
    }

    /// <summary>What tells frames apart besides their kernels.</summary>
    /// <returns>[frames, channels]: sin(t / 100^k), cos(t / 100^k) for frame t.</returns>
    internal static float[] Encoding(NirvanaShape shape)
    {
        float[] encoding = new float[NirvanaShape.Frames * shape.Channels];
        for (int i = 0; i < encoding.Length; i++)
        {
            double angle = i / shape.Channels * Math.Pow(100, -(i % shape.Channels / 2));
            encoding[i] = (float)(i % shape.Channels % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
        }

        return encoding;
    }

    /// <summary>What goes into a sine, divided by omega.</summary>
    internal static Tensor Preactivation(Tensor x, NirvanaTensors weights, int layer) => addmm(weights.Sides[layer], x, weights.Layers[layer].t(), 1, 1);

    /// <summary>One of the first two layers.</summary>
    internal static Tensor Sine(Tensor x, NirvanaTensors weights, int layer) => Preactivation(x, weights, layer).mul(NirvanaState.Omega).sin();

    /// <summary>The patches.</summary>
    /// <param name="weights">Of this shape and these frames.</param>
    /// <param name="centres">[n, 2], see <see cref="PatchGrid.Coordinates"/>.</param>
    /// <returns>[n, frames x 3, 32, 32], about 0 to 1.</returns>
    internal Tensor Forward(NirvanaTensors weights, Tensor centres)
    {
        const int Colors = NirvanaShape.Colors, Coarse = NirvanaShape.Patch;
        Tensor x = Sine(Sine(centres, weights, 0), weights, 1);
        Tensor map = Preactivation(x, weights, 2).view(-1, _shape.Channels, NirvanaShape.Map, NirvanaShape.Map);
        Tensor nothing = zeros(1, device: centres.device);
        var frames = new Tensor[_frames];
        for (int t = 0; t < frames.Length; t++)
        {
            Tensor own = nn.functional.conv2d(
                map.add(_encoding[t]), weights.Sides[3].narrow(0, Coarse * t, Coarse), weights.Sides[4].narrow(0, Coarse * t, Coarse), padding: [1, 1]);
            Tensor kernels = cat([weights.Sides[5].narrow(0, Colors * t, Colors).reshape(-1), nothing], 0).index_select(0, _places).view(Colors * Cells, Coarse, 3, 3);
            frames[t] = nn.functional.conv2d(
                nn.functional.gelu(own), kernels, weights.Sides[6].narrow(0, Colors * t, Colors).repeat_interleave(Cells), padding: [1, 1]);
        }

        return nn.functional.pixel_shuffle(cat(frames, 1), Fold);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encoding.Dispose();
        _places.Dispose();
    }

    // Where each weight of a folded kernel [3 x 2 x 2, 8 x 2 x 2, 3, 3] is in the kernel itself [3, 8, 3, 3], one beyond its end for zeros. The pixel at
    // i of a cell, moved by k - 1, lies in the cell floor((i + k - 1) / 2) further, at its place (i + k - 1) mod 2.
    private static long[] Places()
    {
        const int Inputs = NirvanaShape.FineChannels, Outputs = NirvanaShape.Colors, Side = 3;
        long[] places = new long[Outputs * Cells * Inputs * Cells * NirvanaShape.Taps];
        Array.Fill(places, Outputs * Inputs * NirvanaShape.Taps);
        for (int o = 0; o < Outputs * Cells * Inputs * NirvanaShape.Taps; o++)
        {
            (int output, int cell, int input, int tap) = (o / (Cells * Inputs * NirvanaShape.Taps), o / (Inputs * NirvanaShape.Taps) % Cells, o / NirvanaShape.Taps % Inputs, o % NirvanaShape.Taps);
            int row = (cell / Fold) + (tap / Side) + 1, column = (cell % Fold) + (tap % Side) + 1;
            int from = (input * Cells) + (row % Fold * Fold) + (column % Fold);
            int at = (((((output * Cells) + cell) * Inputs * Cells) + from) * NirvanaShape.Taps) + (row / Fold * Side) + (column / Fold);
            places[at] = (((output * Inputs) + input) * NirvanaShape.Taps) + tap;
        }

        return places;
    }
}
