using System.Globalization;

namespace Codecs.Formats.Media;

/// <summary>A conventional video codec as ffmpeg has it: what neural video codecs are compared with.</summary>
/// <remarks>Only frames are stored, no sound and no container beyond what the bitstream needs, so that sizes can be compared.</remarks>
public sealed class ClassicalVideoCodec
{
    private readonly string _container;
    private readonly string _encoder;
    private readonly double _maxCrf;
    private readonly Lazy<bool> _available;

    private ClassicalVideoCodec(
        string name, string description, string encoder, string container, double maxCrf, double[] ladder, string[] presets, string defaultPreset)
    {
        (Name, Description, Ladder, Presets, DefaultPreset) = (name, description, ladder, presets, defaultPreset);
        (_encoder, _container, _maxCrf) = (encoder, container, maxCrf);
        _available = new Lazy<bool>(Probe);
    }

    private static string[] X26xPresets { get; } =
        ["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow"];

    /// <summary>H.264 by x264, as a byte stream (Annex B); setting: constant rate factor 0..51, larger is a smaller file.</summary>
    public static ClassicalVideoCodec X264 { get; } = new(
        "x264", "H.264 (libx264), constant rate factor", "libx264", "h264", 51, [45, 40, 36, 32, 28, 24, 20, 16], X26xPresets, "medium");

    /// <summary>H.265 by x265, as a byte stream (Annex B); setting: constant rate factor 0..51, larger is a smaller file.</summary>
    public static ClassicalVideoCodec X265 { get; } = new(
        "x265", "H.265 (libx265), constant rate factor", "libx265", "hevc", 51, [45, 40, 36, 32, 28, 24, 20, 16], X26xPresets, "medium");

    /// <summary>AV1 by SVT-AV1, in IVF (32 bytes and 12 for each frame more than the bitstream), 4:2:0 only; setting: constant rate factor 1..63.</summary>
    public static ClassicalVideoCodec SvtAv1 { get; } = new(
        "svt-av1", "AV1 (SVT-AV1), constant rate factor", "libsvtav1", "ivf", 63, [60, 55, 50, 44, 38, 32, 26, 20],
        ["12", "11", "10", "9", "8", "7", "6", "5", "4", "3", "2"], "6");

    /// <summary>Every codec.</summary>
    public static IReadOnlyList<ClassicalVideoCodec> All { get; } = [X264, X265, SvtAv1];

    /// <summary>Stable lower-case name for command lines and result files.</summary>
    public string Name { get; }

    /// <summary>Codec and fixed settings, for legends and tables.</summary>
    public string Description { get; }

    /// <summary>The settings of a rate curve, from the smallest file to the largest.</summary>
    public IReadOnlyList<double> Ladder { get; }

    /// <summary>Presets, fastest first.</summary>
    public IReadOnlyList<string> Presets { get; }

    /// <summary>The preset of a usual comparison.</summary>
    public string DefaultPreset { get; }

    /// <summary>True when this machine's ffmpeg can encode and decode it; found out by doing it once with a tiny frame.</summary>
    public bool IsAvailable => _available.Value;

