using System.Globalization;
using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>Writes videos for watching beside the page that plays them: H.264 in MP4, which browsers know, with no visible loss of its own.</summary>
internal sealed class WatchingSamples(IReadOnlyList<IVideoContender> contenders, VideoMeter meter, string pageFolder)
{
    private const string Folder = "samples";
    private const double Crf = 12;

    private readonly SampleNames _names = new();

    /// <exception cref="MediaException">A video cannot be read or written.</exception>
    public IReadOnlyList<WatchingSheet> Write(
        VideoEvaluationResult result, IReadOnlyList<string> files, IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(pageFolder, Folder));
        VideoContenderResult lead = result.Codecs.FirstOrDefault(c => !c.IsAnchor) ?? result.Codecs[0];
        VideoContenderResult[] order = [lead, .. result.Codecs.Where(c => c != lead)];
        var steps = new StepCounter(progress, (long)files.Count * lead.Points.Count * order.Length);
        return [.. files.Select((file, i) => WriteSheet(file, i, order, steps, cancellation))];
    }

    private WatchingSheet WriteSheet(string file, int index, VideoContenderResult[] order, StepCounter steps, CancellationToken cancellation)
    {
        VideoClip clip = meter.Read(file).Media;
        string stem = Path.GetFileNameWithoutExtension(file);
        string original = WriteClip(clip, clip, index + 1, [stem, "original"], cancellation);
        var written = new Dictionary<(string Codec, double Setting), string>();
        var points = new List<WatchingPoint>();
        foreach (VideoRatePoint at in order[0].Points)
        {
            var samples = new List<WatchingSample>();
            foreach (VideoContenderResult codec in order)
            {
                IVideoContender contender = contenders.First(c => c.Name == codec.Name);
                VideoRatePoint point = codec == order[0] ? at : Nearest(codec, index, at.Clips[index].BitsPerPixel);
                steps.Begin($"{Path.GetFileName(file)} for watching", contender, point.Setting);
                if (!written.TryGetValue((codec.Name, point.Setting), out string? path))
                {
                    VideoClip decoded = meter.Take(contender, point.Setting, clip, cancellation);
                    path = WriteClip(clip, decoded, index + 1, [stem, codec.Name, point.Setting.ToString("0.###", CultureInfo.InvariantCulture)], cancellation);
                    written.Add((codec.Name, point.Setting), path);
                }

                samples.Add(new WatchingSample(codec.Name, codec.SettingName, point.Setting, point.Clips[index], path));
                steps.End();
            }

            points.Add(new WatchingPoint(order[0].SettingName, at.Setting, samples));
        }

        return new WatchingSheet(Path.GetFileName(file), original, points);
    }

    /// <summary>The setting with the rate that differs by the smallest factor.</summary>
    private static VideoRatePoint Nearest(VideoContenderResult codec, int clip, double bitsPerPixel) =>
        codec.Points.MinBy(p => Math.Abs(Math.Log(p.Clips[clip].BitsPerPixel / bitsPerPixel)))!;

    /// <returns>The path relative to the page.</returns>
    private string WriteClip(VideoClip original, VideoClip decoded, int number, IReadOnlyList<string> parts, CancellationToken cancellation)
    {
        string name = _names.Next(number, parts, ".mp4");
        using VideoWriter writer = VideoWriter.Create(
            Path.Combine(pageFolder, Folder, name), original.Format, original.Clock, new VideoWriteOptions { Crf = Crf, FrameRate = original.FrameRate }, cancellation);
        long end = original.Frames[0].Timestamp + (long)Math.Ceiling(VideoEvaluation.SampleSeconds * original.Clock.TicksPerSecond);
        for (int i = 0; i < original.Frames.Count && original.Frames[i].Timestamp < end; i++)
        {
            VideoFrame frame = FrameConversion.To(original.Format, decoded.Frames[i]);
            writer.Write(new VideoFrame(original.Format, frame.Samples, original.Frames[i].Timestamp));
        }

        writer.Complete();
        return $"{Folder}/{name}";
    }
}
