using System.Diagnostics;
using System.Globalization;
using Codecs.Formats.Media;
using Codecs.Formats.Tests.Audio;

namespace Codecs.Formats.Tests.Video;

/// <summary>Small clips that ffmpeg makes, and what ffmpeg itself says about files: the tests' second opinion.</summary>
internal static class TestVideos
{
    /// <summary>A moving test picture; H.264 without loss unless the arguments say otherwise.</summary>
    public static string Make(TempFolder folder, string name, string source = "testsrc2=s=64x48:r=25:d=0.4", params string[] arguments)
    {
        string[] encoder = arguments.Length > 0 ? arguments : ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-qp", "0"];
        Run("ffmpeg", ["-v", "error", "-y", "-f", "lavfi", "-i", source, .. encoder, folder.At(name)]);
        return folder.At(name);
    }

    /// <summary>Frames 0, 1, 3, 6, 7, 9... of 30 per second, at their times.</summary>
    public static string MakeVariable(TempFolder folder, string name) => Make(
        folder, name, "testsrc2=s=64x48:r=30:d=1", "-vf", "select='not(mod(n,3))+not(mod(n,7))'", "-fps_mode", "vfr", "-c:v", "libx264", "-pix_fmt", "yuv420p",
        "-qp", "0");

    /// <summary>What a program prints.</summary>
    public static byte[] Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output.ToArray();
    }

    /// <summary>The bytes of all frames as ffmpeg decodes them.</summary>
    public static byte[] Raw(string path, params string[] arguments) =>
        Run("ffmpeg", ["-v", "error", "-noautorotate", "-i", path, "-map", "0:v:0", .. arguments, "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"]);

    /// <summary>An entry that ffprobe prints, one line for each stream or packet; of all streams when null.</summary>
    public static string[] Probe(string path, string? streams, string entries)
    {
        string[] selection = streams is null ? [] : ["-select_streams", streams];
        byte[] text = Run("ffprobe", ["-v", "error", .. selection, "-show_entries", entries, "-of", "csv=p=0", path]);
        return [.. System.Text.Encoding.ASCII.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd(','))];
    }

    /// <summary>When frames are shown, in seconds, ascending.</summary>
    public static double[] Times(string path, string streams = "v:0") =>
        [.. Probe(path, streams, "packet=pts_time").Select(text => double.Parse(text, CultureInfo.InvariantCulture)).Order()];

    /// <summary>Every frame.</summary>
    public static List<VideoFrame> ReadAll(VideoReader reader)
    {
        List<VideoFrame> frames = [];
        while (reader.Read() is { } frame)
        {
            frames.Add(frame);
        }

        Assert.Null(reader.Read());
        return frames;
    }

    /// <summary>Every frame of a file that is without fault.</summary>
    public static (VideoInfo Info, List<VideoFrame> Frames) ReadAll(string path, VideoReadOptions? options = null)
    {
        using VideoReader reader = VideoReader.Open(path, options, TestContext.Current.CancellationToken);
        List<VideoFrame> frames = ReadAll(reader);
        Assert.Empty(reader.Warnings);
        return (reader.Info, frames);
    }

    /// <summary>Writes frames to a file.</summary>
    public static IReadOnlyList<string> WriteAll(string path, IReadOnlyList<VideoFrame> frames, FrameClock clock, VideoWriteOptions? options = null)
    {
        using VideoWriter writer = VideoWriter.Create(path, frames[0].Format, clock, options, TestContext.Current.CancellationToken);
        foreach (VideoFrame frame in frames)
        {
            writer.Write(frame);
        }

        writer.Complete();
        return writer.Warnings;
    }

    /// <summary>Frames of smooth waves that use all codes of the format, some noise among them.</summary>
    public static List<VideoFrame> Synthetic(VideoFormat format, int count, Func<int, long>? timestamp = null)
    {
        List<VideoFrame> frames = [];
        var random = new Random(7);
        int max = (1 << format.BitDepth) - 1;
        for (int f = 0; f < count; f++)
        {
            var frame = new VideoFrame(format, new byte[format.FrameBytes], timestamp?.Invoke(f) ?? f);
            for (int p = 0; p < format.PlaneCount; p++)
            {
                ushort[] plane = new ushort[format.PlaneWidth(p) * format.PlaneHeight(p)];
                for (int i = 0; i < plane.Length; i++)
                {
                    double wave = Math.Sin((i % format.PlaneWidth(p) * 0.11) + (f * 0.4) + p) + Math.Cos(i / format.PlaneWidth(p) * 0.07);
                    plane[i] = (ushort)Math.Clamp((int)((0.5 + (0.26 * wave)) * max) + random.Next(-2, 3), 0, max);
                }

                frame.Write(p, plane);
            }

            frames.Add(frame);
        }

        return frames;
    }

    /// <summary>A frame of colours that exist: ffmpeg's scaler wraps around far outside of them.</summary>
    public static VideoFrame Colourful(VideoFormat format, long timestamp = 0)
    {
        byte[] rgb = new byte[3 * format.Width * format.Height];
        var random = new Random(3);
        for (int i = 0; i < rgb.Length; i++)
        {
            (int x, int y, int c) = (i / 3 % format.Width, i / 3 / format.Width, i % 3);
            rgb[i] = (byte)(128 + (115 * Math.Sin((x * (0.1 + (0.05 * c))) + (y * 0.13) + c)) + random.Next(-3, 4));
        }

        return VideoColor.FromRgb(rgb, format, timestamp);
    }
}
