using System.Globalization;
using System.Text;
using Codecs.Formats.Media;

namespace Codecs.Evaluation.Tests;

/// <summary>A video codec whose files have a known size and whose decoder is wrong by a known number of levels in every sample of luma.</summary>
internal sealed class FakeVideoContender(string name, bool isAnchor, params FakeContender.Step[] steps) : IVideoContender
{
    private VideoClip? _last;

    public string Name => name;

    public string Description => "made up";

    public string SettingName => "quality";

    public IReadOnlyList<double> Ladder { get; } = [.. steps.Select(s => s.Setting)];

    public bool IsAnchor => isAnchor;

    public string? CacheKey { get; init; }

    /// <summary>Frames of the clips that were encoded.</summary>
    public List<int> Encoded { get; } = [];

    /// <summary>Frames that the decoder forgets.</summary>
    public int Lost { get; init; }

    /// <summary>True gives RGB back.</summary>
    public bool Rgb { get; init; }

    public byte[] Encode(VideoClip media, double setting, CancellationToken cancellation)
    {
        Encoded.Add(media.Frames.Count);
        _last = media;
        FakeContender.Step step = steps.First(s => s.Setting == setting);
        byte[] file = new byte[(int)Math.Round(step.BitsPerPixel * media.PixelCount / 8)];
        Encoding.UTF8.GetBytes(step.Error.ToString(CultureInfo.InvariantCulture)).CopyTo(file, 0);
        return file;
    }

    public VideoClip Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation)
    {
        int error = int.Parse(Encoding.UTF8.GetString(file.Span).TrimEnd('\0'), CultureInfo.InvariantCulture);
        VideoFrame[] frames = [.. _last!.Frames.SkipLast(Lost).Select((frame, i) => new VideoFrame(frame.Format, Wrong(frame, error), i))];
        VideoFormat format = Rgb ? _last.Format with { Chroma = ChromaFormat.Rgb, Matrix = 0, FullRange = true } : _last.Format;
        return new VideoClip(format, _last.FrameRate, _last.FrameRate, Rgb ? [.. frames.Select(f => FrameConversion.To(format, f))] : frames);
    }

    private static byte[] Wrong(VideoFrame frame, int error)
    {
        byte[] samples = [.. frame.Samples];
        foreach (ref byte sample in samples.AsSpan(0, frame.Format.Width * frame.Format.Height))
        {
            sample = (byte)(sample < 128 ? sample + error : sample - error);
        }

        return samples;
    }
}
