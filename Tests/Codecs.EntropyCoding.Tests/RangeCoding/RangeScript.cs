using System.Buffers;

namespace Codecs.EntropyCoding.Tests.RangeCoding;

/// <summary>A random program of everything the range coder can do, to be encoded and checked on the way back.</summary>
internal sealed class RangeScript
{
    public const int TreeSize = 37;
    public const int SignedLimit = 5000;
    public const int NumberOrder = 1;
    public const int NumberLimit = 100_000;
    public const int Inputs = 3;
    public static readonly (int Fast, int Slow)[] Rates = [(4, 7), (5, 8), (1, 1), (10, 10), (4, 4), (2, 9)];

    public enum Kind
    {
        Symbol,
        Raw,
        Switch,
        Bit,
        Mixed,
        Number,
        Signed,
        Index,
        Bind,
    }

    /// <summary>Symbol: value, table. Raw: value, bits. Switch and Bind: A. Bit: bit, context. Mixed: bit, first context. The others: value, class.</summary>
    public readonly record struct Step(Kind Kind, long A, int B);

    public required PlainTable[][] Plain { get; init; }

    public required int[] Precisions { get; init; }

    public required TableSet[] Sets { get; init; }

    public required Step[] Steps { get; init; }

    public static RangeScript Random(uint seed, int precision, int length, bool mixed = true)
    {
        var rng = new Random((int)seed);
        int[] precisions = [precision, rng.Next(1, 15)];
        PlainTable[][] plain = [.. precisions.Select(n => PlainTable.Random(rng, n, rng.Next(1, 5)))];
        var steps = new Step[length];
        int current = 0;
        int skew = rng.Next(1, 60);
        for (int i = 0; i < length; i++)
        {
            steps[i] = (Kind)rng.Next(9) switch
            {
                Kind.Raw => RandomRaw(rng),
                Kind.Switch => new Step(Kind.Switch, current = rng.Next(2), 0),
                Kind.Bit => new Step(Kind.Bit, rng.Next(skew) == 0 ? 1 : 0, rng.Next(Rates.Length)),
                Kind.Mixed when mixed => new Step(Kind.Mixed, rng.Next(skew) == 0 ? 1 : 0, rng.Next(Rates.Length)),
                Kind.Number => new Step(Kind.Number, Math.Min(rng.Next(1 << rng.Next(18)), NumberLimit), rng.Next(2)),
                Kind.Signed => new Step(Kind.Signed, Math.Min(rng.Next(1 << rng.Next(13)), SignedLimit) * (1 - 2 * rng.Next(2)), rng.Next(2)),
                Kind.Index => new Step(Kind.Index, rng.Next(rng.Next(1, TreeSize + 1)), rng.Next(2)),
                Kind.Bind => new Step(Kind.Bind, rng.Next(256), 0),
                _ => RandomSymbol(rng, plain[current]),
            };
        }

        return new RangeScript
        {
            Plain = plain,
            Precisions = precisions,
            Sets = [.. precisions.Zip(plain, PlainTable.ToSet)],
            Steps = steps,
        };
    }

    public byte[] Encode(CheckMode check)
    {
        var writer = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(writer, Sets[0]);
        var state = new Models();
        foreach (Step step in Steps)
        {
            int value = (int)step.A;
            switch (step.Kind)
            {
                case Kind.Symbol:
                    encoder.Push(value, step.B);
                    break;
                case Kind.Raw:
                    encoder.PushRaw((uint)step.A, step.B);
                    break;
                case Kind.Switch:
                    encoder.Tables = Sets[step.A];
                    break;
                case Kind.Bit:
                    encoder.PushBit(ref state.Contexts[step.B], value);
                    break;
                case Kind.Mixed:
                    encoder.PushBit(state.Select(step.B), state.Contexts, state.Selected, value);
                    break;
                case Kind.Number:
                    state.Number.Encode(encoder, value, step.B);
                    break;
                case Kind.Signed:
                    state.Signed.Encode(encoder, value, step.B);
                    break;
                case Kind.Index:
                    state.Tree.Encode(encoder, value, step.B);
                    break;
                default:
                    encoder.Bind([(byte)value]);
                    break;
            }
        }

        Assert.Equal(encoder.Finish(check), writer.WrittenCount);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Decodes and returns the status; <paramref name="same"/> says whether every value came back.</summary>
    public CodingStatus Decode(ReadOnlyMemory<byte> payload, CheckMode check, out bool same)
    {
        var decoder = new RangeDecoder(payload, check, Sets[0]);
        var state = new Models();
        same = true;
        foreach (Step step in Steps)
        {
            switch (step.Kind)
            {
                case Kind.Symbol:
                    same &= decoder.Next(step.B) == step.A;
                    break;
                case Kind.Raw:
                    same &= decoder.Raw(step.B) == step.A;
                    break;
                case Kind.Switch:
                    decoder.Tables = Sets[step.A];
                    break;
                case Kind.Bit:
                    same &= decoder.Bit(ref state.Contexts[step.B]) == step.A;
                    break;
                case Kind.Mixed:
                    same &= decoder.Bit(state.Select(step.B), state.Contexts, state.Selected) == step.A;
                    break;
                case Kind.Number:
                    same &= state.Number.Decode(decoder, step.B) == step.A;
                    break;
                case Kind.Signed:
                    same &= state.Signed.Decode(decoder, step.B) == step.A;
                    break;
                case Kind.Index:
                    same &= state.Tree.Decode(decoder, step.B) == step.A;
                    break;
                default:
                    decoder.Bind([(byte)step.A]);
                    break;
            }
        }

        return decoder.Finish();
    }

    private static Step RandomRaw(Random rng)
    {
        int bits = rng.Next(1, 33);
        return new Step(Kind.Raw, rng.NextInt64(1L << bits), bits);
    }

    private static Step RandomSymbol(Random rng, PlainTable[] tables)
    {
        int table = rng.Next(tables.Length);
        PlainTable plain = tables[table];
        if (rng.Next(8) == 0)
        {
            int magnitude = rng.Next(1 << rng.Next(16));
            return new Step(Kind.Symbol, rng.Next(2) == 0 ? magnitude : -magnitude, table);
        }

        // By probability, with the escape's share falling on the value just above the table.
        int slot = rng.Next(plain.Cumulative[^1]);
        int found = Array.BinarySearch(plain.Cumulative, slot);
        return new Step(Kind.Symbol, Math.Min(plain.Offset + (found >= 0 ? found : ~found - 1), short.MaxValue), table);
    }

    private sealed class Models
    {
        private readonly LogisticMixer _mixer = new(Inputs, weightSets: 2, refinements: 3);

        public BinaryContext[] Contexts { get; } = [.. Rates.Select(r => new BinaryContext(r.Fast, r.Slow))];

        public int[] Selected { get; } = new int[Inputs];

        public ExpGolombModel Number { get; } = new(NumberOrder, NumberLimit, contexts: 2);

        public SignedIntegerModel Signed { get; } = new(SignedLimit, contexts: 2);

        public IndexTreeModel Tree { get; } = new(TreeSize, contexts: 2);

        public LogisticMixer Select(int first)
        {
            for (int i = 0; i < Inputs; i++)
            {
                Selected[i] = (first + i) % Rates.Length;
            }

            _mixer.Select(first % 2, first % 3);
            return _mixer;
        }
    }
}
