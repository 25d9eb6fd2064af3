using System.Security.Cryptography;
using Codecs.Formats.Media;

namespace Codecs.Evaluation;

/// <summary>A conventional codec of sound or speech as ffmpeg has it; setting: kbit/s, all channels together. The files' true size is what counts.</summary>
public sealed class ClassicalAudioContender : IAudioContender
{
    private delegate byte[] Encoder(Waveform sound, double kbitPerSecond, CancellationToken cancellation);

    private delegate Waveform Decoder(ReadOnlyMemory<byte> file, CancellationToken cancellation);

    // Below these kbit/s for each channel a lower sample rate sounds better; encoders of their own choose so too.
    private static readonly (double KbitPerChannel, int SampleRate)[] s_narrow = [(12, 16_000), (24, 24_000), (32, 32_000)];

    private readonly Encoder _encode;
    private readonly Decoder _decode;
    private readonly Lazy<string?> _probe;

    private ClassicalAudioContender(string name, string description, double[] ladder, int probeChannels, Encoder encode, Decoder decode)
    {
        (Name, Description, Ladder, _encode, _decode) = (name, description, ladder, encode, decode);
        _probe = new Lazy<string?>(() => Probe(probeChannels));
    }

    /// <summary>Opus by libopus, which works at 48 kHz.</summary>
    public static ClassicalAudioContender Opus { get; } = Of(
        "opus", "Opus (libopus), variable rate", AudioFormat.Opus, [12, 16, 24, 32, 48, 64, 96, 128], (_, _) => 48_000);

    /// <summary>MP3 by LAME, constant rate; below 48 kbit/s for each channel at a lower sample rate.</summary>
    public static ClassicalAudioContender Mp3 { get; } = Of(
        "mp3", "MP3 (libmp3lame), constant rate, lower sample rates below 96 kbit/s stereo", AudioFormat.Mp3, [16, 24, 32, 48, 64, 96, 128], Narrowed);

    /// <summary>AAC-LC by ffmpeg's own encoder, in M4A.</summary>
    public static ClassicalAudioContender Aac { get; } = Of(
        "aac", "AAC-LC (ffmpeg's own encoder) in M4A", AudioFormat.M4a, [12, 16, 24, 32, 48, 64, 96, 128], (_, rate) => rate);

    /// <summary>Vorbis by libvorbis, from 48 kbit/s.</summary>
    public static ClassicalAudioContender Vorbis { get; } = Of(
        "vorbis", "Vorbis (libvorbis), managed rate", AudioFormat.Vorbis, [48, 64, 96, 128], (_, rate) => rate);

    /// <summary>The codecs of a usual comparison: opus, mp3, aac. <see cref="Vorbis"/> knows no low rates.</summary>
    public static IReadOnlyList<ClassicalAudioContender> Usual { get; } = [Opus, Mp3, Aac];

    /// <summary>Every codec of sound.</summary>
    public static IReadOnlyList<ClassicalAudioContender> All { get; } = [.. Usual, Vorbis];

    /// <summary>The codecs of a usual comparison on speech: opus at its low rates, codec2, speex, speex-wide.</summary>
    public static IReadOnlyList<ClassicalAudioContender> UsualForSpeech { get; } = [.. ClassicalSpeechCodec.All.Select(Of)];

    /// <summary>Every codec that takes speech.</summary>
    public static IReadOnlyList<ClassicalAudioContender> AllForSpeech { get; } = [.. UsualForSpeech, Mp3, Aac, Vorbis];

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

    /// <summary>True when this machine's ffmpeg has encoder and decoder; found out by using them once.</summary>
    public bool IsAvailable => _probe.Value is not null;

    /// <summary>The codec, its fixed settings and the hash of a file that it made, which tells encoders of different versions apart.</summary>
    public string? CacheKey => _probe.Value is { } hash ? $"{Name}|{Description}|{hash}" : null;

    /// <inheritdoc/>
    public byte[] Encode(Waveform media, double setting, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(media);
        return _encode(media, setting, cancellation);
    }

    /// <inheritdoc/>
    public Waveform Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation) => _decode(file, cancellation);

    private static ClassicalAudioContender Of(string name, string description, AudioFormat format, double[] ladder, Func<double, int, int> workingRate)
    {
        byte[] Encode(Waveform sound, double kbitPerSecond, CancellationToken cancellation)
        {
            using var file = new MemoryStream();
            Waveform narrowed = Resampler.Convert(sound, workingRate(kbitPerSecond / sound.ChannelCount, sound.SampleRate));
            AudioFile.Write(file, format, narrowed, new AudioWriteOptions { BitRate = BitRate(kbitPerSecond) }, cancellation: cancellation);
            return file.ToArray();
        }

        Waveform Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation)
        {
            using var stream = new MemoryStream(file.ToArray(), writable: false);
            return AudioFile.Read(stream, $"({name})", cancellation: cancellation).Waveform;
        }

        return new(name, description, ladder, 2, Encode, Decode);
    }

    private static ClassicalAudioContender Of(ClassicalSpeechCodec codec) => new(
        codec.Name,
        codec.Description,
        [.. codec.BitRates.Select(rate => rate / 1000.0)],
        1,
        (sound, kbitPerSecond, _) => codec.Encode(sound, BitRate(kbitPerSecond)),
        (file, _) => codec.Decode(file));

    private static int BitRate(double kbitPerSecond) => (int)Math.Round(kbitPerSecond * 1000);

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

    private string? Probe(int channels)
    {
        try
        {
            byte[] file = Encode(DelayTable.Probe(48_000, channels), Ladder[^1], CancellationToken.None);
            _ = Decode(file, CancellationToken.None);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (CodecException)
        {
            return null;
        }
    }
}
