using Codecs.Models.Codebooks;
using Codecs.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec.Indices;

/// <summary>The index predictor in training; <see cref="IndexPredictor"/> is the same in integers.</summary>
internal sealed class IndexNetwork : nn.Module
{
    private const double NegativeSlope = 0.125, StartNode = 0.02;
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Embedding embedding;
    internal readonly ModuleList<Pointwise> hidden;
    internal readonly Embedding node;
    internal readonly Parameter node_bias;
#pragma warning restore IDE1006
    private readonly Scalar _toBits = 1 / Math.Log(2);

    /// <param name="start">Where the codes' vectors start [8, 1024, <see cref="IndexShape.Embedding"/>], about 1 in size.</param>
    /// <param name="policy">Number format of the layers.</param>
    internal IndexNetwork(Tensor start, ComputePolicy policy)
        : base("indices")
    {
        const int books = SpeechShape.Codebooks;
        embedding = nn.Embedding(books * SpeechShape.CodebookSize, IndexShape.Embedding);
        hidden = new ModuleList<Pointwise>([.. Enumerable.Range(0, books).Select(q => new Pointwise(policy, IndexShape.InputsOf(q), IndexShape.Hidden))]);
        node = nn.Embedding(books * IndexShape.Nodes, IndexShape.Hidden);
        node_bias = new Parameter(zeros(books * IndexShape.Nodes));
        using (no_grad())
        {
            embedding.weight!.copy_(start.reshape(embedding.weight.shape));
            node.weight!.uniform_(-StartNode, StartNode);
        }

        RegisterComponents();
    }

    /// <summary>Mean bits per index of each codebook.</summary>
    /// <param name="codes">Units of indices, int64 [N, T, 8].</param>
    /// <returns>[8].</returns>
    internal Tensor Bits(Tensor codes)
    {
        Tensor[] hiddens = Hidden(codes);
        var bits = new List<Tensor>();
        for (int q = 0; q < hiddens.Length; q++)
        {
            bits.Add(TreeBits.Nats(hiddens[q], codes.select(2, q).reshape(-1, 1), SpeechShape.IndexBits, node, node_bias, q * IndexShape.Nodes));
        }

        return stack(bits) * _toBits;
    }

    /// <summary>The hidden units of each codebook, [N · T, <see cref="IndexShape.Hidden"/>].</summary>
    internal Tensor[] Hidden(Tensor codes)
    {
        const int books = SpeechShape.Codebooks;
        long frames = codes.shape[1];
        Tensor vectors = embedding.forward(codes + (arange(books, int64) * SpeechShape.CodebookSize)); // [N, T, 8, E]
        Tensor sums = vectors.cumsum(2);
        Tensor[] means = [.. IndexShape.MeanShifts.ToArray().Select(shift => Decay(frames, shift))];
        var result = new Tensor[books];
        for (int q = 0; q < books; q++)
        {
            int known = IndexShape.BooksOf(IndexShape.PayloadOf(q)).First;
            Tensor all = sums.select(2, IndexShape.BooksOf(IndexShape.PayloadOf(q)).End - 1);
            Tensor now = q == 0 ? zeros_like(all) : sums.select(2, q - 1);
            List<Tensor> inputs = [Delay(all, 1), Delay(all, 2), .. means.Select(m => m.matmul(all)), now];
            if (known > 0)
            {
                inputs.Add(nn.functional.pad(sums.select(2, known - 1).narrow(1, 1, frames - 1), [0, 0, 0, 1]));
            }

            result[q] = nn.functional.leaky_relu(hidden[q].forward(cat(inputs, -1).reshape(-1, IndexShape.InputsOf(q))), NegativeSlope).to(float32);
        }

        return result;
    }

    private static Tensor Delay(Tensor x, long frames) => nn.functional.pad(x.narrow(1, 0, x.shape[1] - frames), [0, 0, frames, 0]);

    // The running mean up to the frame before, as a matrix [T, T].
    private static Tensor Decay(long frames, int shift)
    {
        double weight = Math.ScaleB(1, -shift);
        Tensor age = arange(frames).unsqueeze(1) - arange(frames) - 1;
        return (age * Math.Log(1 - weight)).exp().mul(weight).masked_fill(age < 0, 0).to(float32);
    }
}
