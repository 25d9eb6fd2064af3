using System.Globalization;
using Codecs.Formats.Weights;
using Codecs.Models.Codebooks;
using Codecs.Models.LanguageCodec;
using Codecs.Models.LanguageCodec.Indices;
using Codecs.Training.Codebooks;

namespace Codecs.Training.LanguageCodec;

/// <summary>Learns how the adaptive part of the index coder starts: contexts from counts, the mixture's weights from coding unit after unit.</summary>
/// <remarks>Half of every eighth unit stands still, as digital silence does: recordings have noise, and would never teach what such files cost.</remarks>
internal static class IndexStart
{
    private const int UnitFrames = 500, StillEvery = 8, OneBits = 16;

    /// <summary>Learns from units spread evenly over the material.</summary>
    /// <param name="predictor">The predictor's tensors.</param>
    /// <param name="codes">Indices [frames, 8].</param>
    /// <param name="units">How many units to look at.</param>
    /// <param name="log">Told the bits per index.</param>
    internal static (short[] Start, int[] Mixer) Learn(List<SafetensorsTensor> predictor, short[] codes, int units, Action<string> log)
    {
        int[] guess = FirstWeights();
        short[] start = Contexts(Model(predictor, new short[SpeechShape.Codebooks * IndexContexts.PerBook], guess), codes, units);
        return (start, Mixture(Model(predictor, start, guess), codes, units, log));
    }

    // All weight on the predictor; on the frame before where everything stands still.
    private static int[] FirstWeights()
    {
        int[] weights = new int[ExactIndexModel.MixerSets * ExactIndexModel.MixerInputs];
        for (int set = 0; set < ExactIndexModel.MixerSets; set++)
        {
            bool still = set % ExactIndexModel.Steadiness == ExactIndexModel.Steadiness - 1;
            weights[(set * ExactIndexModel.MixerInputs) + (still ? IndexContexts.Match : IndexContexts.PerBit)] = 1 << OneBits;
        }

        return weights;
    }

    private static short[] Contexts(ExactIndexModel model, short[] codes, int units)
    {
        int[] zeros = new int[SpeechShape.Codebooks * IndexContexts.PerBook], ones = new int[zeros.Length];
        IndexCoder coder = model.CreateCoder();
        for (int payload = 0; payload < IndexShape.Payloads; payload++)
        {
            int first = IndexShape.BooksOf(payload).First * IndexContexts.PerBook;
            foreach (short[] unit in UnitsOf(codes, units))
            {
                var port = new ContextCensus(zeros, ones, first);
                coder.Run(ref port, unit, payload, IndexShape.BooksOf(payload).End);
            }
        }

        return StartStates.Write(zeros, ones);
    }

    // The mean over the second half of the units of the weights after each.
    private static int[] Mixture(ExactIndexModel model, short[] codes, int units, Action<string> log)
    {
        IndexCoder coder = model.CreateCoder();
        int inputs = coder.Mixer.Weights.Length / SpeechShape.Codebooks;
        int[] result = new int[coder.Mixer.Weights.Length];
        for (int payload = 0; payload < IndexShape.Payloads; payload++)
        {
            (int first, int end) = IndexShape.BooksOf(payload);
            long[] sums = new long[result.Length];
            int done = 0, counted = 0;
            double bits = 0;
            long indices = 0;
            foreach (short[] unit in UnitsOf(codes, units))
            {
                double cost = coder.Cost(unit, payload);
                coder.Mixer.StartFrom(coder.Mixer.Weights.ToArray());
                if (2 * done++ >= units)
                {
                    counted++;
                    bits += cost;
                    indices += unit.Length / SpeechShape.Codebooks * (end - first);
                    for (int i = 0; i < sums.Length; i++)
                    {
                        sums[i] += coder.Mixer.Weights[i];
                    }
                }
            }

            for (int i = first * inputs; i < end * inputs; i++)
            {
                result[i] = (int)(sums[i] / Math.Max(1, counted));
            }

            log(string.Create(CultureInfo.InvariantCulture, $"payload {payload}: {bits / Math.Max(1, indices):F3} bits per index"));
        }

        return result;
    }

    private static ExactIndexModel Model(List<SafetensorsTensor> predictor, short[] start, int[] mixer) =>
        new(SafetensorsFile.Read(SafetensorsWriter.ToArray([.. predictor, .. IndexTensors.Adaptive(start, mixer)])));

    private static IEnumerable<short[]> UnitsOf(short[] codes, int units)
    {
        int frames = codes.Length / SpeechShape.Codebooks, length = Math.Min(UnitFrames, frames);
        for (int u = 0; u < units; u++)
        {
            int first = (int)((long)(frames - length) * u / Math.Max(1, units - 1));
            short[] unit = codes[(first * SpeechShape.Codebooks)..((first + length) * SpeechShape.Codebooks)];
            if (u % StillEvery == StillEvery - 1)
            {
                StandStill(unit);
            }

            yield return unit;
        }
    }

    // The second half of the unit repeats one frame.
    private static void StandStill(Span<short> unit)
    {
        const int books = SpeechShape.Codebooks;
        for (int i = unit.Length / books / 2 * books; i < unit.Length; i++)
        {
            unit[i] = i < books ? unit[i] : unit[i - books];
        }
    }
}
