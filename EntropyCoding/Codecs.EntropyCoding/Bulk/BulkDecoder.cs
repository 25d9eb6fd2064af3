using System.Buffers;
using System.Runtime.CompilerServices;

namespace Codecs.EntropyCoding;

/// <summary>The decoder behind <see cref="BulkRans"/>, with a choice of paths for tests and benchmarks.</summary>
internal static class BulkDecoder
{
    private const int SmallSide = 256;

    /// <summary>Decodes symbols whose tables are <paramref name="tables"/>, or all <paramref name="table"/> if there are none. Tables are valid.</summary>
    [SkipLocalsInit]
    public static CodingStatus Decode(
        ReadOnlySpan<byte> payload, ReadOnlySpan<byte> tables, int table, TableSet set, Span<short> symbols,
        CheckMode check, ReadOnlySpan<byte> associated, BulkPath path)
    {
        CodingStatus status = BulkHeads.ReadHeader(payload, out int lanes, out int tailGroups, out int position);
        if (status != CodingStatus.Ok)
        {
            return status;
        }

        int groups = symbols.Length / lanes - tailGroups;
        if (groups < 0)
        {
            return CodingStatus.InvalidHead;
        }

        if (groups == 0)
        {
            return ReadSide(payload[position..], 0, tables, table, set, symbols, check, associated);
        }

        Span<uint> states = stackalloc uint[Rans32.MaxLanes];
        states = states[..lanes];
        status = BulkHeads.ReadStates(payload[position..], states, out int headLength);
        if (status != CodingStatus.Ok)
        {
            return status;
        }

        int laneSymbols = groups * lanes;
        var job = new DecoderJob
        {
            Payload = payload,
            Tables = tables.IsEmpty ? tables : tables[..laneSymbols],
            Table = table,
            Symbols = symbols[..laneSymbols],
            States = states,
            Position = position + headLength,
        };
        if (!Run(ref job, BulkPaths.Tables(set, table, path), set, path))
        {
            return CodingStatus.Truncated;
        }

        ReadOnlySpan<byte> rest = payload[job.Position..];
        int sideLength = rest.Length + Rans32.WordBytes * lanes;
        byte[]? rented = sideLength > SmallSide ? ArrayPool<byte>.Shared.Rent(sideLength) : null;
        Span<byte> side = rented is null ? stackalloc byte[SmallSide] : rented;
        side = side[..sideLength];
        rest.CopyTo(side);
        status = TakeSeeds(states, side[rest.Length..])
            ? ReadSide(side, laneSymbols, tables, table, set, symbols, check, associated)
            : CodingStatus.CheckFailed;
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return status;
    }

    /// <summary>The end of the side payload, in which the lanes started. False if a state is none that a lane can have started from.</summary>
    private static bool TakeSeeds(ReadOnlySpan<uint> states, Span<byte> end)
    {
        uint differences = 0;
        for (int lane = 0; lane < states.Length; lane++)
        {
            differences |= states[lane] ^ Rans32.LowerBound;
            end[2 * lane] = (byte)states[lane];
            end[2 * lane + 1] = (byte)(states[lane] >> 8);
        }

        return differences >> Rans32.WordBits == 0;
    }

    /// <summary>The R64 part: what belongs to the escapes of the lanes, then the tail; and the verdict.</summary>
    private static CodingStatus ReadSide(
        ReadOnlySpan<byte> side, int laneSymbols, ReadOnlySpan<byte> tables, int table, TableSet set, Span<short> symbols,
        CheckMode check, ReadOnlySpan<byte> associated)
    {
        var reader = new Rans64Reader(side, SymbolHash.Floor(check));
        int i = 0;
        for (int next; reader.Status == CodingStatus.Ok && (next = symbols[i..laneSymbols].IndexOf(short.MinValue)) >= 0; i++)
        {
            i += next;
            symbols[i] = reader.NextExcess(set.Tables[tables.IsEmpty ? table : tables[i]]);
        }

        for (i = laneSymbols; i < symbols.Length && reader.Status == CodingStatus.Ok; i++)
        {
            symbols[i] = reader.Next(set, tables.IsEmpty ? table : tables[i]);
        }

        return reader.Status == CodingStatus.Ok ? reader.Finish(BulkHash.Seed(symbols, associated, check)) : reader.Status;
    }

    private static bool Run(ref DecoderJob job, BulkTables? bulk, TableSet set, BulkPath path) =>
        bulk is null ? ScalarDecoder.Run(new SearchLookup(set), ref job)
        : bulk.Precision <= BulkTables.MaxPackedPrecision ? Run(new PackedLookup(bulk), ref job, bulk, path)
        : Run(new CodeLookup(bulk), ref job, bulk, path);

    private static bool Run<TLookup>(TLookup lookup, ref DecoderJob job, BulkTables bulk, BulkPath path)
        where TLookup : struct, IVectorLookup, allows ref struct
    {
        if (path >= BulkPath.Avx2 && job.States.Length >= 8)
        {
            job.FirstValue = bulk.FirstValue;
            job.Skip(path == BulkPath.Avx2 ? Run(lookup, new PermuteMover(), ref job) : Run(lookup, new ExpandMover(), ref job));
        }

        return ScalarDecoder.Run(lookup, ref job);
    }

    private static int Run<TLookup, TMover>(TLookup lookup, TMover mover, ref DecoderJob job)
        where TLookup : struct, IVectorLookup, allows ref struct
        where TMover : struct, IWordMover, allows ref struct => job.States.Length switch
    {
        8 => VectorDecoder.Run<TLookup, TMover, Lanes8>(lookup, mover, ref job),
        16 => VectorDecoder.Run<TLookup, TMover, Lanes16>(lookup, mover, ref job),
        _ => VectorDecoder.Run<TLookup, TMover, Lanes32>(lookup, mover, ref job),
    };
}
