using System.Security.Cryptography;
using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>A conventional sound codec as ffmpeg has it; setting: kbit/s, all channels together. The files' true size is what counts.</summary>
public sealed class ClassicalAudioContender : IAudioContender
{
    // Below these kbit/s for each channel a lower sample rate sounds better; encoders of their own choose so too.
    private static readonly (double KbitPerChannel, int SampleRate)[] s_narrow = [(12, 16_000), (24, 24_000), (32, 32_000)];

    private readonly AudioFormat _format;
    private readonly Func<double, int, int> _workingRate;
    private readonly Lazy<string?> _probe;

    private ClassicalAudioContender(string name, string description, AudioFormat format, double[] ladder, Func<double, int, int> workingRate)
    {
        (Name, Description, Ladder, _format, _workingRate) = (name, description, ladder, format, workingRate);
        _probe = new Lazy<string?>(Probe);
    }

    /// <summary>Opus by libopus, which works at 48 kHz.</summary>
    public static ClassicalAudioContender Opus { get; } = new(
        "opus", "Opus (libopus), variable rate", AudioFormat.Opus, [12, 16, 24, 32, 48, 64, 96, 128], (_, _) => 48_000);

    /// <summary>MP3 by LAME, constant rate; below 48 kbit/s for each channel at a lower sample rate.</summary>
    public static ClassicalAudioContender Mp3 { get; } = new(
        "mp3", "MP3 (libmp3lame), constant rate, lower sample rates below 96 kbit/s stereo", AudioFormat.Mp3, [16, 24, 32, 48, 64, 96, 128], Narrowed);

    /// <summary>AAC-LC by ffmpeg's own encoder, in M4A.</summary>
    public static ClassicalAudioContender Aac { get; } = new(
        "aac", "AAC-LC (ffmpeg's own encoder) in M4A", AudioFormat.M4a, [12, 16, 24, 32, 48, 64, 96, 128], (_, rate) => rate);

    /// <summary>Vorbis by libvorbis, from 48 kbit/s.</summary>
    public static ClassicalAudioContender Vorbis { get; } = new(
        "vorbis", "Vorbis (libvorbis), managed rate", AudioFormat.Vorbis, [48, 64, 96, 128], (_, rate) => rate);

    /// <summary>The codecs of a usual comparison: opus, mp3, aac. <see cref="Vorbis"/> knows no low rates.</summary>
    public static IReadOnlyList<ClassicalAudioContender> Usual { get; } = [Opus, Mp3, Aac];

    /// <summary>Every codec.</summary>
    public static IReadOnlyList<ClassicalAudioContender> All { get; } = [.. Usual, Vorbis];

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public string SettingName => "kbit/s";

    /// <inheritdoc/>
    public IReadOnlyList<double> Ladder { get; }

    /// <inheritdoc/>
    public bool IsAnchor => true;

    /// <summary>True when this machine's ffmpeg has the encoder; found out by using it once.</summary>
    public bool IsAvailable => _probe.Value is not null;

    /// <summary>The codec, its fixed settings and the hash of a file that it made, which tells encoders of different versions apart.</summary>
    public string? CacheKey => _probe.Value is { } hash ? $"{Name}|{Description}|{hash}" : null;

    /// <inheritdoc/>
    public byte[] Encode(Waveform media, double setting, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(media);
        using var file = new MemoryStream();
        Waveform narrowed = Resampler.Convert(media, _workingRate(setting / media.ChannelCount, media.SampleRate));
        AudioFile.Write(file, _format, narrowed, new AudioWriteOptions { BitRate = (int)Math.Round(setting * 1000) }, cancellation: cancellation);
        return file.ToArray();
    }

    /// <inheritdoc/>
    public Waveform Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation)
    {
        using var stream = new MemoryStream(file.ToArray(), writable: false);
        return AudioFile.Read(stream, $"({Name})", cancellation: cancellation).Waveform;
    }

    private static int Narrowed(double kbitPerChannel, int sampleRate)
    {
        foreach ((double limit, int rate) in s_narrow)
        {
            if (kbitPerChannel <= limit)
            {
                return Math.Min(rate, sampleRate);
            }
        }

        return sampleRate;
    }

    private string? Probe()
    {
        try
        {
            return Convert.ToHexStringLower(SHA256.HashData(Encode(DelayTable.Probe(48_000, 2), Ladder[^1], CancellationToken.None)));
        }
        catch (CodecException)
        {
            return null;
        }
    }
}
