using System.Diagnostics;
using System.Globalization;
using Codecs.Formats.Media;
using Codecs.Images;

namespace Codecs.Benchmarks;

/// <summary>Encodes and decodes one large picture, each in a process of its own, and prints seconds and peak resident memory.</summary>
internal static class MemoryProbe
{
    private const double Quality = 40;
    private const string EncodeStage = "encode", DecodeStage = "decode";

    /// <param name="args">Width and height; 6000 and 4000 when left out. The probe starts itself with a stage in front.</param>
    /// <returns>The exit code.</returns>
    internal static int Run(string[] args)
    {
        switch (args)
        {
            case [EncodeStage, string file, string width, string height]:
                Encode(file, Number(width), Number(height));
                return 0;
            case [DecodeStage, string file]:
                Decode(file);
                return 0;
            case [] or [_, _]:
                return RunStages(args is [string w, string h] ? (Number(w), Number(h)) : (6000, 4000));
            default:
                Console.Error.WriteLine("usage: memory [WIDTH HEIGHT]");
                return 2;
        }
    }

    private static int RunStages((int Width, int Height) size)
    {
        Print($"{size.Width} x {size.Height}, {size.Width * (long)size.Height / 1e6:F1} megapixels, quality {Quality}, {Environment.ProcessorCount} processors");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("codecs-memory-");
        try
        {
            string file = Path.Combine(folder.FullName, "large.ncf");
            int encode = Start(EncodeStage, file, Invariant(size.Width), Invariant(size.Height));
            return encode != 0 ? encode : Start(DecodeStage, file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Start(params string[] stage)
    {
        using Process process = Process.Start(Environment.ProcessPath!, ["memory", .. stage]);
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void Encode(string file, int width, int height)
    {
        Image image = BenchImages.Continued(width, height);
        using var codec = ImageCodec.Open("mlicv2");
        var clock = Stopwatch.StartNew();
        byte[] coded = codec.Encode(image, new ImageEncoderOptions { Quality = Quality });
        Report(EncodeStage, clock, coded.Length, image);
        File.WriteAllBytes(file, coded);
    }

    private static void Decode(string file)
    {
        byte[] coded = File.ReadAllBytes(file);
        using var codec = ImageCodec.Open("mlicv2");
        var clock = Stopwatch.StartNew();
        Image image = codec.Decode(coded);
        Report(DecodeStage, clock, coded.Length, image);
    }

    private static void Report(string stage, Stopwatch clock, int bytes, Image image)
    {
        double seconds = clock.Elapsed.TotalSeconds;
        using var process = Process.GetCurrentProcess(); // on Linux its peak is VmHWM of /proc/self/status
        Print($"{stage}  {seconds,6:F1} s  peak resident memory {process.PeakWorkingSet64 / 1e6,5:F0} MB  {bytes} bytes, {bytes * 8.0 / image.PixelCount:F3} bpp");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Invariant(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
