using Codecs.Models.Wavelets;
using static TorchSharp.torch;

namespace Codecs.Training.Walloc;

/// <summary>Wavelet packets as matrices: for crops of one size a product is faster than lifting in torch, and gradients come for free.</summary>
internal static class WaveletMatrix
{
    /// <summary>The transform of signals of one length as a matrix.</summary>
    /// <returns>Analysis [length, length], rows in the order of <see cref="WaveletPacket1D"/> (frame, band), and its inverse.</returns>
    internal static (Tensor Analysis, Tensor Synthesis) Create(int length, int levels)
    {
        float[] analysis = new float[length * length], synthesis = new float[length * length];
        float[] unit = new float[length];
        for (int i = 0; i < length; i++)
        {
            unit[i] = 1;
            WaveletPacket1D.Analyze(unit, levels, analysis.AsSpan(i * length, length));
            WaveletPacket1D.Synthesize(unit, levels, synthesis.AsSpan(i * length, length));
            unit[i] = 0;
        }

        // Row i holds the answer to unit i, which is column i of the matrix.
        return (tensor(analysis, [length, length]).t().contiguous(), tensor(synthesis, [length, length]).t().contiguous());
    }

    /// <summary>The packets of square pictures.</summary>
    /// <param name="pictures">[N, S, S, colours].</param>
    /// <param name="analysis">Matrix of side S.</param>
    /// <param name="levels">Wavelet levels J.</param>
    /// <returns>[N, S / 2^J, S / 2^J, colours · 4^J] in the order of <see cref="WaveletPacket2D"/>.</returns>
    internal static Tensor Analyze(Tensor pictures, Tensor analysis, int levels)
    {
        long n = pictures.shape[0], side = pictures.shape[1], colours = pictures.shape[3], cell = 1L << levels;
        Tensor planes = pictures.permute(0, 3, 1, 2);
        Tensor bands = analysis.matmul(planes).matmul(analysis.t());
        long[] split = [n, colours, side / cell, .. Twos(levels), side / cell, .. Twos(levels)];
        return bands.reshape(split).permute(Order(levels)).reshape(n, side / cell, side / cell, colours * cell * cell);
    }

    /// <summary>The pictures of packets; inverse of <see cref="Analyze"/>.</summary>
    internal static Tensor Synthesize(Tensor packets, Tensor synthesis, int levels)
    {
        long n = packets.shape[0], rows = packets.shape[1], cell = 1L << levels, colours = packets.shape[3] / (cell * cell), side = rows * cell;
        long[] order = Order(levels), back = new long[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            back[order[i]] = i;
        }

        long[] split = [n, rows, rows, colours, .. Enumerable.Repeat(2L, 2 * levels)];
        Tensor bands = packets.reshape(split).permute(back).reshape(n, colours, side, side);
        return synthesis.matmul(bands).matmul(synthesis.t()).permute(0, 2, 3, 1);
    }

    private static IEnumerable<long> Twos(int levels) => Enumerable.Repeat(2L, levels);

    // From (n, colour, y, y bits, x, x bits) to (n, y, x, colour, x bit 1, y bit 1, x bit 2, ...): along rows first at every level.
    private static long[] Order(int levels)
    {
        var order = new List<long> { 0, 2, 3 + levels, 1 };
        for (int j = 0; j < levels; j++)
        {
            order.Add(4 + levels + j);
            order.Add(3 + j);
        }

        return [.. order];
    }
}
