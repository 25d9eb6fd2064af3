using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Codecs.EntropyCoding;

/// <summary>Encodes the lanes one after the other, last symbol first. Normative: every other encoder must give the same words and states.</summary>
internal static class ScalarEncoder
{
    /// <summary>Encodes all symbols of the job.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref EncoderJob job)
    {
        TableSet set = job.Set;
        ReadOnlySpan<TableSet.Table> infos = set.Tables;
        ReadOnlySpan<short> symbols = job.Symbols;
        ReadOnlySpan<byte> tables = job.Tables;
        Span<uint> states = job.States;
        Span<byte> words = job.Words;
        int precision = set.Precision;
        bool indexed = !tables.IsEmpty;
        int table = job.Table;
        int firstWord = words.Length;
        for (int group = symbols.Length - states.Length; group >= 0; group -= states.Length)
        {
            bool escaped = false;
            for (int lane = states.Length - 1; lane >= 0; lane--)
            {
                if (indexed)
                {
                    table = tables[group + lane];
                }

                ref readonly TableSet.Table info = ref infos[table];
                int symbol = symbols[group + lane] - info.Offset;
                if ((uint)symbol >= (uint)info.Escape)
                {
                    symbol = info.Escape;
                    escaped = true;
                }

                uint entry = set.Entry(info, symbol);
                uint frequency = entry >> 16;
                uint state = states[lane];
                if (Rans32.MustEmit(state, frequency, precision))
                {
                    firstWord -= Rans32.WordBytes;
                    BinaryPrimitives.WriteUInt16LittleEndian(words[firstWord..], (ushort)state);
                    state >>= Rans32.WordBits;
                }

                states[lane] = Rans32.EncodeStep(state, entry & 0xFFFF, frequency, precision);
            }

            if (escaped)
            {
                job.EscapeGroups[job.EscapeGroupCount++] = group;
            }
        }

        job.FirstWord = firstWord;
    }
}
