using System.Buffers;

namespace Codecs.EntropyCoding.Tests;

/// <summary>A random program of pushes that can be encoded and checked on the way back.</summary>
internal sealed class CodingScript
{
    public enum Kind
    {
        Symbol,
        Raw,
        Switch,
    }

    /// <summary>Symbol: value, table. Raw: value, bits. Switch: index of the set.</summary>
    public readonly record struct Step(Kind Kind, long A, int B);

    public required PlainTable[][] Plain { get; init; }

    public required int[] Precisions { get; init; }

    public required TableSet[] Sets { get; init; }

    public required Step[] Steps { get; init; }

    public static CodingScript Random(uint seed, int precision, int length)
    {
        var rng = new Random((int)seed);
        int[] precisions = [precision, rng.Next(1, 17)];
        PlainTable[][] plain = [.. precisions.Select(n => PlainTable.Random(rng, n, rng.Next(1, 5)))];
        var steps = new Step[length];
        int current = 0;
        for (int i = 0; i < length; i++)
        {
            int kind = rng.Next(40);
            if (kind == 0)
            {
                current = rng.Next(2);
                steps[i] = new Step(Kind.Switch, current, 0);
            }
            else if (kind <= 4)
            {
                int bits = rng.Next(1, 33);
                steps[i] = new Step(Kind.Raw, rng.NextInt64(1L << bits), bits);
            }
            else
            {
                int table = rng.Next(plain[current].Length);
                steps[i] = new Step(Kind.Symbol, RandomValue(rng, plain[current][table]), table);
            }
        }

        return new CodingScript
        {
            Plain = plain,
            Precisions = precisions,
            Sets = [.. precisions.Zip(plain, PlainTable.ToSet)],
            Steps = steps,
        };
    }

    public byte[] Encode(Rans64Encoder encoder, CheckMode check)
    {
        encoder.Tables = Sets[0];
        foreach (Step step in Steps)
        {
            switch (step.Kind)
            {
                case Kind.Symbol:
                    encoder.Push((int)step.A, step.B);
                    break;
                case Kind.Raw:
                    encoder.PushRaw((uint)step.A, step.B);
                    break;
                default:
                    encoder.Tables = Sets[step.A];
                    break;
            }
        }

        var writer = new ArrayBufferWriter<byte>();
        int written = encoder.Finish(check, writer);
        Assert.Equal(writer.WrittenCount, written);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Decodes and returns the status; <paramref name="same"/> says whether every value came back.</summary>
    public CodingStatus Decode(ReadOnlyMemory<byte> payload, CheckMode check, out bool same)
    {
        var decoder = new Rans64Decoder(payload, Sets[0], check);
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
                default:
                    decoder.Tables = Sets[step.A];
                    break;
            }
        }

        return decoder.Finish();
    }

    private static int RandomValue(Random rng, PlainTable table)
    {
        if (rng.Next(8) == 0)
        {
            int magnitude = rng.Next(1 << rng.Next(16));
            return rng.Next(2) == 0 ? magnitude : -magnitude;
        }

        // By probability, with the escape's share falling on the value just above the table.
        int slot = rng.Next(table.Cumulative[^1]);
        int found = Array.BinarySearch(table.Cumulative, slot);
        return Math.Min(table.Offset + (found >= 0 ? found : ~found - 1), short.MaxValue);
    }
}
