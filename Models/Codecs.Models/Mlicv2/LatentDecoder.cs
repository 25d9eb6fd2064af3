using System.Buffers;
using Codecs.EntropyCoding;

namespace Codecs.Models.Mlicv2;

/// <summary>The reading side: pulls symbols out of a payload; stops with our error at the first sign of damage.</summary>
/// <param name="payload">The whole payload.</param>
/// <param name="tables">The model's probability tables.</param>
/// <param name="check">The content check that the payload carries.</param>
/// <param name="offset">Where the payload begins in its file, for messages.</param>
internal sealed class LatentDecoder(ReadOnlyMemory<byte> payload, TableSet tables, CheckMode check, long offset) : ILatentCoder
{
    private readonly Rans64Decoder _decoder = new(payload, tables, check);

    /// <summary>The hyper latent, once it was read.</summary>
    internal short[] Hyper { get; private set; } = [];

    /// <inheritdoc/>
    public void CodeHyper(ReadOnlySpan<byte> tables, Span<short> symbols)
    {
        _decoder.Decode(tables, symbols);
        _decoder.Status.ThrowIfFailed("hyper latent", offset);
        Hyper = symbols.ToArray();
    }

    /// <inheritdoc/>
    public void CodeStep(int step, ReadOnlySpan<byte> tables, ReadOnlySpan<short> means, Span<short> symbols)
    {
        byte[] codedTables = ArrayPool<byte>.Shared.Rent(symbols.Length);
        short[] codedSymbols = ArrayPool<short>.Shared.Rent(symbols.Length);
        try
        {
            int coded = 0;
            foreach (byte table in tables)
            {
                codedTables[coded] = table;
                coded += table == 0 ? 0 : 1;
            }

            _decoder.Decode(codedTables.AsSpan(0, coded), codedSymbols.AsSpan(0, coded));
            _decoder.Status.ThrowIfFailed("latent", offset);
            for (int i = 0, from = 0; i < symbols.Length; i++)
            {
                symbols[i] = tables[i] == 0 ? (short)0 : codedSymbols[from++];
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(codedTables);
            ArrayPool<short>.Shared.Return(codedSymbols);
        }
    }

    /// <summary>Verifies that all was read and that it is what was written, under this header.</summary>
    /// <param name="associated">The header bytes that the writer bound to the content check.</param>
    internal void Finish(ReadOnlySpan<byte> associated)
    {
        _decoder.Bind(associated);
        _decoder.Finish().ThrowIfFailed("latent", offset);
    }
}
