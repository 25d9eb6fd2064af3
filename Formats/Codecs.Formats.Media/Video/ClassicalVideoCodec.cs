namespace Codecs.Formats.Media;

/// <summary>A conventional video codec as ffmpeg has it: what neural video codecs are compared with.</summary>
public sealed class ClassicalVideoCodec
{
    /// <summary>H.264 by x264; setting: constant rate factor 0..51.</summary>
    public static ClassicalVideoCodec X264 { get; } = new();

    /// <summary>H.265 by x265; setting: constant rate factor 0..51.</summary>
    public static ClassicalVideoCodec X265 { get; } = new();

    /// <summary>AV1 by SVT-AV1; setting: constant rate factor 0..63.</summary>
    public static ClassicalVideoCodec SvtAv1 { get; } = new();

    /// <summary>Every codec.</summary>
    public static IReadOnlyList<ClassicalVideoCodec> All { get; } = [X264, X265, SvtAv1];

    /// <summary>Stable lower-case name for command lines and result files.</summary>
    public string Name { get; } = string.Empty;

    /// <summary>Codec and fixed settings, for legends and tables.</summary>
    public string Description { get; } = string.Empty;

    /// <summary>The settings of a rate curve, from the smallest file to the largest.</summary>
    public IReadOnlyList<double> Ladder { get; } = [];

    /// <summary>Presets, fastest first.</summary>
    public IReadOnlyList<string> Presets { get; } = [];

    /// <summary>The preset of a usual comparison.</summary>
    public string DefaultPreset { get; } = string.Empty;

    /// <summary>True when this machine's ffmpeg can encode and decode it.</summary>
    public bool IsAvailable => throw new NotImplementedException();

    /// <summary>Finds a codec by name, or returns null.</summary>
    public static ClassicalVideoCodec? Find(string name) => throw new NotImplementedException();

    /// <summary>Encodes frames to a raw bitstream without sound.</summary>
    public byte[] Encode(IEnumerable<VideoFrame> frames, VideoFormat format, FrameClock frameRate, double crf, string? preset = null, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Decodes what <see cref="Encode"/> made.</summary>
    public IEnumerable<VideoFrame> Decode(ReadOnlyMemory<byte> data, VideoFormat format, CancellationToken cancellation = default) => throw new NotImplementedException();
}
