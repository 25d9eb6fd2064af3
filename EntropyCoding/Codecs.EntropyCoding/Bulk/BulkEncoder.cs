using System.Buffers;
using System.Runtime.CompilerServices;

namespace Codecs.EntropyCoding;

/// <summary>The encoder behind <see cref="BulkRans"/>, with a choice of paths for tests and benchmarks.</summary>
internal static class BulkEncoder
{
    /// <summary>Encodes symbols whose tables are <paramref name="tables"/>, or all <paramref name="table"/> if there are none. Arguments are valid.</summary>
    [SkipLocalsInit]
    public static int Encode(
        ReadOnlySpan<short> symbols, ReadOnlySpan<byte> tables, int table, TableSet set, IBufferWriter<byte> destination,
        CheckMode check, ReadOnlySpan<byte> associated, int lanes, BulkPath path)
    {
        var side = new Rans64Stack(BulkHash.Seed(symbols, associated, check));

        // The tail: what does not fill a group, and as many groups as it takes to have two bytes for each lane to start from.
        int laneSymbols = symbols.Length;
        while (laneSymbols > 0 && (side.Count < lanes / 2 || laneSymbols % lanes != 0))
        {
            laneSymbols--;
            side.Push(set, tables.IsEmpty ? table : tables[laneSymbols], symbols[laneSymbols]);
        }

        int seedWords = laneSymbols == 0 ? 0 : lanes / 2;
        Span<uint> states = stackalloc uint[Rans32.MaxLanes];
        states = states[..(2 * seedWords)];
        for (int i = 0; i < seedWords; i++)
        {
            uint word = side.Emitted[seedWords - 1 - i];
            states[2 * i] = Rans32.LowerBound | (word & 0xFFFF);
            states[2 * i + 1] = Rans32.LowerBound | word >> 16;
        }

        int wordCapacity = Rans32.WordBytes * laneSymbols + VectorEncoder.Slack;
        byte[] words = ArrayPool<byte>.Shared.Rent(wordCapacity);
        int[] escapeGroups = ArrayPool<int>.Shared.Rent(laneSymbols / lanes + 1);
        var job = new EncoderJob
        {
            Symbols = symbols[..laneSymbols],
            Tables = tables.IsEmpty ? tables : tables[..laneSymbols],
            Table = table,
            Set = set,
            States = states,
            Words = words.AsSpan(0, wordCapacity),
            EscapeGroups = escapeGroups,
            FirstWord = wordCapacity,
        };
        if (laneSymbols > 0)
        {
            Run(ref job, BulkPaths.Tables(set, table, path), path);
            PushExcesses(job, ref side);
        }

        int length = Write(job, side, lanes, (symbols.Length - laneSymbols) / lanes, destination);
        ArrayPool<int>.Shared.Return(escapeGroups);
        ArrayPool<byte>.Shared.Return(words);
        side.Dispose();
        return length;
    }

    private static void Run(ref EncoderJob job, BulkTables? bulk, BulkPath path)
    {
        if (bulk is null || path < BulkPath.Avx2 || bulk.Precision < VectorEncoder.MinPrecision || job.States.Length < 8)
        {
            ScalarEncoder.Run(ref job);
        }
        else if (path == BulkPath.Avx2)
        {
            Run(new PermuteMover(), bulk, ref job);
        }
        else
        {
            Run(new ExpandMover(), bulk, ref job);
        }
    }

    private static void Run<TMover>(TMover mover, BulkTables bulk, ref EncoderJob job)
        where TMover : struct, IWordMover, allows ref struct
    {
        switch (job.States.Length)
        {
            case 8:
                VectorEncoder.Run<TMover, Lanes8>(mover, bulk, ref job);
                break;
            case 16:
                VectorEncoder.Run<TMover, Lanes16>(mover, bulk, ref job);
                break;
            default:
                VectorEncoder.Run<TMover, Lanes32>(mover, bulk, ref job);
                break;
        }
    }

    /// <summary>What belongs to the escapes in the lanes, last first, as the lanes were encoded.</summary>
    private static void PushExcesses(scoped EncoderJob job, ref Rans64Stack side)
    {
        foreach (int group in job.EscapeGroups[..job.EscapeGroupCount])
        {
            for (int i = group + job.States.Length - 1; i >= group; i--)
            {
                ref readonly TableSet.Table info = ref job.Set.Tables[job.Tables.IsEmpty ? job.Table : job.Tables[i]];
                if ((uint)(job.Symbols[i] - info.Offset) >= (uint)info.Escape)
                {
                    side.PushExcess(info, job.Symbols[i]);
                }
            }
        }
    }

    private static int Write(scoped in EncoderJob job, scoped in Rans64Stack side, int lanes, int tailGroups, IBufferWriter<byte> destination)
    {
        Span<byte> head = stackalloc byte[BulkHeads.MaxBytes];
        int headLength = BulkHeads.WriteHeader(lanes, tailGroups, head);
        headLength += BulkHeads.WriteStates(job.States, head[headLength..]);
        ReadOnlySpan<byte> words = job.Words[job.FirstWord..];
        int omitted = job.States.Length / 2;
        int length = headLength + words.Length + side.Length(omitted);
        Span<byte> target = destination.GetSpan(length);
        head[..headLength].CopyTo(target);
        words.CopyTo(target[headLength..]);
        side.Write(omitted, target[(headLength + words.Length)..]);
        destination.Advance(length);
        return length;
    }
}
