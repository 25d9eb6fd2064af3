using Codecs.Models.Codebooks;
using Codecs.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.IndexMaps;

/// <summary>The map predictor in training; <see cref="MapPredictor"/> is the same in integers.</summary>
/// <remarks>Maps are of node numbers: 2^bits + index, for maps of any bits up to <see cref="MapShape.Bits"/>.</remarks>
internal sealed class MapNetwork : nn.Module
{
    private const double NegativeSlope = 0.125, StartNode = 0.02, StartEmbedding = 0.3;
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Embedding embedding;
    internal readonly Pointwise hidden;
    internal readonly Embedding node;
    internal readonly Parameter node_bias;
#pragma warning restore IDE1006
    private readonly Scalar _toBits = 1 / Math.Log(2);

    /// <param name="policy">Number format of the layer.</param>
    internal MapNetwork(ComputePolicy policy)
        : base("maps")
    {
        embedding = nn.Embedding(MapShape.Nodes, MapShape.Embedding);
        hidden = new Pointwise(policy, MapShape.Inputs, MapShape.Hidden);
        node = nn.Embedding(MapShape.InnerNodes, MapShape.Hidden);
        node_bias = new Parameter(zeros(MapShape.InnerNodes));
        using (no_grad())
        {
            StartVectors();
            node.weight!.uniform_(-StartNode, StartNode);
        }

        RegisterComponents();
    }

    /// <summary>Mean bits of an index.</summary>
    /// <param name="maps">Maps of node numbers, int64 [N, R, C].</param>
    /// <param name="bits">Bits of their indices: the depth of the nodes.</param>
    internal Tensor Bits(Tensor maps, int bits) =>
        TreeBits.Nats(Hidden(maps), maps.reshape(-1, 1) - (1L << bits), bits, node, node_bias) * _toBits;

    /// <summary>What the predictor says of every node at every site: ln(p / (1 - p)) for the probability p that the bit is 0.</summary>
    /// <param name="maps">Maps of node numbers, int64 [N, R, C]; at each site only what is before it matters.</param>
    /// <param name="bits">Bits of their indices; nodes of lesser depth are looked at.</param>
    /// <returns>[N, R, C, 2^bits]; number 0 means nothing.</returns>
    internal Tensor Logits(Tensor maps, int bits)
    {
        long nodes = 1L << bits;
        Tensor logits = nn.functional.linear(Hidden(maps), node.weight!.narrow(0, 0, nodes), node_bias.narrow(0, 0, nodes));
        return logits.reshape(maps.shape[0], maps.shape[1], maps.shape[2], nodes);
    }

    /// <summary>The hidden units of every site, float32 [N · R · C, <see cref="MapShape.Hidden"/>].</summary>
    internal Tensor Hidden(Tensor maps)
    {
        const int reach = MapShape.Reach;
        long rows = maps.shape[1], columns = maps.shape[2];
        Tensor vectors = embedding.forward(nn.functional.pad(maps, [reach, reach, reach, 0])); // node 0 is outside
        var inputs = new List<Tensor>();
        foreach ((int down, int right) in MapShape.Neighbours)
        {
            inputs.Add(vectors.narrow(1, reach + down, rows).narrow(2, reach + right, columns));
        }

        Tensor sums = hidden.forward(cat(inputs, -1).reshape(-1, MapShape.Inputs));
        return nn.functional.leaky_relu(sums, NegativeSlope).to(float32);
    }

    // A child starts as its parent and a step of its own, shorter with every level: nodes that are near in the tree start near.
    private void StartVectors()
    {
        Tensor vectors = embedding.weight!;
        vectors.zero_();
        for (int bits = 0; bits <= MapShape.Bits; bits++)
        {
            long first = 1L << bits;
            Tensor step = randn(first, MapShape.Embedding) * (StartEmbedding * Math.Pow(0.8, bits));
            Tensor parents = bits == 0 ? zeros(1, MapShape.Embedding) : vectors.narrow(0, first / 2, first / 2).repeat_interleave(2, 0);
            vectors.narrow(0, first, first).copy_(parents + step);
        }
    }
}
