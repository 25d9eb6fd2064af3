using System.Diagnostics;
using System.Globalization;
using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Models;
using Codecs.Models.NirvanaFaithful;
using Codecs.Video;
using Codecs.Video.NirvanaFaithful;
using TorchSharp;

namespace Codecs.Benchmarks;

/// <summary>Prints, as a Markdown table, what the published NIRVANA makes of a clip with one thread: bytes, PSNR of the decoded frames and seconds, group by group.</summary>
internal static class NirvanaProbe
{
    /// <param name="args">Raw frames (rgb24, one after the other), width, height, quality, effort, and most frames.</param>
    /// <returns>The exit code.</returns>
    internal static int Run(string[] args)
    {
        if (args is not [string path, string w, string h, string q, string e, string n])
        {
            Console.Error.WriteLine("usage: nirvana FILE.rgb WIDTH HEIGHT QUALITY EFFORT FRAMES    (ffmpeg -i CLIP -vf scale=WIDTH:HEIGHT -pix_fmt rgb24 FILE.rgb)");
            return 2;
        }

        NativeBackend.EnsureLoaded();
        torch.set_num_threads(1);
        (int width, int height) = (Number(w), Number(h));
        var options = new ChunkOptions { Quality = double.Parse(q, CultureInfo.InvariantCulture), Effort = Number(e) };
        using var codec = new NirvanaFaithfulCodec(NcfLimits.Default);
        VideoFormat format = codec.Accept(new VideoFormat(width, height, ChromaFormat.Rgb));
        VideoFrame[] frames = [.. Read(path, format, Number(n))];
        using IChunkEncoder encoder = codec.CreateEncoder(format, options);
        using IChunkDecoder decoder = codec.CreateDecoder(format);

        NirvanaShape shape = NirvanaFaithfulRates.Shape(width, height, options.Quality);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{width} x {height}, quality {q}, effort {e}: D {shape.Hidden}, E {shape.Channels}, {shape.LatentCount} integers and {shape.SideCount} other numbers"));
        Console.WriteLine("| group | bytes of integers | bytes of the rest | bits per pixel | PSNR, dB | seconds to encode | to decode |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        int group = 0;
        foreach (VideoFrame[] chunk in frames.Chunk(NirvanaShape.Frames))
        {
            long start = Stopwatch.GetTimestamp();
            EncodedGroup coded = encoder.Encode(chunk, null, CancellationToken.None);
            TimeSpan encode = Stopwatch.GetElapsedTime(start);
            start = Stopwatch.GetTimestamp();
            decoder.Decode(coded.Payloads, chunk.Length, CancellationToken.None);
            TimeSpan decode = Stopwatch.GetElapsedTime(start);
            double bits = 8.0 * coded.Payloads.Sum(p => p.Length) / ((double)width * height * chunk.Length);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {group++} | {coded.Payloads[0].Length} | {coded.Payloads[1].Length} | {bits:F3} | {coded.PsnrDb:F2} | {encode.TotalSeconds:F1} | {decode.TotalSeconds:F3} |"));
        }

        return 0;
    }

    private static IEnumerable<VideoFrame> Read(string path, VideoFormat format, int count)
    {
        byte[] all = File.ReadAllBytes(path);
        int pixels = format.Width * format.Height;
        for (int f = 0; f < Math.Min(count, all.Length / (3 * pixels)); f++)
        {
            byte[] planes = new byte[3 * pixels];
            for (int i = 0; i < planes.Length; i++)
            {
                planes[(i % 3 * pixels) + (i / 3)] = all[(f * 3 * pixels) + i];
            }

            yield return new VideoFrame(format, planes);
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
