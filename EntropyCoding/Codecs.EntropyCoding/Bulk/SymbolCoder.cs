using System.Buffers;

namespace Codecs.EntropyCoding;

/// <summary>Codes a whole payload of symbols with the coder that suits their number, and says which one that is.</summary>
/// <remarks>
/// For callers that know all table indexes beforehand. The payload does not say which coder wrote it: store the <see cref="SymbolCoding"/> beside it.
/// </remarks>
public static class SymbolCoder
{
    /// <summary>From this number of symbols on <see cref="BulkRans"/> is used: below, no time is to be won and its lanes would cost some bytes in a thousand.</summary>
    public const int MinBulkSymbols = 4096;

    /// <summary>The coder that <see cref="Encode"/> takes.</summary>
    /// <param name="symbols">Number of symbols.</param>
    /// <param name="set">Their tables; with more than 14 bits it is always <see cref="SymbolCoding.Rans64"/>.</param>
    public static SymbolCoding Choose(int symbols, TableSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return symbols is < MinBulkSymbols or > BulkRans.MaxSymbols || set.Precision > BulkRans.MaxPrecision
            ? SymbolCoding.Rans64
            : SymbolCoding.BulkRans;
    }

    /// <summary>Encodes symbols, each with its own table, into one payload.</summary>
    /// <param name="symbols">Values, each in -32767..32767; those outside their table are escaped.</param>
    /// <param name="tables">Table index of each symbol, each below <see cref="TableSet.Count"/>; as many as symbols.</param>
    /// <param name="set">The tables: 14 bits for speed, 16 for the last 0.03 % of size.</param>
    /// <param name="destination">Where the payload goes.</param>
    /// <param name="check">The check to carry.</param>
    /// <param name="associated">Bytes outside the payload that the check shall cover.</param>
    /// <returns>The coder that wrote the payload; the decoder must be told.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a symbol or an index is out of range.</exception>
    public static SymbolCoding Encode(
        ReadOnlySpan<short> symbols, ReadOnlySpan<byte> tables, TableSet set, IBufferWriter<byte> destination,
        CheckMode check = CheckMode.Check31, ReadOnlySpan<byte> associated = default)
    {
        SymbolCoding coding = Choose(symbols.Length, set);
        if (coding == SymbolCoding.BulkRans)
        {
            BulkRans.Encode(symbols, tables, set, destination, check, associated);
            return coding;
        }

        using var encoder = new Rans64Encoder(set);
        encoder.Bind(associated);
        encoder.Push(symbols, tables);
        encoder.Finish(check, destination);
        return coding;
    }

    /// <summary>Decodes a payload of <see cref="Encode"/>.</summary>
    /// <param name="coding">The coder that wrote the payload. Any other number than the two is an argument error: check what a file says first.</param>
    /// <param name="payload">The whole payload and nothing else.</param>
    /// <param name="tables">Table index of each symbol; an index the set does not have gives <see cref="CodingStatus.InvalidTable"/>.</param>
    /// <param name="set">The encoder's tables.</param>
    /// <param name="symbols">Receives as many symbols; not to be used unless the status is <see cref="CodingStatus.Ok"/>.</param>
    /// <param name="check">The check that the encoder was told to carry.</param>
    /// <param name="associated">The bytes that the encoder bound.</param>
    /// <returns><see cref="CodingStatus.Ok"/> if everything was read and verified, or what is wrong.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or the coder is unknown.</exception>
    public static CodingStatus Decode(
        SymbolCoding coding, ReadOnlyMemory<byte> payload, ReadOnlySpan<byte> tables, TableSet set, Span<short> symbols,
        CheckMode check = CheckMode.Check31, ReadOnlySpan<byte> associated = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        switch (coding)
        {
            case SymbolCoding.BulkRans when set.Precision > BulkRans.MaxPrecision:
                // No encoder writes this, but a file may say it.
                symbols.Clear();
                return CodingStatus.InvalidHead;
            case SymbolCoding.BulkRans:
                return BulkRans.Decode(payload.Span, tables, set, symbols, check, associated);
            case SymbolCoding.Rans64:
                var decoder = new Rans64Decoder(payload, set, check);
                decoder.Bind(associated);
                decoder.Decode(tables, symbols);
                return decoder.Finish();
            default:
                throw new ArgumentOutOfRangeException(nameof(coding), coding, "Unknown coder; expected Rans64 or BulkRans.");
        }
    }
}
