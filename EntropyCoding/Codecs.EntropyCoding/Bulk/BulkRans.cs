using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Codecs.EntropyCoding;

/// <summary>R32xN: rANS with N interleaved 32-bit states for many symbols at once, made for vector instructions; the same bytes without them.</summary>
/// <remarks>
/// <para>Use it from some thousand symbols on (<see cref="SymbolCoder"/> chooses), with tables of at most 14 bits, and with all tables known beforehand;
/// a network that runs between the symbols needs <see cref="Rans64Decoder"/>.</para>
/// <para>Interleaving: F. Giesen, "Interleaved entropy coders", 2014, arXiv 1402.3392. Its arithmetic is that of 32-bit states and 16-bit words.</para>
/// <para>Payload, little-endian unless said otherwise. S symbols, N lanes (4, 8, 16 or 32), G groups of N symbols in the lanes:</para>
/// <code>
/// header   1, 2 or 4 bytes   varint (RFC 9000, section 16, big-endian, shortest form, at most 4 bytes) of 4 * K + log2(N / 4)
/// heads    only if G > 0     N times four bits (b - 17) for the states' b significant bits, lane 0 first, low half of a byte first;
///                            then the b - 1 bits below each top bit, lane 0 first, from bit 0 of the first byte up; zeros to the next byte
/// words    2 bytes each      in decode order
/// side     to the end        an R64 payload (see Rans64Decoder) without its last 2N bytes; if G = 0, all of it
/// </code>
/// <para>G = floor(S / N) - K. Symbol i &lt; G * N belongs to lane i mod N. The decoder takes the symbols in order: each lane makes its step and, if its state is
/// below 2^16, reads the next word. Steps as in R64 with 2^16 in place of 2^31, 16-bit words, and states below 2^32.</para>
/// <para>The R64 payload holds what follows the escape symbols of the lanes (Exp-Golomb excesses), in order of the symbols, then the last S - G * N symbols with the
/// escapes in their usual place. Its initial state carries the check as in R64: <see cref="CheckMode"/>, over all S symbols. If there are associated
/// bytes, their XxHash3-64 is the seed of that hash.</para>
/// <para>Lane j starts (for the decoder: must end) at 2^16 + h, where h is the j-th 16-bit number in the last 2N bytes of the R64 payload. So the start values
/// carry data and cost nothing; K, the encoder's choice, is the number of groups it takes to fill them. A payload costs about 5.1 bits for each
/// lane, the header, and 4.4 bytes of R64 with <see cref="CheckMode.Check31"/>; on top come about 0.01 % for 14-bit tables.</para>
/// </remarks>
public static class BulkRans
{
    /// <summary>Largest precision of the tables, in bits.</summary>
    public const int MaxPrecision = Rans32.MaxPrecision;

    /// <summary>Most symbols in one payload.</summary>
    public const int MaxSymbols = 1 << 28;

    /// <summary>The number of lanes that encoders use when not told otherwise: 4, 8, 16 or 32, growing with the number of symbols.</summary>
    /// <param name="symbols">Number of symbols.</param>
    public static int DefaultLanes(int symbols) => symbols switch
    {
        < 1 << 14 => 4,
        < 1 << 17 => 8,
        < 1 << 20 => 16,
        _ => 32,
    };

    /// <summary>Encodes symbols, each with its own table, into one payload.</summary>
    /// <param name="symbols">Values, each in -32767..32767; those outside their table are escaped.</param>
    /// <param name="tables">Table index of each symbol, each below <see cref="TableSet.Count"/>; as many as symbols.</param>
    /// <param name="set">Tables of at most <see cref="MaxPrecision"/> bits.</param>
    /// <param name="destination">Where the payload goes.</param>
    /// <param name="check">The check to carry; the decoder must be told the same.</param>
    /// <param name="associated">Bytes outside the payload that the check shall cover, such as the header that says how to read it.</param>
    /// <param name="lanes">4, 8, 16 or 32; 0 for <see cref="DefaultLanes"/>. The payload says it to the decoder.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">An argument is out of range, or the lengths differ; nothing was written.</exception>
    public static int Encode(
        ReadOnlySpan<short> symbols, ReadOnlySpan<byte> tables, TableSet set, IBufferWriter<byte> destination,
        CheckMode check = CheckMode.Check31, ReadOnlySpan<byte> associated = default, int lanes = 0) =>
        Encode(symbols, tables, set, destination, check, associated, lanes, BulkPaths.Best);

