using System.Globalization;
using System.Security.Cryptography;
using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>A conventional video codec as ffmpeg has it, at one preset; setting: constant rate factor. The bare bitstream is what counts.</summary>
public sealed class ClassicalVideoContender : IVideoContender
{
    private const char PresetMark = ':';
    private const int ProbeSide = 64, ProbeFrames = 3;

    private readonly ClassicalVideoCodec _codec;
    private readonly string _preset;
    private readonly Lazy<string?> _cacheKey;
    private VideoClip? _last;

    /// <summary>Makes a codec measurable.</summary>
    /// <param name="codec">The codec.</param>
    /// <param name="preset">One of its presets; the usual one when null.</param>
    /// <exception cref="ArgumentException">It has no such preset.</exception>
    public ClassicalVideoContender(ClassicalVideoCodec codec, string? preset = null)
    {
        ArgumentNullException.ThrowIfNull(codec);
        if (preset is not null && !codec.Presets.Contains(preset))
        {
            throw new ArgumentException($"{codec.Name} has the presets {string.Join(", ", codec.Presets)}, not '{preset}'.", nameof(preset));
        }

        (_codec, _preset) = (codec, preset ?? codec.DefaultPreset);
        _cacheKey = new Lazy<string?>(() => _codec.IsAvailable ? Describe() : null);
    }

    /// <summary>Name of the codec, with the preset behind a colon if it is not the usual one.</summary>
    public string Name => _preset == _codec.DefaultPreset ? _codec.Name : $"{_codec.Name}{PresetMark}{_preset}";

    /// <inheritdoc/>
    public string Description => $"{_codec.Description}, preset {_preset}";

    /// <inheritdoc/>
    public string SettingName => "crf";

    /// <inheritdoc/>
    public IReadOnlyList<double> Ladder => _codec.Ladder;

    /// <inheritdoc/>
    public bool IsAnchor => true;

    /// <summary>True when this machine's ffmpeg can encode and decode it.</summary>
    public bool IsAvailable => _codec.IsAvailable;

    /// <summary>The codec, its preset, the number of processors, which decides how x264 and x265 work, and the hash of a bitstream, which tells versions apart.</summary>
    public string? CacheKey => _cacheKey.Value;

    /// <summary>Finds a codec by its name, or by name and preset with a colon between them.</summary>
    /// <param name="name">Such as "x264" or "svt-av1:4".</param>
    /// <returns>Null when there is no such codec or preset.</returns>
    public static ClassicalVideoContender? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string[] parts = name.Split(PresetMark, 2);
        return ClassicalVideoCodec.Find(parts[0]) is { } codec && (parts.Length == 1 || codec.Presets.Contains(parts[1]))
            ? new ClassicalVideoContender(codec, parts.Length == 1 ? null : parts[1])
            : null;
    }

    /// <inheritdoc/>
    public byte[] Encode(VideoClip media, double setting, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(media);
        _last = media;
        return _codec.Encode(media.Frames, media.Format, media.FrameRate, setting, _preset, cancellation);
    }

    /// <summary>Decodes a bitstream of the clip that was encoded last: it does not say what its samples mean.</summary>
    /// <inheritdoc/>
    public VideoClip Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation)
    {
        VideoClip clip = _last ?? throw new InvalidOperationException("Nothing was encoded yet.");
        return new VideoClip(clip.Format, clip.FrameRate, clip.FrameRate, [.. _codec.Decode(file, clip.Format, cancellation)]);
    }

    private string Describe()
    {
        var format = new VideoFormat(ProbeSide, ProbeSide, ChromaFormat.Yuv420);
        var random = new Random(1);
        VideoFrame[] frames = [.. Enumerable.Range(0, ProbeFrames).Select(i =>
        {
            byte[] samples = new byte[format.FrameBytes];
            random.NextBytes(samples);
            return new VideoFrame(format, samples, i);
        })];
        byte[] probe = _codec.Encode(frames, format, new FrameClock(25, 1), _codec.Ladder[^1], _preset);
        return string.Create(
            CultureInfo.InvariantCulture, $"{_codec.Name}|{Description}|{Environment.ProcessorCount} processors|{Convert.ToHexStringLower(SHA256.HashData(probe))}");
    }
}
