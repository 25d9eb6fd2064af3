using System.Globalization;

namespace Codecs.Formats.Media;

/// <summary>The command lines of ffmpeg and ffprobe for sound.</summary>
internal static class FfmpegArguments
{
    /// <summary>
    /// The formats that are ever recognised: those that hold sound themselves. Play lists and scripts, which name other files, are not among them.
    /// </summary>
    private const string Demuxers =
        "wav,w64,aiff,au,caf,voc,flac,ogg,mp3,aac,loas,ac3,eac3,dts,amr,ape,wv,tta,tak,mpc,mpc8,dsf,asf,mov,matroska,avi,mpegts,mpeg,flv";

    private static readonly string s_samples = BitConverter.IsLittleEndian ? "f32le" : "f32be";

    /// <summary>ffprobe: the header as JSON.</summary>
    public static string[] Probe(MediaSource source) =>
    [
        "-v", "error", .. Open(source), "-of", "json", "-show_entries",
        "format=format_name,duration,probe_score:format_tags:stream=index,codec_type,codec_name,sample_rate,channels,channel_layout,duration,"
        + "bits_per_sample,bits_per_raw_sample:stream_tags:stream_disposition=attached_pic",
    ];

    /// <summary>ffmpeg: the bytes of one picture.</summary>
    public static string[] ExtractCover(MediaSource source, int stream) =>
        ["-v", "error", "-nostdin", .. Open(source), "-map", $"0:{Text(stream)}", "-c", "copy", "-frames:v", "1", "-f", "image2pipe", "pipe:1"];

    /// <summary>ffmpeg: all samples as floats. Rate and channels are said although they are the file's own: they may change midway.</summary>
    public static string[] Decode(MediaSource source, int stream, AudioInfo info) =>
    [
        "-v", "error", "-nostdin", .. Open(source), "-map", $"0:{Text(stream)}",
        "-ar", Text(info.SampleRate), "-ac", Text(info.ChannelCount), "-f", s_samples, "pipe:1",
    ];

    /// <summary>ffmpeg: from floats to a file or a pipe.</summary>
    public static string[] Encode(
        AudioFormat format, int sampleRate, int channels, AudioWriteOptions options, AudioSideFiles? side, string url) =>
    [
        "-v", "error", "-nostdin", "-y", "-protocol_whitelist", "file,pipe", "-f", s_samples, "-ar", Text(sampleRate), "-ac", Text(channels), "-i", "pipe:0",
        .. side is null ? [] : (string[])["-f", "ffmetadata", "-i", $"file:{side.TagsPath}"],
        .. side?.CoverPath is null ? [] : (string[])["-f", side.CoverDemuxer, "-i", $"file:{side.CoverPath}"],
        "-map", "0:a",
        .. side?.CoverPath is null ? [] : (string[])["-map", "2:v", "-c:v", "copy", "-disposition:v", "attached_pic", "-metadata:s:v", "comment=Cover (front)"],
        "-map_metadata", side is null ? "-1" : "1",
        .. Encoder(format, channels, options),
        // The same samples give the same file, whatever ffmpeg's version calls itself.
        "-fflags", "+bitexact", "-flags:a", "+bitexact",
        "-f", AudioFormats.Traits(format).Muxer, url,
    ];

    /// <summary>ffmpeg: from floats of one channel in a pipe to a file in a pipe.</summary>
    public static string[] EncodeSpeech(string muxer, int sampleRate, string[] encoder) =>
    [
        "-v", "error", "-nostdin", "-protocol_whitelist", "pipe", "-f", s_samples, "-ar", Text(sampleRate), "-ac", "1", "-i", "pipe:0",
        "-map_metadata", "-1", .. encoder, "-fflags", "+bitexact", "-flags:a", "+bitexact", "-f", muxer, "pipe:1",
    ];

    /// <summary>ffmpeg: back from such a file to floats.</summary>
    public static string[] DecodeSpeech(string demuxer, int sampleRate) =>
    [
        "-v", "error", "-nostdin", "-protocol_whitelist", "pipe", "-f", demuxer, "-i", "pipe:0",
        "-map", "0:a:0", "-ar", Text(sampleRate), "-ac", "1", "-f", s_samples, "pipe:1",
    ];

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string[] Open(MediaSource source) => ["-protocol_whitelist", "file,pipe", "-format_whitelist", Demuxers, "-i", source.Url];

    private static string[] Encoder(AudioFormat format, int channels, AudioWriteOptions options)
    {
        string Rate(int perChannel) => Text(options.BitRate ?? perChannel * channels);
        return (format, options.BitDepth) switch
        {
            (AudioFormat.Wav, 16) => ["-c:a", "pcm_s16le", "-rf64", "auto"],
            (AudioFormat.Wav, 24) => ["-c:a", "pcm_s24le", "-rf64", "auto"],
            (AudioFormat.Wav, _) => ["-c:a", "pcm_f32le", "-rf64", "auto"],
            (AudioFormat.Flac, 16) => ["-c:a", "flac", "-sample_fmt", "s16"],
            (AudioFormat.Flac, _) => ["-c:a", "flac", "-sample_fmt", "s32", "-bits_per_raw_sample", "24"],
            (AudioFormat.Opus, _) => ["-c:a", "libopus", "-b:a", Rate(64_000)],
            (AudioFormat.Mp3, _) => ["-c:a", "libmp3lame", "-b:a", Rate(96_000), "-id3v2_version", "3"],
            (AudioFormat.M4a, _) => ["-c:a", "aac", "-b:a", Rate(80_000), "-movflags", "+faststart"],
            // A default rate would be refused at low sample rates, a quality never is.
            (AudioFormat.Vorbis, _) => ["-c:a", "libvorbis", .. options.BitRate is { } rate ? (string[])["-b:a", Text(rate)] : ["-q:a", "5"]],
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a sound format."),
        };
    }
}