    /// <summary>Encodes symbols that share one table into one payload.</summary>
    /// <param name="symbols">Values, each in -32767..32767; those outside the table are escaped.</param>
    /// <param name="table">Table index, 0..<see cref="TableSet.Count"/> - 1.</param>
    /// <param name="set">Tables of at most <see cref="MaxPrecision"/> bits.</param>
    /// <param name="destination">Where the payload goes.</param>
    /// <param name="check">The check to carry; the decoder must be told the same.</param>
    /// <param name="associated">Bytes outside the payload that the check shall cover.</param>
    /// <param name="lanes">4, 8, 16 or 32; 0 for <see cref="DefaultLanes"/>.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">An argument is out of range; nothing was written.</exception>
    public static int Encode(
        ReadOnlySpan<short> symbols, int table, TableSet set, IBufferWriter<byte> destination,
        CheckMode check = CheckMode.Check31, ReadOnlySpan<byte> associated = default, int lanes = 0) =>
        Encode(symbols, table, set, destination, check, associated, lanes, BulkPaths.Best);

    /// <summary>Decodes a payload of symbols that each have their own table.</summary>
    /// <param name="payload">The whole payload and nothing else.</param>
    /// <param name="tables">Table index of each symbol; an index the set does not have gives <see cref="CodingStatus.InvalidTable"/>.</param>
    /// <param name="set">The encoder's tables.</param>
    /// <param name="symbols">Receives as many symbols, each in -32767..32767; all 0 unless the status is <see cref="CodingStatus.Ok"/>.</param>
    /// <param name="check">The check that the encoder was told to carry.</param>
    /// <param name="associated">The bytes that the encoder bound.</param>
    /// <returns><see cref="CodingStatus.Ok"/> if everything was read and verified, or what is wrong. Bad data never throws.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or the tables are too precise.</exception>
    public static CodingStatus Decode(
        ReadOnlySpan<byte> payload, ReadOnlySpan<byte> tables, TableSet set, Span<short> symbols,
        CheckMode check = CheckMode.Check31, ReadOnlySpan<byte> associated = default) =>
        Decode(payload, tables, set, symbols, check, associated, BulkPaths.Best);

    /// <summary>Decodes a payload of symbols that share one table.</summary>
    /// <param name="payload">The whole payload and nothing else.</param>
    /// <param name="table">Table index; one that the set does not have gives <see cref="CodingStatus.InvalidTable"/>.</param>
    /// <param name="set">The encoder's tables.</param>
    /// <param name="symbols">Receives the symbols, each in -32767..32767; all 0 unless the status is <see cref="CodingStatus.Ok"/>.</param>
    /// <param name="check">The check that the encoder was told to carry.</param>
    /// <param name="associated">The bytes that the encoder bound.</param>
    /// <returns><see cref="CodingStatus.Ok"/> if everything was read and verified, or what is wrong. Bad data never throws.</returns>
    /// <exception cref="ArgumentException">The tables are too precise.</exception>
    public static CodingStatus Decode(
        ReadOnlySpan<byte> payload, int table, TableSet set, Span<short> symbols,
        CheckMode check = CheckMode.Check31, ReadOnlySpan<byte> associated = default) =>
        Decode(payload, table, set, symbols, check, associated, BulkPaths.Best);

    internal static int Encode(
        ReadOnlySpan<short> symbols, ReadOnlySpan<byte> tables, TableSet set, IBufferWriter<byte> destination,
        CheckMode check, ReadOnlySpan<byte> associated, int lanes, BulkPath path)
    {
        CheckArguments(symbols, set, destination, ref lanes);
        CheckLengths(symbols.Length, tables.Length);
        if (!AllBelow(tables, set.Count))
        {
            throw new ArgumentException($"A table index is {set.Count} or more; the table set has {set.Count} tables.", nameof(tables));
        }

        return BulkEncoder.Encode(symbols, tables, 0, set, destination, check, associated, lanes, path);
    }

