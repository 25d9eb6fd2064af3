using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Models.Exact;

namespace Codecs.Models.Walloc;

/// <summary>One map of rounded latents as one payload and back.</summary>
internal static class LatentCoding
{
    /// <summary>Writes a payload.</summary>
    /// <param name="model">The context model.</param>
    /// <param name="values">[rows, columns, channels]; becomes what a reader gets.</param>
    /// <param name="rows">Rows of the map.</param>
    /// <param name="columns">Columns of the map.</param>
    /// <param name="rate">Rate index.</param>
    /// <param name="context">Bytes that the content check covers besides the symbols.</param>
    /// <param name="check">The content check.</param>
    /// <param name="destination">Receives the payload.</param>
    /// <param name="progress">Told the rows done; may throw to stop.</param>
    /// <returns>Bytes of the payload.</returns>
    internal static long Encode(
        ExactLatentModel model, short[] values, int rows, int columns, int rate, ReadOnlySpan<byte> context, CheckMode check,
        IBufferWriter<byte> destination, Action<int>? progress = null)
    {
        var encoder = new RangeEncoder(destination);
        var port = new BitWriter(encoder);
        model.Run(ref port, model.CreateResidualModel(), values, rows, columns, rate, row => Continue(progress, row));
        encoder.Bind(context);
        return encoder.Finish(check);
    }

    /// <summary>Reads a payload.</summary>
    /// <param name="model">The context model.</param>
    /// <param name="payload">The whole payload.</param>
    /// <param name="offset">Where it begins in its file, for messages.</param>
    /// <param name="rows">Rows of the map.</param>
    /// <param name="columns">Columns of the map.</param>
    /// <param name="channels">Channels of the map.</param>
    /// <param name="rate">Rate index.</param>
    /// <param name="context">Bytes that the content check covers besides the symbols.</param>
    /// <param name="check">The content check.</param>
    /// <param name="progress">Told the rows done; may throw to stop.</param>
    /// <exception cref="InvalidBitstreamException">The payload is damaged.</exception>
    internal static short[] Decode(
        ExactLatentModel model, ReadOnlyMemory<byte> payload, long offset, int rows, int columns, int channels, int rate, ReadOnlySpan<byte> context,
        CheckMode check, Action<int>? progress = null)
    {
        short[] values = new short[checked(rows * columns * channels)];
        var decoder = new RangeDecoder(payload, check);
        var port = new BitReader(decoder);
        model.Run(ref port, model.CreateResidualModel(), values, rows, columns, rate, row => Continue(progress, row) && decoder.Status == CodingStatus.Ok);
        decoder.Bind(context);
        decoder.Finish().ThrowIfFailed("latent", offset);
        return values;
    }

    private static bool Continue(Action<int>? progress, int row)
    {
        progress?.Invoke(row);
        return true;
    }
}
