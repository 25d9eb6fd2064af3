using static TorchSharp.torch;

namespace Codecs.Models.Nirvana.Faithful;

/// <summary>From the centre of a patch to its pixels in the three frames of a group.</summary>
/// <remarks>
/// <para>SIREN of three layers, then per frame: the feature map plus the frame's encoding, 3x3 convolution, pixel shuffle, GELU, 3x3 convolution.
/// Channels are frame-major, so that each group of a convolution sees its own frame's encoding.</para>
/// <para>The encoding is constant over a map, and convolutions are linear: it goes through the first one on its own, once, and the maps of all frames, which are
/// the same otherwise, through one convolution with the kernels of all frames.</para>
/// </remarks>
internal sealed class NirvanaNetwork : IDisposable
{
    private readonly NirvanaShape _shape;
    private readonly int _frames;
    private readonly Tensor _encoding;

    /// <param name="shape">Size of the network.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="firstFrame">First frame wanted.</param>
    /// <param name="frames">How many.</param>
    internal NirvanaNetwork(NirvanaShape shape, Device device, int firstFrame = 0, int frames = NirvanaShape.Frames)
    {
        (_shape, _frames) = (shape, frames);
        float[] encoding = Encoding(shape).AsSpan(firstFrame * shape.Channels, frames * shape.Channels).ToArray();
        using Tensor channels = tensor(encoding, [1, encoding.Length, 1, 1]).to(device);
        _encoding = channels.expand([1, encoding.Length, NirvanaShape.Map, NirvanaShape.Map]).contiguous().DetachFromDisposeScope();
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

    /// <summary>The patches.</summary>
    /// <param name="weights">Of this shape and these frames.</param>
    /// <param name="centres">[n, 2], see <see cref="PatchGrid.Coordinates"/>.</param>
    /// <returns>[n, frames x 3, 32, 32], about 0 to 1.</returns>
    internal Tensor Forward(NirvanaTensors weights, Tensor centres)
    {
        Tensor x = Sine(centres, weights, 0);
        x = Sine(x, weights, 1);
        x = addmm(weights.Sides[2], x, weights.Layers[2].t(), 1, 1).view(-1, _shape.Channels, NirvanaShape.Map, NirvanaShape.Map);
        Tensor kernels = weights.Sides[3];
        x = nn.functional.conv2d(x, kernels, weights.Sides[4], padding: [1, 1]);
        x = x.add(nn.functional.conv2d(_encoding, kernels, padding: [1, 1], groups: _frames));
        x = nn.functional.gelu(nn.functional.pixel_shuffle(x, 2));
        return nn.functional.conv2d(x, weights.Sides[5], weights.Sides[6], padding: [1, 1], groups: _frames);
    }

    /// <summary>What goes into a sine, divided by omega.</summary>
    internal static Tensor Preactivation(Tensor x, NirvanaTensors weights, int layer) => addmm(weights.Sides[layer], x, weights.Layers[layer].t(), 1, 1);

    /// <inheritdoc/>
    public void Dispose() => _encoding.Dispose();

    /// <summary>One of the first two layers.</summary>
    internal static Tensor Sine(Tensor x, NirvanaTensors weights, int layer) => Preactivation(x, weights, layer).mul(NirvanaState.Omega).sin();
}
