using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Codecs.EntropyCoding;
using Codecs.Formats.Media;
using Codecs.Formats.Weights;
using Codecs.Models;
using Codecs.Models.Exact;
using Codecs.Models.Walloc;
using ImageMagick;

namespace Codecs.Benchmarks;

/// <summary>Prints, as a Markdown table, how fast WaLLoC encodes pictures and sound on one core, beside JPEG and Opus.</summary>
/// <remarks>The best of several runs, as in <see cref="EntropyProbe"/>. Without trained weights the payload sizes mean nothing.</remarks>
internal static class AnalysisProbe
{
    private const int Rate = WallocRates.MaxRate / 2, SampleRate = 44100, Seconds = 20, JpegQuality = 75, OpusBitRate = 128_000;
    private static readonly TimeSpan s_timePerLine = TimeSpan.FromSeconds(1);

    /// <param name="args">Any of: a picture, a sound file, a weight file of either model (.safetensors).</param>
    /// <returns>The exit code.</returns>
    internal static int Run(string[] args)
    {
        Image picture = BenchImages.Continued(1536, 1024);
        Waveform? sound = null;
        SafetensorsFile image = StandInWalloc.Image(), audio = StandInWalloc.Audio();
        foreach (string file in args)
        {
            if (file.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
            {
                SafetensorsFile weights = SafetensorsFile.Read(file);
                bool isImage = weights["encoder.weight"].Shape[1] == ImageWalloc.Coefficients;
                (image, audio) = isImage ? (weights, audio) : (image, weights);
            }
            else if (AudioFormats.TryFromPath(file, out AudioFormat _))
            {
                sound = AudioFile.Read(file).Waveform;
            }
            else
            {
                picture = ImageFile.Read(file).Image.ToRgb();
            }
        }

        Console.WriteLine("| encoder | what | speed | bytes |");
        Console.WriteLine("| --- | --- | ---: | ---: |");
        Pictures(picture, image);
        Sounds(sound is { ChannelCount: 2 } ? sound : Music(), audio);
        return 0;
    }

    private static void Pictures(Image picture, SafetensorsFile weights)
    {
        int width = picture.Width, height = picture.Height;
        double megapixels = (double)width * height / 1e6;
        var analysis = new WallocImageAnalysis(weights);
        var model = new ExactLatentModel(new IntegerWeights(weights, ModelWeights.EntropyPrefix), ImageWalloc.Latents, ImageWalloc.Neighbours);
        (int rows, int columns) = WallocImageAnalysis.LatentSize(width, height);
        string size = string.Create(CultureInfo.InvariantCulture, $"{width} x {height}");
        Line("walloc-image", $"{size}, packets and matrix", megapixels, "MP/s", () => Bytes(analysis.Transform(picture.Pixels, width, height)));
        Line("walloc-image", $"{size}, analysis", megapixels, "MP/s", () => Bytes(analysis.Analyze(picture.Pixels, width, height, Rate)));
        Line("walloc-image", $"{size}, analysis and entropy coding", megapixels, "MP/s", () => Code(model, analysis.Analyze(picture.Pixels, width, height, Rate), rows, columns));
        ResourceLimits.Thread = 1;
        Line("jpeg (Magick.NET)", $"{size}, quality {JpegQuality}, whole encoder", megapixels, "MP/s", () => ClassicalCodec.Jpeg.Encode(picture, JpegQuality).Length);
    }

    private static void Sounds(Waveform sound, SafetensorsFile weights)
    {
        int samples = (int)sound.SampleCount / AudioWalloc.Stride * AudioWalloc.Stride;
        float[] mid = new float[samples], side = new float[samples];
        Span<float> left = sound.Channel(0), right = sound.Channel(1);
        for (int i = 0; i < samples; i++)
        {
            (mid[i], side[i]) = ((left[i] + right[i]) * MathF.Sqrt(0.5f), (left[i] - right[i]) * MathF.Sqrt(0.5f));
        }

        var analysis = new WallocAudioAnalysis(weights);
        var model = new ExactLatentModel(new IntegerWeights(weights, ModelWeights.EntropyPrefix), AudioWalloc.Latents, AudioWalloc.Neighbours);
        double seconds = sound.Duration.TotalSeconds;
        string what = string.Create(CultureInfo.InvariantCulture, $"stereo {sound.SampleRate} Hz, {seconds:F0} s");
        Line("walloc-audio", $"{what}, packets and matrix", seconds, "x real time", () => Bytes(analysis.Transform(mid, side)));
        Line("walloc-audio", $"{what}, analysis", seconds, "x real time", () => Bytes(Steps(analysis, mid, side)));
        Line("walloc-audio", $"{what}, analysis and entropy coding", seconds, "x real time", () => Code(model, Steps(analysis, mid, side), 1, samples / AudioWalloc.Stride));
        Opus(sound, what, seconds);
    }

    private static void Opus(Waveform sound, string what, double seconds)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("codecs-analysis-");
        try
        {
            string wav = Path.Combine(folder.FullName, "in.wav"), shorter = Path.Combine(folder.FullName, "short.wav"), opus = Path.Combine(folder.FullName, "out.opus");
            AudioFile.Write(wav, sound);
            AudioFile.Write(shorter, sound.Slice(0, SampleRate / 10));
            double startUp = BestRun.Seconds(() => Encode(shorter, opus), s_timePerLine);
            string note = string.Create(CultureInfo.InvariantCulture, $"{what}, {OpusBitRate / 1000} kbit/s, whole process, of which {startUp * 1000:F0} ms start-up");
            Line("opus (ffmpeg)", note, seconds, "x real time", () => Encode(wav, opus));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static long Encode(string wav, string opus)
    {
        string bitRate = OpusBitRate.ToString(CultureInfo.InvariantCulture);
        using Process process = Process.Start("ffmpeg", ["-v", "error", "-nostdin", "-y", "-i", wav, "-threads", "1", "-c:a", "libopus", "-b:a", bitRate, opus]);
        process.WaitForExit();
        return process.ExitCode == 0 ? new FileInfo(opus).Length : throw new InvalidOperationException("ffmpeg could not encode Opus.");
    }

    private static long Code(ExactLatentModel model, float[] steps, int rows, int columns)
    {
        var payload = new ArrayBufferWriter<byte>();
        return LatentCoding.Encode(model, LatentSteps.Round(steps), rows, columns, Rate, [], CheckMode.None, payload);
    }

    private static float[] Steps(WallocAudioAnalysis analysis, float[] mid, float[] side)
    {
        float[] steps = analysis.Transform(mid, side);
        analysis.Steps.Compand(steps, Rate);
        return steps;
    }

    private static long Bytes(float[] latent) => latent.Length * sizeof(float);

    private static void Line(string encoder, string what, double amount, string unit, Func<long> run)
    {
        long bytes = run();
        double best = BestRun.Seconds(() => run(), s_timePerLine);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {encoder} | {what} | {amount / best:F0} {unit} | {bytes} |"));
    }

    // Chords of decaying partials, panned, over a little noise.
    private static Waveform Music()
    {
        float[] left = new float[Seconds * SampleRate], right = new float[left.Length];
        var random = new Random(1);
        for (int note = 0; note < Seconds * 8; note++)
        {
            double step = 2 * Math.PI * 110 * Math.Pow(2, random.Next(36) / 12.0) / SampleRate, pan = random.NextDouble();
            int start = note * SampleRate / 8;
            for (int i = 0; i < SampleRate && start + i < left.Length; i++)
            {
                double v = 0.1 * Math.Exp(-4.0 * i / SampleRate) * (Math.Sin(step * i) + (0.5 * Math.Sin(2 * step * i)) + (0.25 * Math.Sin(5 * step * i)));
                left[start + i] += (float)(v * pan);
                right[start + i] += (float)(v * (1 - pan));
            }
        }

        for (int i = 0; i < left.Length; i++)
        {
            left[i] += (float)(random.NextDouble() - 0.5) * 0.005f;
            right[i] += (float)(random.NextDouble() - 0.5) * 0.005f;
        }

        return new Waveform(SampleRate, left, right);
    }
}
