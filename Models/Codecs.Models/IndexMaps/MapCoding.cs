using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Models.Exact;

namespace Codecs.Models.IndexMaps;

/// <summary>An index map as one payload and back. Rows, columns and bits are known from elsewhere; the work they ask for is all that a payload can cause.</summary>
internal static class MapCoding
{
    private const string What = "index map";

    /// <summary>Writes a payload of mixed bits.</summary>
    /// <param name="coder">With a model or without.</param>
    /// <param name="map">The map.</param>
    /// <param name="context">Bytes that the content check covers besides the indices.</param>
    /// <param name="check">The content check.</param>
    /// <param name="destination">Receives the payload.</param>
    /// <param name="progress">Told the rows done; may throw to stop.</param>
    /// <returns>Bytes of the payload.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The map has more bits than the coder can code.</exception>
    internal static long Encode(
        MapCoder coder, IndexMap map, ReadOnlySpan<byte> context, CheckMode check, IBufferWriter<byte> destination, Action<int>? progress = null)
    {
        var encoder = new RangeEncoder(destination);
        var port = new BitWriter(encoder);
        int row = 0;
        coder.Run(ref port, map.Values.ToArray(), map.Columns, map.Bits, () => Continue(progress, ++row));
        encoder.Bind(context);
        return encoder.Finish(check);
    }

    /// <summary>Reads a payload of mixed bits.</summary>
    /// <param name="coder">The coder that wrote it.</param>
    /// <param name="payload">The whole payload.</param>
    /// <param name="offset">Where it begins in its file, for messages.</param>
    /// <param name="rows">Rows of the map.</param>
    /// <param name="columns">Columns of the map.</param>
    /// <param name="bits">Bits of an index.</param>
    /// <param name="context">Bytes that the content check covers besides the indices.</param>
    /// <param name="check">The content check.</param>
    /// <param name="progress">Told the rows done; may throw to stop.</param>
    /// <exception cref="InvalidBitstreamException">The payload is damaged.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such map, or it has more bits than the coder can code.</exception>
    internal static IndexMap Decode(
        MapCoder coder, ReadOnlyMemory<byte> payload, long offset, int rows, int columns, int bits, ReadOnlySpan<byte> context, CheckMode check,
        Action<int>? progress = null)
    {
        ushort[] values = new ushort[IndexMap.SitesOf(rows, columns, bits)];
        var decoder = new RangeDecoder(payload, check);
        var port = new BitReader(decoder);
        int row = 0;
        coder.Run(ref port, values, columns, bits, () => Continue(progress, ++row) && decoder.Status == CodingStatus.Ok);
        decoder.Bind(context);
        decoder.Finish().ThrowIfFailed(What, offset);
        return new IndexMap(rows, columns, bits, values);
    }

    /// <summary>Writes a payload of fixed size (<see cref="PackedIndices"/>): no model, no check, and a wrong bit harms one site.</summary>
    /// <returns>Bytes of the payload: those that all bits take.</returns>
    internal static long EncodeFixed(IndexMap map, IBufferWriter<byte> destination) =>
        PackedIndices.Pack(Array.ConvertAll(map.Values.ToArray(), v => (int)v), map.Bits, destination);

    /// <summary>Reads a payload of fixed size.</summary>
    /// <param name="payload">The whole payload.</param>
    /// <param name="offset">Where it begins in its file, for messages.</param>
    /// <param name="rows">Rows of the map.</param>
    /// <param name="columns">Columns of the map.</param>
    /// <param name="bits">Bits of an index.</param>
    /// <exception cref="InvalidBitstreamException">The payload has another length, or bits behind its last index.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such map.</exception>
    internal static IndexMap DecodeFixed(ReadOnlySpan<byte> payload, long offset, int rows, int columns, int bits)
    {
        int[] indices = new int[IndexMap.SitesOf(rows, columns, bits)];
        PackedIndices.Unpack(payload, bits, 1 << bits, indices).ThrowIfFailed(What, offset);
        return new IndexMap(rows, columns, bits, Array.ConvertAll(indices, i => (ushort)i));
    }

    private static bool Continue(Action<int>? progress, int row)
    {
        progress?.Invoke(row);
        return true;
    }
}