    internal static int Encode(
        ReadOnlySpan<short> symbols, int table, TableSet set, IBufferWriter<byte> destination,
        CheckMode check, ReadOnlySpan<byte> associated, int lanes, BulkPath path)
    {
        CheckArguments(symbols, set, destination, ref lanes);
        ArgumentOutOfRangeException.ThrowIfNegative(table);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(table, set.Count);
        return BulkEncoder.Encode(symbols, [], table, set, destination, check, associated, lanes, path);
    }

    internal static CodingStatus Decode(
        ReadOnlySpan<byte> payload, ReadOnlySpan<byte> tables, TableSet set, Span<short> symbols,
        CheckMode check, ReadOnlySpan<byte> associated, BulkPath path)
    {
        CheckSet(symbols.Length, set);
        CheckLengths(symbols.Length, tables.Length);
        CodingStatus status = AllBelow(tables, set.Count)
            ? BulkDecoder.Decode(payload, tables, 0, set, symbols, check, associated, path)
            : CodingStatus.InvalidTable;
        return Verdict(status, symbols);
    }

    internal static CodingStatus Decode(
        ReadOnlySpan<byte> payload, int table, TableSet set, Span<short> symbols,
        CheckMode check, ReadOnlySpan<byte> associated, BulkPath path)
    {
        CheckSet(symbols.Length, set);
        CodingStatus status = (uint)table < (uint)set.Count
            ? BulkDecoder.Decode(payload, [], table, set, symbols, check, associated, path)
            : CodingStatus.InvalidTable;
        return Verdict(status, symbols);
    }

    private static CodingStatus Verdict(CodingStatus status, Span<short> symbols)
    {
        if (status != CodingStatus.Ok)
        {
            symbols.Clear();
        }

        return status;
    }

    private static bool AllBelow(ReadOnlySpan<byte> tables, int count)
    {
        if (count > byte.MaxValue)
        {
            return true;
        }

        int i = 0;
        byte largest = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<byte> largestOfLanes = default;
            for (; i <= tables.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
            {
                largestOfLanes = Vector256.Max(largestOfLanes, Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(tables), (nuint)i));
            }

            if (Vector256.GreaterThanOrEqualAny(largestOfLanes, Vector256.Create((byte)count)))
            {
                return false;
            }
        }

        for (; i < tables.Length; i++)
        {
            largest = Math.Max(largest, tables[i]);
        }

        return largest < count;
    }

    private static void CheckArguments(ReadOnlySpan<short> symbols, TableSet set, IBufferWriter<byte> destination, ref int lanes)
    {
        CheckSet(symbols.Length, set);
        ArgumentNullException.ThrowIfNull(destination);
        if (symbols.Contains(short.MinValue))
        {
            throw new ArgumentOutOfRangeException(nameof(symbols), short.MinValue, $"Symbols must lie in -{Rans64.MaxMagnitude}..{Rans64.MaxMagnitude}.");
        }

        if (lanes is not (0 or 4 or 8 or 16 or 32))
        {
            throw new ArgumentOutOfRangeException(nameof(lanes), lanes, "Lanes must be 4, 8, 16 or 32, or 0 for the default.");
        }

        lanes = lanes == 0 ? DefaultLanes(symbols.Length) : lanes;
    }

    private static void CheckSet(int symbols, TableSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Precision > MaxPrecision)
        {
            throw new ArgumentException($"The tables have {set.Precision} bits; this coder takes up to {MaxPrecision}.", nameof(set));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(symbols, MaxSymbols);
    }

    private static void CheckLengths(int symbols, int tables)
    {
        if (symbols != tables)
        {
            throw new ArgumentException($"{symbols} symbols but {tables} table indexes; expected the same number.", nameof(tables));
        }
    }
}
