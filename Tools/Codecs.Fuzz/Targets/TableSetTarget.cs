using Codecs.EntropyCoding;

namespace Codecs.Fuzz.Targets;

/// <summary>Probability tables as a weight file holds them.</summary>
internal sealed class TableSetTarget : FuzzTarget
{
    internal override string Name => "tables";

    internal override string Description => "a serialised set of probability tables";

    internal override IEnumerable<byte[]> Seeds()
    {
        foreach (int precision in new[] { 1, 8, 14, 16 })
        {
            var builder = new TableSetBuilder(precision);
            builder.AddWeights(0, [1, 1]);
            if (precision > 2)
            {
                builder.AddWeights(-3, [5, 1, 90, 200, 90, 5, 1]);
            }

            yield return builder.Build().ToBytes();
        }
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        TableSet set = TableSet.FromBytes(input.Span);
        Require(set.ToBytes().AsSpan().SequenceEqual(input.Span), "a table set came back with other bytes");
        for (int t = 0; t < set.Count; t++)
        {
            long sum = 0;
            for (int s = 0; s < set.SymbolCount(t); s++)
            {
                int frequency = set.Frequency(t, s);
                Require(frequency > 0, $"symbol {s} of table {t} has frequency {frequency}");
                sum += frequency;
            }

            Require(sum == 1L << set.Precision, $"the frequencies of table {t} sum to {sum}");
        }
    }
}
