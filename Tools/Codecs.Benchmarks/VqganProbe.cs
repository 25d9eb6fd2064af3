using System.Diagnostics;
using System.Globalization;
using Codecs.Formats.Media;
using Codecs.Formats.Weights;
using Codecs.Models;
using Codecs.Models.Vqgan.Faithful;
using Codecs.Models.Vqgan.Faithful.Networks;

namespace Codecs.Benchmarks;

/// <summary>Prints, as a Markdown table, how long a published VQGAN takes for one picture, how many multiplications a second that is, and the memory it needs.</summary>
/// <remarks>With weights that were never trained, which changes neither. The best of a few runs; each count of threads in a process of its own, because
/// a peak of memory is a process's.</remarks>
internal static class VqganProbe
{
    private const string Stage = "stage", DefaultShape = "taming-f16-16384";
    private const int DefaultWidth = 768, DefaultHeight = 512;
    private static readonly TimeSpan s_timePerLine = TimeSpan.FromSeconds(20);

    /// <param name="args">Width and height, and the name of a published shape; 768 x 512 and f16 with 16,384 codes when left out. The probe starts
    /// itself with a weight file and a number of threads in front.</param>
    /// <returns>The exit code.</returns>
    internal static int Run(string[] args)
    {
        if (args is [Stage, string weights, string threads, string w, string h])
        {
            Measure(weights, Number(threads), Number(w), Number(h));
            return 0;
        }

        (string width, string height, string shape) = args switch
        {
            [] => (Invariant(DefaultWidth), Invariant(DefaultHeight), DefaultShape),
            [string a, string b] => (a, b, DefaultShape),
            [string a, string b, string c] => (a, b, c),
            _ => ("", "", ""),
        };
        if (!FaithfulVqganConfig.Published.ContainsKey(shape))
        {
            Console.Error.WriteLine($"usage: vqgan [WIDTH HEIGHT [{string.Join('|', FaithfulVqganConfig.Published.Keys)}]]");
            return 2;
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("codecs-vqgan-");
        try
        {
            string file = Path.Combine(folder.FullName, "untrained.safetensors");
            Untrained(FaithfulVqganConfig.Published[shape]).Save(file);
            (long encode, long decode) = VqganWork.Count(FaithfulVqganConfig.Published[shape], Number(width), Number(height));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{shape}, {width} x {height}, {encode / 1e9:F0} GMAC encode, {decode / 1e9:F0} GMAC decode, {Environment.ProcessorCount} processors"));
            Console.WriteLine("| threads | encode | rate | decode | rate | peak resident memory |");
            Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: |");
            return Start(file, "1", width, height) is var failed and not 0 ? failed : Start(file, "2", width, height);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Start(params string[] stage)
    {
        using Process process = Process.Start(Environment.ProcessPath!, ["vqgan", Stage, .. stage]);
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void Measure(string file, int threads, int width, int height)
    {
        Image picture = BenchImages.Continued(width, height);
        using FaithfulVqgan codec = FaithfulVqgan.Load(file, threads: threads);
        FaithfulVqganCodes codes = codec.Encode(picture.Pixels.Span, width, height);
        double encode = BestRun.Seconds(() => codec.Encode(picture.Pixels.Span, width, height), s_timePerLine);
        double decode = BestRun.Seconds(() => codec.Decode(codes), s_timePerLine);
        (long encodeWork, long decodeWork) = VqganWork.Count(codec.Config, width, height);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {threads} | {encode:F2} s | {encodeWork / encode / 1e9:F1} GMAC/s | {decode:F2} s | {decodeWork / decode / 1e9:F1} GMAC/s | {process.PeakWorkingSet64 / 1e6:F0} MB |"));
    }

    private static ImportedModel Untrained(FaithfulVqganConfig config)
    {
        Random random = new(1);
        SafetensorsTensor[] tensors = [.. VqganNetwork.Shapes(config).Select(entry =>
        {
            long count = entry.Value.Aggregate(1L, (product, size) => product * size);
            double width = Math.Sqrt(3.0 * entry.Value[0] / count);
            float[] values = new float[count];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = entry.Value.Length > 1 ? (float)(((2 * random.NextDouble()) - 1) * width) : entry.Key.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0;
            }

            return SafetensorsTensor.Create<float>(entry.Key, entry.Value, values);
        })];
        return FaithfulVqganImport.Create(config, tensors, "untrained");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Invariant(int value) => value.ToString(CultureInfo.InvariantCulture);
}
