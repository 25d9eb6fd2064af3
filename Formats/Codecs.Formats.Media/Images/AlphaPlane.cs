using System.IO.Compression;

namespace Codecs.Formats.Media;

/// <summary>Lossless coding of an alpha plane: each row predicted from its neighbours, residuals through Brotli.</summary>
/// <remarks>Prediction: left, above or the clamped gradient (MED, Weinberger et al., LOCO-I, 2000). Soft edges and flat areas cost little.</remarks>
public static class AlphaPlane
{
    private const int WindowBits = 22;

    /// <summary>Codes a plane.</summary>
    /// <param name="alpha">uint8 [height, width].</param>
    /// <param name="width">Columns.</param>
    public static byte[] Encode(ReadOnlySpan<byte> alpha, int width)
    {
        byte[] residual = new byte[alpha.Length];
        for (int i = 0; i < alpha.Length; i++)
        {
            residual[i] = (byte)(alpha[i] - Predict(alpha, i, width));
        }

        byte[] coded = new byte[BrotliEncoder.GetMaxCompressedLength(residual.Length)];
        return BrotliEncoder.TryCompress(residual, coded, out int written, quality: 9, WindowBits)
            ? coded[..written]
            : throw new InvalidOperationException("Brotli needed more than its own bound.");
    }

    /// <summary>Brings a plane back.</summary>
    /// <param name="payload">What <see cref="Encode"/> gave.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="offset">Where the payload is, for messages.</param>
    /// <exception cref="InvalidBitstreamException">The payload is damaged or of another size.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> payload, int width, int height, long offset)
    {
        byte[] alpha = new byte[checked(width * height)];
        if (!BrotliDecoder.TryDecompress(payload, alpha, out int written) || written != alpha.Length)
        {
            throw new InvalidBitstreamException($"The alpha plane does not decompress to its {width} x {height} samples", offset);
        }

        for (int i = 0; i < alpha.Length; i++)
        {
            alpha[i] = (byte)(alpha[i] + Predict(alpha, i, width));
        }

        return alpha;
    }

    // Only samples before i are read, so the same method serves both directions.
    private static int Predict(ReadOnlySpan<byte> plane, int i, int width)
    {
        int x = i % width;
        int left = x > 0 ? plane[i - 1] : i >= width ? plane[i - width] : 0;
        int above = i >= width ? plane[i - width] : left;
        int corner = i >= width && x > 0 ? plane[i - width - 1] : above;
        int low = Math.Min(left, above), high = Math.Max(left, above);
        return corner >= high ? low : corner <= low ? high : left + above - corner;
    }
}
