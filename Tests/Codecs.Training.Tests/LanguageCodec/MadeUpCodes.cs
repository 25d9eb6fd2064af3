using Codecs.Models.LanguageCodec;

namespace Codecs.Training.Tests.LanguageCodec;

/// <summary>Codebooks of random vectors and the indices of a latent that moves slowly: what the index coder should find out.</summary>
internal sealed class MadeUpCodes
{
    // Elements of each third of the latent that are not zero, and how much of a frame's value stays in the next.
    private const int Active = 4;
    private const double Stays = 0.95;

    /// <param name="frames">Frames of indices.</param>
    /// <param name="seed">Seed of everything.</param>
    internal MadeUpCodes(int frames, int seed)
    {
        const int books = SpeechShape.Codebooks, size = SpeechShape.CodebookSize, latent = SpeechShape.Latent;
        var random = new Random(seed);
        int[] active = [.. Enumerable.Range(0, 3).SelectMany(part => Enumerable.Range(SpeechShape.PartOf(part).Start, Active))];
        Codebooks = new float[books * size * latent];
        Codes = new short[frames * books];
        for (int q = 0; q < books; q++)
        {
            (int start, int end) = SpeechShape.PartOf(q);
            double spread = Math.Pow(0.6, Math.Max(0, q - 2));
            for (int code = 0; code < size; code++)
            {
                foreach (int i in active.Where(i => i >= start && i < end))
                {
                    Codebooks[(((q * size) + code) * latent) + i] = (float)(spread * Gaussian(random));
                }
            }
        }

        double[] value = new double[latent], left = new double[latent];
        for (int t = 0; t < frames; t++)
        {
            foreach (int i in active)
            {
                value[i] = (Stays * value[i]) + (Math.Sqrt(1 - (Stays * Stays)) * Gaussian(random));
            }

            value.CopyTo(left, 0);
            for (int q = 0; q < books; q++)
            {
                (int start, int end) = SpeechShape.PartOf(q);
                int[] seen = [.. active.Where(i => i >= start && i < end)];
                int best = Enumerable.Range(0, size).MinBy(code => seen.Sum(i => Square(left[i] - Codebooks[(((q * size) + code) * latent) + i])));
                Codes[(t * books) + q] = (short)best;
                foreach (int i in seen)
                {
                    left[i] -= Codebooks[(((q * size) + best) * latent) + i];
                }
            }
        }
    }

    /// <summary>[8, 1024, 128].</summary>
    internal float[] Codebooks { get; }

    /// <summary>[frames, 8].</summary>
    internal short[] Codes { get; }

    private static double Square(double x) => x * x;

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