    /// <summary>Finds a codec by name, or returns null.</summary>
    /// <param name="name">The name, such as "x264" or "svt-av1".</param>
    public static ClassicalVideoCodec? Find(string name) => All.FirstOrDefault(codec => codec.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Encodes frames.</summary>
    /// <param name="frames">The frames; they are taken as equally far apart.</param>
    /// <param name="format">What they are; not RGB.</param>
    /// <param name="frameRate">Frames per second, by which encoders weigh them.</param>
    /// <param name="crf">The setting, usually an entry of <see cref="Ladder"/>.</param>
    /// <param name="preset">An entry of <see cref="Presets"/>; the default when null.</param>
    /// <param name="cancellation">Ends the encoder.</param>
    /// <returns>The bitstream.</returns>
    /// <exception cref="ArgumentException">The setting or the preset is none of this codec's, or the frames are RGB.</exception>
    /// <exception cref="MediaException">The codec cannot hold such frames, or ffmpeg is missing or has no such encoder.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public byte[] Encode(
        IEnumerable<VideoFrame> frames, VideoFormat format, FrameClock frameRate, double crf, string? preset = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(format);
        if (!(crf >= 0 && crf <= _maxCrf) || !Presets.Contains(preset ?? DefaultPreset) || format.Chroma == ChromaFormat.Rgb)
        {
            throw new ArgumentException($"{Name} takes a rate factor of 0 to {_maxCrf}, the presets {string.Join(", ", Presets)}, and YUV or grey frames.");
        }

        string[] encoder = ["-c:v", _encoder, "-preset", preset ?? DefaultPreset, "-crf", crf.ToString("0.###", CultureInfo.InvariantCulture), .. Plain()];
        using FfmpegProcess process = FfmpegProcess.Start(FfmpegLocation.Ffmpeg, EncodeArguments.EncodeBare(format, encoder, _container));
        using CancellationTokenRegistration killer = cancellation.UnsafeRegister(static started => ((FfmpegProcess)started!).Kill(), process);
        using var output = new MemoryStream();
        StreamPump drain = StreamPump.Drain(process.Output, output, null, process.Kill);
        try
        {
            var writer = new NutWriter(process.Input, PixelFormats.FourCc(format.Chroma, format.BitDepth), format, frameRate, frameRate);
            long index = 0;
            foreach (VideoFrame frame in frames)
            {
                writer.BeginFrame(index++, frame.Samples.Length);
                process.Input.Write(frame.Samples);
            }
        }
        catch (Exception error) when (StreamPump.IsBroken(error))
        {
            // The process has ended before its input did, and says why.
        }

        StreamPump.Close(process.Input);
        drain.Join();
        cancellation.ThrowIfCancellationRequested();
        process.WaitForSuccess($"({Name})");
        return output.ToArray();
    }

    /// <summary>Decodes what <see cref="Encode"/> made, frame by frame.</summary>
    /// <param name="data">The bitstream.</param>
    /// <param name="format">The format that was encoded.</param>
    /// <param name="cancellation">Ends the decoder.</param>
    /// <returns>The frames with timestamps 0, 1, 2 and so on.</returns>
    /// <exception cref="MediaException">The bytes are no such bitstream, or ffmpeg is missing or has no such decoder.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IEnumerable<VideoFrame> Decode(ReadOnlyMemory<byte> data, VideoFormat format, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(format);
        return DecodeFrames(data, format, cancellation);
    }

    private IEnumerable<VideoFrame> DecodeFrames(ReadOnlyMemory<byte> data, VideoFormat format, CancellationToken cancellation)
    {
        using FfmpegProcess process = FfmpegProcess.Start(FfmpegLocation.Ffmpeg, EncodeArguments.DecodeBare(format, _container));
        using CancellationTokenRegistration killer = cancellation.UnsafeRegister(static started => ((FfmpegProcess)started!).Kill(), process);
        _ = StreamPump.Feed(data, null, process.Input);
        for (long index = 0; ; index++)
        {
            byte[] samples = new byte[format.FrameBytes];
            if (process.Output.ReadAtLeast(samples, samples.Length, throwOnEndOfStream: false) < samples.Length)
            {
                cancellation.ThrowIfCancellationRequested();
                process.WaitForSuccess($"({Name})");
                yield break;
            }

            yield return new VideoFrame(format, samples, index);
        }
    }

    /// <summary>x264 and x265 put a text about themselves into the stream, up to 2.5 KB, which no decoder needs; x265 also prints one.</summary>
    private string[] Plain() => _encoder switch
    {
        "libx264" => ["-bsf:v", "filter_units=remove_types=6"],
        "libx265" => ["-x265-params", "log-level=error:info=0"],
        _ => [],
    };

    private bool Probe()
    {
        try
        {
            var format = new VideoFormat(64, 64, ChromaFormat.Yuv420);
            byte[] data = Encode([new VideoFrame(format, new byte[format.FrameBytes])], format, new FrameClock(25, 1), Ladder[0], Presets[0]);
            return Decode(data, format).Count() == 1;
        }
        catch (CodecException)
        {
            return false;
        }
    }
}
