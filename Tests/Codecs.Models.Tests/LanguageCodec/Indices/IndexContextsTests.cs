using Codecs.EntropyCoding;
using Codecs.Models.Codebooks;
using Codecs.Models.LanguageCodec;
using Codecs.Models.LanguageCodec.Indices;
using CsCheck;

namespace Codecs.Models.Tests.LanguageCodec.Indices;

public sealed class IndexContextsTests
{
    private static readonly Gen<(IndexContexts.Surroundings Near, int Node, int Logit)> s_places = Gen.Select(
        Gen.Int[0, 1023].Array[3], Gen.Int[0, IndexContexts.LongestRun], Gen.Int[0, 1], Gen.Int[1, 1023], Gen.Int[-2047, 2047], Gen.Int[0, 10],
        (codes, run, same, node, logit, shared) =>
        {
            // Often a path that follows the index before for a while.
            int depth = int.Log2(node), path = codes[0] >> (10 - depth);
            int followed = shared < depth ? path ^ (node & ((1 << (depth - shared)) - 1)) : path;
            return (new IndexContexts.Surroundings(codes[0], codes[1], codes[2], run, same), (1 << depth) + followed, logit);
        });

    [Fact]
    public void EveryBitHasFiveContextsOfItsCodebook() => s_places.Sample(place =>
    {
        const int at = 2 * IndexContexts.PerBook;
        int[] selected = new int[IndexContexts.PerBit];
        int steadiness = IndexContexts.Select(at, place.Near, place.Node, place.Logit, selected);
        Assert.InRange(steadiness, 0, ExactIndexModel.Steadiness - 1);
        Assert.All(selected, s => Assert.InRange(s, at, at + IndexContexts.PerBook - 1));
        Assert.Equal(selected.Order(), selected);
        Assert.Equal(IndexContexts.PerBit, selected.Distinct().Count());
    }, iter: 20_000);

    [Fact]
    public void NoTwoSituationsShareAContextByMistake()
    {
        // Contexts of different depths are different, whatever else is the same.
        var owners = new Dictionary<int, int>();
        int[] selected = new int[IndexContexts.PerBit];
        var random = new Random(1);
        for (int i = 0; i < 200_000; i++)
        {
            int node = 1 << random.Next(SpeechShape.IndexBits);
            node += random.Next(node);
            int before = random.Next(2) == 0 ? random.Next(1024) : Math.Min(1023, (node << (SpeechShape.IndexBits - int.Log2(node))) - 1024 + random.Next(2));
            IndexContexts.Select(0, new(before, random.Next(1024), random.Next(1024), random.Next(4), random.Next(2)), node, random.Next(-2047, 2048), selected);
            foreach (int context in selected)
            {
                Assert.True(owners.TryAdd(context, int.Log2(node)) || owners[context] == int.Log2(node));
            }
        }
    }

    [Fact]
    public void StartStatesAreTheCountedShares()
    {
        int[] zeros = new int[IndexContexts.PerBook], ones = new int[zeros.Length];
        (zeros[5], ones[5]) = (1_000_000, 0);
        (zeros[6], ones[6]) = (0, 1_000_000);
        (zeros[7], ones[7]) = (299, 99);
        BinaryContext[] contexts = IndexContexts.Read(StartStates.Write(zeros, ones));
        Assert.Equal(BinaryContextRange.Most, contexts[5].Probability);
        Assert.Equal(BinaryContextRange.Least, contexts[6].Probability);
        Assert.Equal(3072, contexts[7].Probability);
        Assert.Equal(2048, contexts[8].Probability);
        Assert.True(contexts[8].IsFresh && !contexts[7].IsFresh);
    }

    private static class BinaryContextRange
    {
        internal const int Least = 16, Most = 4080;
    }
}
