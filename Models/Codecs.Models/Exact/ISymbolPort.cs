using Codecs.EntropyCoding;

namespace Codecs.Models.Exact;

/// <summary>One side of the symbols of a picture: writer, reader or counter, so that all run the same code.</summary>
internal interface ISymbolPort
{
    /// <summary>True when values are given, false when they are read.</summary>
    static abstract bool Gives { get; }

    /// <summary>Codes a quantised residual.</summary>
    /// <returns>The value.</returns>
    int Residual(int value, int table);

    /// <summary>Codes an integer around 0.</summary>
    /// <returns>The value.</returns>
    int Signed(SignedIntegerModel model, int value, int context);

    /// <summary>Codes a bit with adaptive statistics.</summary>
    /// <returns>The bit.</returns>
    int Bit(ref BinaryContext context, int bit);
}

/// <summary>Writes.</summary>
internal readonly struct SymbolWriter(RangeEncoder encoder) : ISymbolPort
{
    /// <inheritdoc/>
    public static bool Gives => true;

    /// <inheritdoc/>
    public int Residual(int value, int table)
    {
        encoder.Push(value, table);
        return value;
    }

    /// <inheritdoc/>
    public int Signed(SignedIntegerModel model, int value, int context)
    {
        model.Encode(encoder, value, context);
        return value;
    }

    /// <inheritdoc/>
    public int Bit(ref BinaryContext context, int bit)
    {
        encoder.PushBit(ref context, bit);
        return bit;
    }
}

/// <summary>Reads.</summary>
internal readonly struct SymbolReader(RangeDecoder decoder) : ISymbolPort
{
    /// <inheritdoc/>
    public static bool Gives => false;

    /// <inheritdoc/>
    public int Residual(int value, int table) => decoder.Next(table);

    /// <inheritdoc/>
    public int Signed(SignedIntegerModel model, int value, int context) => model.Decode(decoder, context);

    /// <inheritdoc/>
    public int Bit(ref BinaryContext context, int bit) => decoder.Bit(ref context);
}

/// <summary>Counts bits.</summary>
internal sealed class BitTally
{
    /// <summary>Bits so far.</summary>
    internal double Bits { get; set; }
}

/// <summary>Writes nothing but knows what it would cost.</summary>
internal readonly struct SymbolCounter(LaplaceTables tables, BitTally tally) : ISymbolPort
{
    /// <inheritdoc/>
    public static bool Gives => true;

    /// <inheritdoc/>
    public int Residual(int value, int table)
    {
        tally.Bits += tables.Cost(table, Math.Abs(value));
        return value;
    }

    /// <inheritdoc/>
    public int Signed(SignedIntegerModel model, int value, int context)
    {
        // As Exp-Golomb codes: what adaptive statistics make of them is not known here.
        tally.Bits += 1 + (2 * Math.Log2(1 + Math.Abs(value)));
        return value;
    }

    /// <inheritdoc/>
    public int Bit(ref BinaryContext context, int bit)
    {
        tally.Bits += 0.5;
        return bit;
    }
}
