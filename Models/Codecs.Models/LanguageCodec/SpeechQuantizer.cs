using Codecs.Models.LanguageCodec.Plain;

namespace Codecs.Models.LanguageCodec;

/// <summary>Chooses the codes of latent vectors: a beam search through the codebooks, with the same result on every machine.</summary>
/// <remarks>
/// Taking the nearest vector codebook by codebook is not the nearest sum: several survivors are kept and the best sum wins. The decoder is the same.
/// </remarks>
internal sealed class SpeechQuantizer
{
    private const int Columns = 64; // frames times survivors at once
    private const int Books = SpeechShape.Codebooks, Size = SpeechShape.CodebookSize, Latent = SpeechShape.Latent;
    private readonly SpeechCodebooks _codebooks;
    private readonly FrameMatrix[] _distances;
    private readonly int _survivors;

    /// <param name="codebooks">The codebooks.</param>
    /// <param name="survivors">Candidates kept from codebook to codebook, 1..32; 1 is the plain search.</param>
    internal SpeechQuantizer(SpeechCodebooks codebooks, int survivors = 4)
    {
        (_codebooks, _survivors) = (codebooks, survivors);
        _distances = [.. Enumerable.Range(0, Books).Select(Distances)];
    }

    /// <summary>The codes of latent vectors.</summary>
    /// <param name="latents">[frames, 128].</param>
    /// <param name="codebooks">How many codebooks to use, 3..8; their sum is what is brought near.</param>
    /// <returns>[frames, 8], <see cref="SpeechShape.NoCode"/> where a codebook is not used.</returns>
    internal short[] Quantize(ReadOnlySpan<float> latents, int codebooks)
    {
        int frames = latents.Length / Latent, together = Math.Max(1, Columns / _survivors);
        short[] codes = new short[frames * Books];
        Array.Fill(codes, SpeechShape.NoCode);
        for (int t = 0; t < frames; t += together)
        {
            int count = Math.Min(together, frames - t);
            Search(latents.Slice(t * Latent, count * Latent), codebooks, codes.AsSpan(t * Books, count * Books));
        }

        return codes;
    }

    // Squared distance without the constant part: |e|² - 2 e·r, over the codebook's part of the latent.
    private FrameMatrix Distances(int codebook)
    {
        (int start, int end) = SpeechShape.PartOf(codebook);
        float[] weights = new float[Size * (end - start)], squares = new float[Size];
        for (int k = 0; k < Size; k++)
        {
            ReadOnlySpan<float> vector = _codebooks.Vector(codebook, k)[start..end];
            for (int i = 0; i < vector.Length; i++)
            {
                weights[(k * vector.Length) + i] = -2 * vector[i];
                squares[k] += vector[i] * vector[i];
            }
        }

        return new FrameMatrix(weights, squares);
    }

    private void Search(ReadOnlySpan<float> latents, int codebooks, Span<short> codes)
    {
        int frames = latents.Length / Latent;
        Path[][] paths = new Path[frames][];
        for (int t = 0; t < frames; t++)
        {
            paths[t] = [new Path(0, latents.Slice(t * Latent, Latent).ToArray(), [])];
        }

        for (int q = 0; q < codebooks; q++)
        {
            (int start, int end) = SpeechShape.PartOf(q);
            var left = new FrameMap(end - start, paths.Sum(p => p.Length));
            int column = 0;
            foreach (Path path in paths.SelectMany(p => p))
            {
                for (int i = start; i < end; i++)
                {
                    left.Row(i - start)[column] = path.Left[i];
                }

                column++;
            }

            FrameMap distances = _distances[q].Apply(left);
            column = 0;
            for (int t = 0; t < frames; t++)
            {
                int first = column;
                column += paths[t].Length;
                paths[t] = [.. Best(paths[t], distances, first).Select(c => c.From.Follow(c.Cost, c.Code, _codebooks.Vector(q, c.Code)))];
            }
        }

        for (int t = 0; t < frames; t++)
        {
            paths[t][0].Codes.CopyTo(codes[(t * Books)..]);
        }
    }

    // The cheapest continuations of all paths of a frame, cheapest first; of equals the one found first.
    private List<(float Cost, Path From, short Code)> Best(Path[] paths, FrameMap distances, int firstColumn)
    {
        var best = new List<(float Cost, Path From, short Code)>(_survivors + 1);
        for (int p = 0; p < paths.Length; p++)
        {
            int at = distances.Start(0) + firstColumn + p;
            float worst = best.Count == _survivors ? best[^1].Cost : float.PositiveInfinity;
            for (int k = 0; k < Size; k++, at += distances.Stride)
            {
                float cost = paths[p].Cost + distances.Values[at];
                if (cost >= worst)
                {
                    continue;
                }

                int place = best.Count;
                while (place > 0 && best[place - 1].Cost > cost)
                {
                    place--;
                }

                best.Insert(place, (cost, paths[p], (short)k));
                if (best.Count > _survivors)
                {
                    best.RemoveAt(_survivors);
                }

                worst = best.Count == _survivors ? best[^1].Cost : float.PositiveInfinity;
            }
        }

        return best;
    }

    private sealed record Path(float Cost, float[] Left, short[] Codes)
    {
        internal Path Follow(float cost, short code, ReadOnlySpan<float> vector)
        {
            float[] left = new float[Left.Length];
            for (int i = 0; i < left.Length; i++)
            {
                left[i] = Left[i] - vector[i];
            }

            return new Path(cost, left, [.. Codes, code]);
        }
    }
}
