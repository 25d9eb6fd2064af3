using System.Runtime.InteropServices;

namespace Codecs.Formats.Media;

/// <summary>A conventional speech codec as ffmpeg has it, for one channel: what neural speech codecs are compared with.</summary>
/// <remarks>
/// Files have no tags, so that their sizes can be compared. Not every build of ffmpeg has every encoder; only Opus is usual everywhere. What comes back has
/// the codec's own sample rate and delay.
/// </remarks>
public sealed class ClassicalSpeechCodec
{
    private readonly string _container;
    private readonly Func<int, string[]> _encoder;

    private ClassicalSpeechCodec(string name, string description, int sampleRate, int[] bitRates, string container, Func<int, string[]> encoder) =>
        (Name, Description, SampleRate, BitRates, _container, _encoder) = (name, description, sampleRate, bitRates, container, encoder);

    /// <summary>Opus by libopus, tuned for voice, variable rate. The encoder narrows the band by itself where bits are few.</summary>
    public static ClassicalSpeechCodec Opus { get; } = new(
        "opus", "Opus (libopus) for voice, variable rate, in Ogg", 48_000, [6000, 8000, 10_000, 12_000, 16_000, 24_000], "ogg",
        rate => ["-c:a", "libopus", "-application", "voip", "-b:a", FfmpegArguments.Text(rate)]);

    /// <summary>Speex of the narrow band, 8 kHz, constant rate.</summary>
    public static ClassicalSpeechCodec Speex { get; } = Ogg(
        "speex", "Speex (libspeex) narrowband, 8 kHz, constant rate, in Ogg", 8000, [2150, 3950, 5950, 8000, 11_000, 15_000, 18_200]);

    /// <summary>Speex of the wide band, 16 kHz, constant rate.</summary>
    public static ClassicalSpeechCodec SpeexWide { get; } = Ogg(
        "speex-wide", "Speex (libspeex) wideband, 16 kHz, constant rate, in Ogg", 16_000, [3950, 5750, 7750, 9800, 12_800, 16_800, 20_600]);

    /// <summary>Codec2, 8 kHz, constant rate; at 700 bit/s its mode C. Packets are whole bytes, so files of some modes are larger than their names say.</summary>
    public static ClassicalSpeechCodec Codec2 { get; } = new(
        "codec2", "Codec2 (libcodec2), 8 kHz, constant rate, in .c2", 8000, [700, 1200, 1300, 1400, 1600, 2400, 3200], "codec2",
        rate => ["-c:a", "libcodec2", "-mode", rate == 700 ? "700C" : FfmpegArguments.Text(rate)]);

    /// <summary>Every codec.</summary>
    public static IReadOnlyList<ClassicalSpeechCodec> All { get; } = [Opus, Codec2, Speex, SpeexWide];

    /// <summary>Stable lower-case name for command lines and result files.</summary>
    public string Name { get; }

    /// <summary>Codec and fixed settings, for legends and tables.</summary>
    public string Description { get; }

    /// <summary>The rate at which it works, hertz.</summary>
    public int SampleRate { get; }

    /// <summary>Bits per second that span its useful range, ascending; the file's true rate is another.</summary>
    public IReadOnlyList<int> BitRates { get; }

    /// <summary>Encodes speech.</summary>
    /// <param name="speech">One channel at any sample rate.</param>
    /// <param name="bitRate">An entry of <see cref="BitRates"/>.</param>
    /// <returns>The file as it would lie on a disk.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The codec has no such rate.</exception>
    /// <exception cref="MediaException">There are several channels, or ffmpeg is missing or has no such encoder.</exception>
    public byte[] Encode(Waveform speech, int bitRate)
    {
        ArgumentNullException.ThrowIfNull(speech);
        if (!BitRates.Contains(bitRate))
        {
            throw new ArgumentOutOfRangeException(nameof(bitRate), bitRate, $"{Name} knows {string.Join(", ", BitRates)} bit/s.");
        }

        if (speech.ChannelCount != 1)
        {
            throw new MediaException($"{Name} encodes one channel, the sound has {speech.ChannelCount}.");
        }

        byte[] samples = MemoryMarshal.AsBytes(Resampler.Convert(speech, SampleRate).Channel(0)).ToArray();
        return FfmpegProcess.Run(FfmpegLocation.Ffmpeg, FfmpegArguments.EncodeSpeech(_container, SampleRate, _encoder(bitRate)), samples, Array.MaxLength, $"({Name})");
    }

    /// <summary>Decodes what <see cref="Encode"/> made.</summary>
    /// <param name="file">The encoded file.</param>
    /// <exception cref="MediaException">The bytes are no such file, or ffmpeg is missing or has no such decoder.</exception>
    public Waveform Decode(ReadOnlyMemory<byte> file)
    {
        byte[] bytes = FfmpegProcess.Run(FfmpegLocation.Ffmpeg, FfmpegArguments.DecodeSpeech(_container, SampleRate), file, Array.MaxLength, $"({Name})");
        float[] samples = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        return samples.Length > 0 ? new Waveform(SampleRate, samples) : throw new MediaException($"({Name}): there is no sound in the file.");
    }

    private static ClassicalSpeechCodec Ogg(string name, string description, int sampleRate, int[] bitRates) => new(
        name, description, sampleRate, bitRates, "ogg", rate => ["-c:a", "libspeex", "-b:a", FfmpegArguments.Text(rate)]);
}
