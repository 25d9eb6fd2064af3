using Codecs.Models.Wavelets;
using Codecs.Training.Walloc;
using static TorchSharp.torch;

namespace Codecs.Training.Tests.Walloc;

public sealed class WaveletMatrixTests
{
    private const int Side = 128, Cells = Side / WaveletPacket2D.Cell;

    [Fact]
    public void ProductsAreTheCodecsTransformAndItsInverse()
    {
        byte[] rgb = new byte[Side * Side * 3];
        new Random(1).NextBytes(rgb);
        using var scope = NewDisposeScope();
        Tensor picture = (tensor(rgb, [1, Side, Side, 3]).to(ScalarType.Float32) / 255) - 0.5;
        (Tensor analysis, Tensor synthesis) = WaveletMatrix.Create(Side, WaveletPacket2D.Levels);

        Tensor packets = WaveletMatrix.Analyze(picture, analysis, WaveletPacket2D.Levels);
        Tensor back = WaveletMatrix.Synthesize(packets, synthesis, WaveletPacket2D.Levels);

        Assert.Equal([1, Cells, Cells, WaveletPacket2D.Channels], packets.shape);
        Assert.Equal(0, (packets - Reference(rgb)).abs().max().item<float>(), tolerance: 1e-4);
        Assert.Equal(0, (back - picture).abs().max().item<float>(), tolerance: 1e-4);
    }

    // The picture is one tile.
    private static Tensor Reference(byte[] rgb)
    {
        var transform = new WaveletPacket2D();
        float[] packets = new float[Cells * Cells * WaveletPacket2D.Channels], panel = new float[WaveletPacket2D.Channels * Cells];
        transform.Analyze(rgb, Side, Side, 0, 0);
        for (int column = 0; column < Cells; column++)
        {
            transform.CopyPanel(column, panel);
            for (int channel = 0; channel < WaveletPacket2D.Channels; channel++)
            {
                for (int row = 0; row < Cells; row++)
                {
                    packets[(((row * Cells) + column) * WaveletPacket2D.Channels) + channel] = panel[(channel * Cells) + row];
                }
            }
        }

        return tensor(packets, [1, Cells, Cells, WaveletPacket2D.Channels]);
    }
}
