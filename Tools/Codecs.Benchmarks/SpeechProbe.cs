using System.Buffers;
using System.Globalization;
using Codecs.Audio;
using Codecs.EntropyCoding;
using Codecs.Formats.Media;
using Codecs.Formats.Weights;
using Codecs.Models;
using Codecs.Models.LanguageCodec;
using Codecs.Models.LanguageCodec.Indices;
using Codecs.Models.LanguageCodec.Plain;

namespace Codecs.Benchmarks;

/// <summary>Prints, as a Markdown table, how fast language-codec encodes and decodes speech on one thread, part by part, beside Opus.</summary>
/// <remarks>All of it is plain code on one thread. The peer is a process of its own, whose start-up is printed too.</remarks>
internal static class SpeechProbe
{
    private const string Model = "language-codec";
    private const int Seconds = 10, Books = SpeechShape.Codebooks, OpusBitRate = 6000;
    private static readonly TimeSpan s_timePerLine = TimeSpan.FromSeconds(2);

    /// <param name="args">A sound file, of which the first channel is taken; or seconds of made-up sound; or nothing.</param>
    /// <returns>The exit code.</returns>
    internal static int Run(string[] args)
    {
        if (args.Length > 1)
        {
            Console.Error.WriteLine("usage: speech [FILE|SECONDS]");
            return 2;
        }

        Waveform sound = args switch
        {
            [] => Voice(Seconds),
            [string text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds > 0 => Voice(seconds),
            _ => FirstChannel(AudioFile.Read(args[0]).Waveform),
        };
        Print($"{sound.Duration.TotalSeconds:F1} s at {SpeechShape.SampleRate} Hz, {Books} codebooks, one thread");
        double encode = Opus(sound, out double decode);
        Print($"| part | times real time | time / Opus's |");
        Print($"| --- | ---: | ---: |");
        Print($"| opus (ffmpeg), encode | {sound.Duration.TotalSeconds / encode:F1} | 1 |");
        Print($"| opus (ffmpeg), decode | {sound.Duration.TotalSeconds / decode:F1} | 1 |");
        Parts(sound, encode, decode);
        Whole(sound, encode, decode);
        return 0;
    }

    private static void Parts(Waveform sound, double opusEncode, double opusDecode)
    {
        SafetensorsFile file = SafetensorsFile.Read(ModelZoo.Find(Model));
        double seconds = sound.Duration.TotalSeconds;
        var codebooks = new SpeechCodebooks(file);
        var analysis = new SpeechAnalysis(file);
        int frames = (int)sound.SampleCount / SpeechShape.Hop;
        float[] samples = new float[(frames * SpeechShape.Hop) + (2 * SpeechShape.Lead)];
        sound.Channel(0)[..(frames * SpeechShape.Hop)].CopyTo(samples.AsSpan(SpeechShape.Lead));
        FrameMap map = analysis.Transform(samples);
        float[] latents = map.ToFrames(0, frames);
        Line("analysis", seconds, opusEncode, () => analysis.Transform(samples));
        foreach (int survivors in (int[])[1, 4])
        {
            var quantizer = new SpeechQuantizer(codebooks, survivors);
            Line($"quantiser, {survivors} survivor{(survivors > 1 ? "s" : "")}", seconds, opusEncode, () => quantizer.Quantize(latents, Books));
        }

        short[] codes = new SpeechQuantizer(codebooks).Quantize(latents, Books);
        IndexCoder coder = SpeechWeights.FromFile(file).CreateIndexModel().CreateCoder();
        var payloads = new ReadOnlyMemory<byte>[IndexShape.Payloads];
        Line("index coding", seconds, opusEncode, () => Code(coder, codes, payloads));
        Line("index decoding", seconds, opusDecode, () => Decode(coder, payloads, new short[codes.Length]));
        var synthesis = new SpeechSynthesis(file, codebooks);
        Line("synthesis", seconds, opusDecode, () => synthesis.Synthesize(codes, Books, 0, new float[frames * SpeechShape.Hop]));
    }

    private static void Whole(Waveform sound, double opusEncode, double opusDecode)
    {
        using var codec = AudioCodec.Open(Model);
        var options = new AudioEncoderOptions { Codebooks = Books };
        byte[] file = codec.Encode(sound, options);
        double seconds = sound.Duration.TotalSeconds;
        Line("whole encoder", seconds, opusEncode, () => codec.Encode(sound, options));
        Line("whole decoder", seconds, opusDecode, () => codec.Decode(file));
        Print($"{file.Length} bytes, {file.Length * 8 / seconds / 1000:F2} kbit/s");
    }

    // At its own rate, so that resampling does not count.
    private static double Opus(Waveform sound, out double decode)
    {
        ClassicalSpeechCodec opus = ClassicalSpeechCodec.Opus;
        Waveform converted = Resampler.Convert(sound, opus.SampleRate);
        Waveform shorter = converted.Slice(0, Math.Min(converted.SampleCount, opus.SampleRate / 10));
        byte[] file = opus.Encode(converted, OpusBitRate), shortFile = opus.Encode(shorter, OpusBitRate);
        double encodeStart = BestRun.Seconds(() => opus.Encode(shorter, OpusBitRate), s_timePerLine), decodeStart = BestRun.Seconds(() => opus.Decode(shortFile), s_timePerLine);
        Print($"opus at {OpusBitRate / 1000} kbit/s: {file.Length} bytes; of its times {encodeStart * 1000:F0} ms (encode) and {decodeStart * 1000:F0} ms (decode) are start-up");
        decode = BestRun.Seconds(() => opus.Decode(file), s_timePerLine);
        return BestRun.Seconds(() => opus.Encode(converted, OpusBitRate), s_timePerLine);
    }

    // As the codec does it, in one unit whatever the length.
    private static void Code(IndexCoder coder, short[] codes, ReadOnlyMemory<byte>[] payloads)
    {
        for (int p = 0; p < payloads.Length; p++)
        {
            var payload = new ArrayBufferWriter<byte>();
            var encoder = new RangeEncoder(payload);
            coder.Encode(encoder, codes, p);
            encoder.Finish(CheckMode.Check31);
            payloads[p] = payload.WrittenMemory;
        }
    }

    private static void Decode(IndexCoder coder, ReadOnlyMemory<byte>[] payloads, short[] codes)
    {
        for (int p = 0; p < payloads.Length; p++)
        {
            var decoder = new RangeDecoder(payloads[p], CheckMode.Check31);
            coder.Decode(decoder, codes, p);
            decoder.Finish().ThrowIfFailed("speech unit");
        }
    }

    private static void Line(string part, double seconds, double opusSeconds, Action run)
    {
        run();
        double best = BestRun.Seconds(run, s_timePerLine);
        Print($"| {part} | {seconds / best:F1} | {best / opusSeconds:F2} |");
    }

    private static Waveform FirstChannel(Waveform sound) =>
        Resampler.Convert(new Waveform(sound.SampleRate, sound.Channel(0).ToArray()), SpeechShape.SampleRate);

    // Syllables: harmonics of a gliding pitch under two resonances that move, then a hiss, then a pause.
    private static Waveform Voice(int seconds)
    {
        const int rate = SpeechShape.SampleRate;
        float[] samples = new float[seconds * rate];
        var random = new Random(1);
        double phase = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            double t = (double)i / rate, syllable = t % 0.25 / 0.25, pitch = 110 + (30 * Math.Sin(2 * Math.PI * 0.4 * t));
            double first = 500 + (250 * Math.Sin(2 * Math.PI * 1.3 * t)), second = 1500 + (600 * Math.Sin(2 * Math.PI * 0.9 * t));
            phase += 2 * Math.PI * pitch / rate;
            double voiced = 0;
            for (int h = 1; h * pitch < 4000; h++)
            {
                voiced += Math.Sin(h * phase) / (1 + Math.Pow(((h * pitch) - first) / 120, 2));
                voiced += 0.5 * Math.Sin(h * phase) / (1 + Math.Pow(((h * pitch) - second) / 180, 2));
            }

            double swell = syllable < 0.7 ? Math.Sin(Math.PI * syllable / 0.7) : 0, hiss = syllable is > 0.65 and < 0.85 ? random.NextDouble() - 0.5 : 0;
            samples[i] = (float)((0.2 * swell * voiced) + (0.15 * hiss));
        }

        return new Waveform(rate, samples);
    }

    private static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
