using System.Buffers;
using Codecs.EntropyCoding;
using Codecs.Models.Exact;

namespace Codecs.Models.Squeeze3d;

/// <summary>Shapes as bytes and back: integers alone choose the tables. README.md beside this file describes the payload.</summary>
internal sealed class ShapeCoder(ShapeStatistics statistics)
{
    private const int StepBits = 6, CodePieces = 16, CodeBits = 6, ResidualPieces = 64, ResidualBits = 7;
    private const int Memory = 24, LargestCounted = 15;
    private const CheckMode Check = CheckMode.Check16;

    /// <summary>Writes a shape.</summary>
    /// <param name="shape">The shape; elements behind the last one that is not 0 cost nothing.</param>
    /// <param name="associated">What the content check covers besides.</param>
    internal byte[] Encode(ShapeSymbols shape, ReadOnlySpan<byte> associated)
    {
        var output = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(output, statistics.Tables.Tables);
        encoder.Bind(associated);
        int code = Pieces(shape.Code, static i => i, CodePieces);
        int residual = shape.Residual is null ? 0 : Pieces(shape.Residual, static i => FrequencyOrder.Places[i], ResidualPieces);
        encoder.PushRaw((uint)shape.Step, StepBits);
        encoder.PushRaw((uint)code, CodeBits);
        encoder.PushRaw((uint)residual, ResidualBits);
        Run(new SymbolWriter(encoder), shape, code * CodePieces, residual * ResidualPieces);
        encoder.Finish(Check);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads a shape.</summary>
    /// <exception cref="InvalidBitstreamException">The bytes are damaged.</exception>
    internal ShapeSymbols Decode(ReadOnlyMemory<byte> payload, ReadOnlySpan<byte> associated)
    {
        var decoder = new RangeDecoder(payload, Check, statistics.Tables.Tables);
        decoder.Bind(associated);
        int step = (int)decoder.Raw(StepBits), code = (int)decoder.Raw(CodeBits), residual = (int)decoder.Raw(ResidualBits);
        if (code > ShapeCode.Length / CodePieces || residual > ShapeCode.LatentLength / ResidualPieces)
        {
            throw new InvalidBitstreamException($"The shape has {code} pieces of code and {residual} of residual; at most 32 and 64 were expected: damaged data.");
        }

        var shape = new ShapeSymbols(step, new int[ShapeCode.Length], residual > 0 ? new int[ShapeCode.LatentLength] : null);
        Run(new SymbolReader(decoder), shape, code * CodePieces, residual * ResidualPieces);
        decoder.Finish().ThrowIfFailed("shape");
        return shape;
    }

    /// <summary>Quantises for little error and few bits.</summary>
    /// <param name="code">z.</param>
    /// <param name="step">Index of the step.</param>
    /// <param name="bitPrice">Squared steps that a bit may cost.</param>
    internal int[] QuantizeCode(ReadOnlySpan<float> code, int step, float bitPrice)
    {
        int[] symbols = new int[ShapeCode.Length];
        var past = new Past(statistics);
        for (int i = 0; i < symbols.Length; i++)
        {
            int table = statistics.CodeTable(i, step, past.Class);
            symbols[i] = Choose(code[i] / ShapeSymbols.SizeOf(step), table, bitPrice);
            past.Add(symbols[i], table);
        }

        return symbols;
    }

    /// <summary>Quantises residuals for little error and few bits.</summary>
    /// <inheritdoc cref="QuantizeCode"/>
    /// <param name="residual">What F_D's output lacks.</param>
    /// <param name="step">Index of the step.</param>
    /// <param name="bitPrice">Squared steps that a bit may cost.</param>
    internal int[] QuantizeResidual(ReadOnlySpan<float> residual, int step, float bitPrice)
    {
        int[] symbols = new int[ShapeCode.LatentLength];
        foreach (int place in FrequencyOrder.Places)
        {
            symbols[place] = Choose(residual[place] / ShapeSymbols.SizeOf(step), statistics.ResidualTable(place, step, ResidualClass(symbols, place)), bitPrice);
        }

        return symbols;
    }

    /// <summary>Class of a residual by its neighbours.</summary>
    internal static int ResidualClass(ReadOnlySpan<int> residual, int place) => FrequencyOrder.Neighbours(residual, place) switch
    {
        0 => 0,
        1 => 1,
        2 => 2,
        3 => 3,
        <= 5 => 4,
        _ => 5,
    };

    private static int Pieces(int[] values, Func<int, int> place, int piece)
    {
        int last = values.Length;
        while (last > 0 && values[place(last - 1)] == 0)
        {
            last--;
        }

        return (last + piece - 1) / piece;
    }

    private int Choose(float value, int table, float bitPrice)
    {
        float magnitude = Math.Min(Math.Abs(value), ShapeSymbols.MaxMagnitude);
        int high = (int)MathF.Round(magnitude), best = 0;
        float least = (magnitude * magnitude) + (bitPrice * statistics.Tables.Cost(table, 0));
        for (int candidate = Math.Max(1, high - 1); candidate <= high; candidate++)
        {
            float error = magnitude - candidate, cost = (error * error) + (bitPrice * statistics.Tables.Cost(table, candidate));
            if (cost < least)
            {
                (best, least) = (candidate, cost);
            }
        }

        return value < 0 ? -best : best;
    }

    private void Run<TPort>(TPort port, ShapeSymbols shape, int codes, int residuals)
        where TPort : ISymbolPort
    {
        var past = new Past(statistics);
        for (int i = 0; i < codes; i++)
        {
            int table = statistics.CodeTable(i, shape.Step, past.Class);
            shape.Code[i] = port.Residual(shape.Code[i], table);
            past.Add(shape.Code[i], table);
        }

        for (int i = 0; i < residuals; i++)
        {
            int place = FrequencyOrder.Places[i];
            shape.Residual![place] = port.Residual(shape.Residual[place], statistics.ResidualTable(place, shape.Step, ResidualClass(shape.Residual, place)));
        }
    }

    /// <summary>How large the last elements were, compared with what their tables expect.</summary>
    internal sealed class Past(ShapeStatistics statistics)
    {
        private readonly int[] _seen = new int[Memory];
        private readonly int[] _expected = new int[Memory];
        private int _count;
        private int _seenSum;
        private int _expectedSum;

        /// <summary>Class of the next element.</summary>
        internal int Class => _expectedSum < ShapeStatistics.ExpectedUnit ? 2
            : (4 * _seenSum) switch
            {
                int s when s < 2 * _expectedSum => 0,
                int s when s < 3 * _expectedSum => 1,
                int s when s < 5 * _expectedSum => 2,
                int s when s < 8 * _expectedSum => 3,
                _ => 4,
            };

        /// <summary>Remembers an element.</summary>
        internal void Add(int value, int table)
        {
            int at = _count++ % Memory, seen = Math.Min(Math.Abs(value), LargestCounted) * ShapeStatistics.ExpectedUnit, expected = statistics.Expected[table];
            _seenSum += seen - _seen[at];
            _expectedSum += expected - _expected[at];
            (_seen[at], _expected[at]) = (seen, expected);
        }
    }
}
