using Codecs.Formats.Weights;
using Codecs.Models.Codebooks;
using Codecs.Models.LanguageCodec;
using Codecs.Models.LanguageCodec.Indices;
using Codecs.Training.LanguageCodec;

namespace Codecs.Training.Tests.LanguageCodec;

public sealed class IndexTrainingTests
{
    [Fact]
    public void CodesOfASlowLatentBecomeCheap()
    {
        const int frames = 2500, books = SpeechShape.Codebooks;
        var material = new MadeUpCodes(frames, seed: 1);
        short[] codes = Renumber(material, out float[] codebooks), known = codes[..(2000 * books)], unknown = codes[(2000 * books)..];
        var model = new ExactIndexModel(SafetensorsFile.Read(SafetensorsWriter.ToArray(
            IndexTraining.Run(known, codebooks, new IndexTraining.Options { Steps = 40, AdaptiveUnits = 20 }, _ => { }))));
        IndexCoder coder = model.CreateCoder();
        double[] bits = [.. Enumerable.Range(0, IndexShape.Payloads).Select(payload => coder.Cost(unknown, payload) / (unknown.Length / books))];

        // Four elements that keep 95 % of their value in a frame: far less than ten bits an index; the last codebooks hold little that repeats.
        Assert.InRange(bits[0] / SpeechShape.FewestCodebooks, 1, 9.3);
        Assert.InRange(bits.Sum() / books, 1, 9.95);
    }

    private static short[] Renumber(MadeUpCodes material, out float[] codebooks)
    {
        const int size = SpeechShape.CodebookSize, latent = SpeechShape.Latent;
        codebooks = new float[material.Codebooks.Length];
        short[] numbers = new short[SpeechShape.Codebooks * size];
        for (int q = 0; q < SpeechShape.Codebooks; q++)
        {
            int[] order = CodebookOrder.Of(material.Codebooks.AsSpan(q * size * latent, size * latent), latent);
            for (int code = 0; code < size; code++)
            {
                numbers[(q * size) + order[code]] = (short)code;
                material.Codebooks.AsSpan(((q * size) + order[code]) * latent, latent).CopyTo(codebooks.AsSpan(((q * size) + code) * latent));
            }
        }

        return [.. material.Codes.Select((code, i) => numbers[(i % SpeechShape.Codebooks * size) + code])];
    }
}
