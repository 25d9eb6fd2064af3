using static TorchSharp.torch;

namespace Codecs.Models.LanguageCodec;

/// <summary>MCRVQ in training: eight codebooks that follow the latents as running means, not by gradient (arXiv 2402.12208, section 3.2).</summary>
/// <remarks>
/// <para>The first three codebooks quantise a third of the latent each, side by side; their code vectors are zero elsewhere, so decoding is the plain sum of all.
/// The others quantise what is left.</para>
/// <para>Differences from the reference, which loses its replacements of dead codes in the step that makes them: a replaced code gets a count and a sum as
/// well; a code is dead below a tenth of the mean count instead of below 2, so that the batch may be small.</para>
/// </remarks>
internal sealed class MaskedCodebooks : nn.Module
{
    private const double DeadShare = 0.1, ReplacedShare = 0.5, Smoothing = 1e-5;
    private const int KMeansRounds = 12;
    private const double BatchVectors = 1200; // of the recipe: counts and sums are those of a batch
#pragma warning disable IDE1006 // The field names are the state-dict names.
    internal readonly Tensor embed;
    internal readonly Tensor count;
    internal readonly Tensor sum;
#pragma warning restore IDE1006

    internal MaskedCodebooks()
        : base("codebooks")
    {
        const int books = SpeechShape.Codebooks, size = SpeechShape.CodebookSize;
        embed = zeros(books, size, SpeechShape.Latent);
        count = zeros(books, size);
        sum = zeros(books, size, SpeechShape.Latent);
        RegisterComponents();
    }

    /// <summary>Nearest codes of each vector, one codebook after the other.</summary>
    /// <param name="z">[M, 128].</param>
    /// <param name="decay">Share of the old that the running means keep in this step; null leaves the codebooks alone.</param>
    /// <returns>Indices int64 [M, 8], and for each number of codebooks from 3 to 8 the sum of that many code vectors, [M, 128].</returns>
    internal (Tensor Indices, Tensor[] Sums) Quantize(Tensor z, double? decay = null)
    {
        using var _ = no_grad();
        var indices = new List<Tensor>();
        var sums = new List<Tensor>();
        Tensor total = zeros_like(z);
        for (int q = 0; q < SpeechShape.Codebooks; q++)
        {
            (int start, int end) = SpeechShape.PartOf(q);
            Tensor left = (z - total).narrow(1, start, end - start), book = embed[q].narrow(1, start, end - start);
            Tensor index = Nearest(left, book);
            total = total.clone();
            total.narrow(1, start, end - start).add_(book.index_select(0, index));
            indices.Add(index);
            if (q >= SpeechShape.FewestCodebooks - 1)
            {
                sums.Add(total);
            }

            if (decay is { } keep)
            {
                Follow(q, left, index, keep);
            }
        }

        return (stack(indices, 1), [.. sums]);
    }

    /// <summary>Fills the codebooks by k-means, each on what those before it leave.</summary>
    /// <param name="z">[M, 128], at least 1024 vectors, better ten times as many.</param>
    internal void Start(Tensor z)
    {
        using var _ = no_grad();
        Tensor total = zeros_like(z);
        for (int q = 0; q < SpeechShape.Codebooks; q++)
        {
            (int start, int end) = SpeechShape.PartOf(q);
            Tensor left = (z - total).narrow(1, start, end - start);
            Tensor book = left.index_select(0, randperm(z.shape[0])[..SpeechShape.CodebookSize]);
            Tensor index = Nearest(left, book);
            for (int round = 0; round < KMeansRounds; round++)
            {
                (Tensor counts, Tensor sums) = Gather(left, index);
                book = where(counts.unsqueeze(1) > 0, sums / counts.clamp_min(1).unsqueeze(1), book);
                index = Nearest(left, book);
            }

            (Tensor lastCounts, Tensor lastSums) = Gather(left, index);
            double share = BatchVectors / z.shape[0];
            embed[q].narrow(1, start, end - start).copy_(book);
            count[q].copy_(lastCounts * share);
            sum[q].narrow(1, start, end - start).copy_(lastSums * share);
            total.narrow(1, start, end - start).add_(book.index_select(0, index));
        }
    }

    private static Tensor Nearest(Tensor x, Tensor book) => (x.matmul(book.t()) - (book.square().sum(1) * 0.5)).argmax(1);

    private static (Tensor Counts, Tensor Sums) Gather(Tensor x, Tensor index)
    {
        Tensor counts = zeros(SpeechShape.CodebookSize).index_add_(0, index, ones(x.shape[0]), 1);
        Tensor sums = zeros(SpeechShape.CodebookSize, x.shape[1]).index_add_(0, index, x, 1);
        return (counts, sums);
    }

    private void Follow(int q, Tensor x, Tensor index, double keep)
    {
        (int start, int end) = SpeechShape.PartOf(q);
        (Tensor counts, Tensor sums) = Gather(x, index);
        Tensor n = count[q], s = sum[q].narrow(1, start, end - start);
        n.mul_(keep).add_(counts, 1 - keep);
        s.mul_(keep).add_(sums, 1 - keep);
        double mean = (double)x.shape[0] / SpeechShape.CodebookSize;
        Tensor dead = n < mean * DeadShare;
        Tensor replacement = x.index_select(0, randint(0, x.shape[0], SpeechShape.CodebookSize));
        n.masked_fill_(dead, mean * ReplacedShare);
        s.copy_(where(dead.unsqueeze(1), replacement * (mean * ReplacedShare), s));
        Tensor all = n.sum();
        Tensor smoothed = (n + Smoothing) / (all + (Smoothing * SpeechShape.CodebookSize)) * all;
        embed[q].narrow(1, start, end - start).copy_(s / smoothed.unsqueeze(1));
    }
}
