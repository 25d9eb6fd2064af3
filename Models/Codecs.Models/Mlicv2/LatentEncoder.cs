using System.Buffers;
using Codecs.EntropyCoding;

namespace Codecs.Models.Mlicv2;

/// <summary>The writing side: rounds a float latent around the predicted means and collects one entropy-coded payload.</summary>
/// <remarks>Rounding is the encoder's free choice; whatever it chooses, readers follow. Elements of table 0 are surely zero and not coded.</remarks>
internal sealed class LatentEncoder : ILatentCoder, IDisposable
{
    private const int Channels = L20Config.LatentChannels, Quarter = Channels / L20Config.Steps;
    private readonly float[] _latent;
    private readonly short[] _hyper;
    private readonly int _width;
    private readonly TableSet _tables;
    private readonly Rans64Encoder _encoder;

    /// <param name="latent">y in quantiser steps, [h, w, 192].</param>
    /// <param name="hyper">Rounded z, [h/4, w/4, 64].</param>
    /// <param name="width">Latent columns.</param>
    /// <param name="tables">The model's probability tables.</param>
    internal LatentEncoder(float[] latent, short[] hyper, int width, TableSet tables)
    {
        (_latent, _hyper, _width, _tables) = (latent, hyper, width, tables);
        _encoder = new Rans64Encoder(tables);
    }

    /// <summary>Ideal code length of everything coded so far, in bits.</summary>
    internal double EstimatedBits { get; private set; }

    /// <inheritdoc/>
    public void CodeHyper(ReadOnlySpan<byte> tables, Span<short> symbols)
    {
        _hyper.CopyTo(symbols);
        for (int i = 0; i < symbols.Length; i++)
        {
            EstimatedBits += _tables.CostBits(tables[i], symbols[i]);
        }

        _encoder.Push(symbols, tables);
    }

    /// <inheritdoc/>
    public void CodeStep(int step, ReadOnlySpan<byte> tables, ReadOnlySpan<short> means, Span<short> symbols)
    {
        byte[] codedTables = ArrayPool<byte>.Shared.Rent(symbols.Length);
        short[] codedSymbols = ArrayPool<short>.Shared.Rent(symbols.Length);
        int coded = 0;
        double bits = 0;
        for (int p = 0, i = 0; i < symbols.Length; p++)
        {
            int quarter = ExactEntropyModel.QuarterOf(p / _width, p % _width, step);
            ReadOnlySpan<float> y = _latent.AsSpan((p * Channels) + (quarter * Quarter), Quarter);
            for (int k = 0; k < Quarter; k++, i++)
            {
                symbols[i] = 0;
                if (tables[i] != 0)
                {
                    float residual = y[k] - (means[i] * ExactEntropyModel.MeanUnit);
                    short symbol = (short)Math.Clamp((int)MathF.Round(residual), -short.MaxValue, short.MaxValue);
                    symbols[i] = symbol;
                    bits += _tables.CostBits(tables[i], symbol);
                    codedSymbols[coded] = symbol;
                    codedTables[coded++] = tables[i];
                }
            }
        }

        EstimatedBits += bits;
        _encoder.Push(codedSymbols.AsSpan(0, coded), codedTables.AsSpan(0, coded));
        ArrayPool<byte>.Shared.Return(codedTables);
        ArrayPool<short>.Shared.Return(codedSymbols);
    }

    /// <summary>Writes the payload.</summary>
    /// <param name="associated">Header bytes that the content check also covers.</param>
    /// <param name="check">The content check.</param>
    /// <param name="destination">Receives the payload.</param>
    internal void Finish(ReadOnlySpan<byte> associated, CheckMode check, IBufferWriter<byte> destination)
    {
        _encoder.Bind(associated);
        _encoder.Finish(check, destination);
    }

    /// <inheritdoc/>
    public void Dispose() => _encoder.Dispose();
}
