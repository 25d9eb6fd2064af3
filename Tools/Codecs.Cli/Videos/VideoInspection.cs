using System.Text;
using Codecs.Cli.Output;
using Codecs.Formats.Container;
using Codecs.Video;

namespace Codecs.Cli.Videos;

/// <summary>What an .ncf file with video holds: read without decoding, and with its weights parsed for what its bytes are for.</summary>
internal static class VideoInspection
{
    /// <summary>The report of a file.</summary>
    /// <param name="open">A fresh stream over the file.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="codec">Its codec; null when the weights are not here.</param>
    /// <param name="cancellation">Stops between groups.</param>
    internal static VideoReport Describe(Func<Stream> open, long length, VideoCodec? codec, CancellationToken cancellation)
    {
        using Stream input = open();
        var summary = VideoSummary.Read(input, NcfLimits.Default);
        return new VideoReport
        {
            Frames = summary.Frames,
            FramesPerSecond = summary.FramesPerSecond > 0 ? Math.Round(summary.FramesPerSecond, 4) : null,
            VariableRate = !summary.IsConstantRate,
            Duration = Math.Round(summary.DurationSeconds, 3),
            KilobitsPerSecond = summary.DurationSeconds > 0 ? Math.Round(length / summary.DurationSeconds / 125, 3) : null,
            PixelFormat = VideoWords.PixelFormat(summary.Format),
            Colour = VideoWords.Colour(summary.Format),
            PixelAspect = VideoWords.PixelAspect(summary.Format),
            Groups = summary.Groups.Count,
            KeyGroups = summary.Keys,
            Sound = VideoWords.Sound(summary.Header),
            Parts = Parts(summary, open, length, codec, cancellation),
        };
    }

    /// <summary>The lines of <c>info</c>.</summary>
    internal static string Text(string name, FileReport report)
    {
        VideoReport video = report.Video!;
        NcfReport ncf = report.Ncf!;
        var text = new StringBuilder().AppendLine(name);
        void Row(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                text.Append("  ").Append(key.PadRight(12)).AppendLine(value);
            }
        }

        Row("kind", $"{ncf.Kind}, {ncf.Units} units in {ncf.Segments} segments");
        Row("video", $"{report.Width} x {report.Height}, {video.PixelFormat} bits, {video.Frames} frames, {Units.Number(video.FramesPerSecond ?? 0, "0.###")} a second{(video.VariableRate == true ? " on average" : "")}");
        Row("length", $"{Units.Seconds(video.Duration ?? 0)}, {Units.Number(video.KilobitsPerSecond ?? 0, "0.0")} kbit/s, {Units.Number(report.BitsPerPixel ?? 0, "0.0000")} bpp");
        Row("colour", $"{video.Colour} range{(video.PixelAspect is null ? "" : $", pixels {video.PixelAspect}")}{(ncf.Orientation is > 1 ? $", orientation {ncf.Orientation}" : "")}");
        Row("groups", $"{video.Groups}, {video.KeyGroups} of them key groups");
        Row("sound", video.Sound ?? "none");
        Row("size", $"{report.InputBytes} bytes");
        Row("bytes", string.Join(", ", video.Parts!.Select(p => $"{p.Key} {p.Value}")));
        Row("model", ncf.Model.Name);
        Row("entropy", ncf.Model.EntropyFingerprint);
        Row("synthesis", ncf.Model.SynthesisFingerprint);
        Row("installed", ncf.Model.InstalledAs ?? "no: these weights are not here");
        Row("decodes", ncf.Model.Determinism);
        Row("metadata", ncf.Metadata.Count > 0 ? string.Join(", ", ncf.Metadata) : "none");
        Row("sha-256", ncf.Digest);
        return text.ToString().TrimEnd();
    }

    // Without the weights, and in damaged files, what the container knows.
    private static Dictionary<string, long> Parts(VideoSummary summary, Func<Stream> open, long length, VideoCodec? codec, CancellationToken cancellation)
    {
        var parts = new Dictionary<string, long>();
        long pictures = summary.Groups.Sum(g => g.Bytes);
        if (codec is not null && summary.IsComplete)
        {
            using Stream input = open();
            foreach ((string part, int bytes) in codec.ReadGroups(input, cancellation).SelectMany(g => g.Parts!))
            {
                parts[part] = parts.GetValueOrDefault(part) + bytes;
            }
        }
        else
        {
            parts["pictures"] = pictures;
        }

        if (summary.SideBytes > 0)
        {
            parts["sound"] = summary.SideBytes;
        }

        parts["container"] = length - parts.Values.Sum();
        return parts;
    }
}
