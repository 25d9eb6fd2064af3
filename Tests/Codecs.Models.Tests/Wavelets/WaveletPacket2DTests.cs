using Codecs.Models.Layers;
using Codecs.Models.Wavelets;
using CsCheck;

namespace Codecs.Models.Tests.Wavelets;

public sealed class WaveletPacket2DTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 17)]
    [InlineData(8, 8)]
    [InlineData(129, 140)]
    [InlineData(385, 20)] // one column more than a tile
    [InlineData(801, 129)] // three tiles side by side, two above each other
    public void TilesAreTheDefinitionOnTheWholePicture(int width, int height) => AssertDefinition(width, height, seed: 1);

    [Fact]
    public void AnySizeIsTheDefinitionOnTheWholePicture() =>
        Gen.Select(Gen.Int[1, 90], Gen.Int[1, 300], Gen.Int).Sample((width, height, seed) => AssertDefinition(width, height, seed), iter: 15, threads: 1);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 100)]
    [InlineData(401, 150)]
    [InlineData(777, 73)]
    public void EveryPixelComesBack(int width, int height)
    {
        byte[] rgb = Signals.Picture(width, height, seed: 2), back = new byte[rgb.Length];
        Synthesize(Packets(rgb, width, height), back, width, height);
        Assert.Equal(rgb, back);
    }

    [Fact]
    public void ValuesOutsideOfTheRangeAreClamped()
    {
        byte[] rgb = [.. Enumerable.Range(0, 64 * 64 * 3).Select(i => (byte)(i / 96 % 2 * 255))], back = new byte[rgb.Length];
        float[] packets = Packets(rgb, 64, 64);
        for (int i = 0; i < packets.Length; i++)
        {
            packets[i] *= 2;
        }

        Synthesize(packets, back, 64, 64);
        Assert.Equal(rgb, back);
    }

    [Fact]
    public void AlongTheRowComesBeforeAlongTheColumn()
    {
        // Stripes that change from column to column are high along the row only: f = 2 at the first level, then constant: f = 0.
        byte[] rgb = [.. Enumerable.Range(0, 64 * 64 * 3).Select(i => (byte)(i / 3 % 2 * 200))];
        float[] packets = Packets(rgb, 64, 64);
        ReadOnlySpan<float> cell = packets.AsSpan(((3 * 8) + 3) * WaveletPacket2D.Channels, 64);
        int largest = 1;
        for (int c = 1; c < 64; c++)
        {
            largest = Math.Abs(cell[c]) > Math.Abs(cell[largest]) ? c : largest;
        }

        Assert.Equal(2 * 16, largest);
    }

    private static void AssertDefinition(int width, int height, int seed)
    {
        byte[] rgb = Signals.Picture(width, height, seed);
        float[] packets = Packets(rgb, width, height);
        int columns = WaveletPacket2D.Cells(width), rows = WaveletPacket2D.Cells(height);
        for (int colour = 0; colour < 3; colour++)
        {
            double[] plane = new double[rows * columns * 64];
            for (int i = 0; i < plane.Length; i++)
            {
                int x = Mirror(i % (columns * 8), width), y = Mirror(i / (columns * 8), height);
                plane[i] = (rgb[(((y * width) + x) * 3) + colour] / 255.0) - 0.5;
            }

            float[] actual = new float[plane.Length];
            for (int p = 0; p < rows * columns; p++)
            {
                packets.AsSpan((p * WaveletPacket2D.Channels) + (colour * 64), 64).CopyTo(actual.AsSpan(p * 64));
            }

            Signals.AssertNear(PacketDefinition.Cells(plane, columns * 8), actual, 1e-5);
        }
    }

    private static float[] Packets(byte[] rgb, int width, int height)
    {
        int columns = WaveletPacket2D.Cells(width), rows = WaveletPacket2D.Cells(height);
        float[] packets = new float[rows * columns * WaveletPacket2D.Channels], panel = new float[WaveletPacket2D.Channels * Panel.Lanes];
        var transform = new WaveletPacket2D();
        for (int row = 0; row < rows; row += WaveletPacket2D.AnalysisRows)
        {
            for (int left = 0; left < columns; left += WaveletPacket2D.Columns)
            {
                transform.Analyze(rgb, width, height, row, left);
                for (int column = left; column < Math.Min(left + WaveletPacket2D.Columns, columns); column++)
                {
                    transform.CopyPanel(column, panel);
                    for (int i = 0; i < panel.Length; i++)
                    {
                        if (row + (i % Panel.Lanes) < rows)
                        {
                            packets[((((row + (i % Panel.Lanes)) * columns) + column) * WaveletPacket2D.Channels) + (i / Panel.Lanes)] = panel[i];
                        }
                    }
                }
            }
        }

        return packets;
    }

    private static void Synthesize(float[] packets, byte[] rgb, int width, int height)
    {
        var transform = new WaveletPacket2D();
        for (int row = 0; row < WaveletPacket2D.Cells(height); row += WaveletPacket2D.SynthesisRows)
        {
            for (int left = 0; left < WaveletPacket2D.Cells(width); left += WaveletPacket2D.Columns)
            {
                transform.Synthesize(packets, row, left, rgb, width, height);
            }
        }
    }

    private static int Mirror(int at, int size) => at < size ? at : Math.Max(0, (2 * size) - 1 - at);
}
