using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Codecs.EntropyCoding;

/// <summary>Decodes the lanes one after the other. Normative: every other decoder must give the same symbols, states and position.</summary>
internal static class ScalarDecoder
{
    /// <summary>Decodes all symbols of the job.</summary>
    /// <param name="lookup">Tables.</param>
    /// <param name="job">The job; its states and position are updated.</param>
    /// <returns>False if the words ran out.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Run<TLookup>(TLookup lookup, ref DecoderJob job)
        where TLookup : struct, ISymbolLookup, allows ref struct
    {
        ReadOnlySpan<byte> payload = job.Payload;
        ReadOnlySpan<byte> tables = job.Tables;
        Span<short> symbols = job.Symbols;
        Span<uint> states = job.States;
        int position = job.Position;
        bool indexed = !tables.IsEmpty;
        int table = job.Table;
        for (int group = 0; group < symbols.Length; group += states.Length)
        {
            for (int lane = 0; lane < states.Length; lane++)
            {
                if (indexed)
                {
                    table = tables[group + lane];
                }

                uint state = states[lane];
                symbols[group + lane] = lookup.Step(ref state, table);
                if (state < Rans32.LowerBound)
                {
                    if (payload.Length - position < Rans32.WordBytes)
                    {
                        return false;
                    }

                    state = state << Rans32.WordBits | BinaryPrimitives.ReadUInt16LittleEndian(payload[position..]);
                    position += Rans32.WordBytes;
                }

                states[lane] = state;
            }
        }

        job.Position = position;
        return true;
    }
}
