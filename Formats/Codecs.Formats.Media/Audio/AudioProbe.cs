using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json;
using FFMpegCore;

namespace Codecs.Formats.Media;

/// <summary>What ffprobe finds out about a source.</summary>
/// <param name="Info">The sound.</param>
/// <param name="Metadata">Tags and cover.</param>
/// <param name="StreamIndex">Where the sound is among the source's streams.</param>
/// <param name="Warnings">What was left out of the metadata.</param>
internal sealed record AudioProbe(AudioInfo Info, AudioMetadata Metadata, int StreamIndex, IReadOnlyList<string> Warnings)
{
    private const int MaxJsonBytes = 16 << 20;

    /// <summary>Below it ffmpeg has only guessed: random bytes often look like one frame of MP3.</summary>
    private const int MinProbeScore = 10;

    private static readonly JsonSerializerOptions s_json = new() { PropertyNameCaseInsensitive = true };

    /// <summary>Tags that say nothing about the recording, only about how its file is built.</summary>
    private static readonly HashSet<string> s_technical = new(StringComparer.OrdinalIgnoreCase)
    {
        "encoder", "major_brand", "minor_version", "compatible_brands", "handler_name", "vendor_id", "creation_time", "metadata_block_picture",
    };

    /// <summary>Reads the header.</summary>
    /// <exception cref="MediaException">The source is no sound, or ffprobe is missing.</exception>
    /// <exception cref="LimitExceededException">Rate, channels or metadata are beyond the limits.</exception>
    public static AudioProbe Analyze(MediaSource source, bool withCover)
    {
        FFProbeAnalysis analysis = Describe(source);
        FFProbeStream stream = analysis.Streams?.FirstOrDefault(s => s.CodecType == "audio")
            ?? throw new MediaException($"'{source.Name}' holds no sound.");
        AudioInfo info = Identify(stream, analysis.Format, source.Name);
        var warnings = new List<string>();
        var metadata = new AudioMetadata
        {
            Tags = Tags(analysis.Format.Tags, stream.Tags),
            Cover = withCover ? Cover(source, analysis, warnings) : null,
        };
        return new AudioProbe(info, metadata, stream.Index, warnings);
    }

    private static FFProbeAnalysis Describe(MediaSource source)
    {
        byte[] json;
        try
        {
            json = FfmpegProcess.Run(FfmpegLocation.Ffprobe, FfmpegArguments.Probe(source), source.Head, MaxJsonBytes, source.Name);
        }
        catch (MediaException error) when (source.IsStream && FfmpegLocation.Options.BinaryFolder.Length > 0)
        {
            throw new MediaException($"{error.Message} Some files (M4A with its index at the end) cannot be read from a stream: name the file instead.", error);
        }

        FFProbeAnalysis? analysis;
        try
        {
            analysis = JsonSerializer.Deserialize<FFProbeAnalysis>(json, s_json);
        }
        catch (JsonException error)
        {
            throw new MediaException($"'{source.Name}': ffprobe's description cannot be understood.", error);
        }

        return analysis?.Format is { ProbeScore: >= MinProbeScore }
            ? analysis
            : throw new MediaException($"'{source.Name}' is no sound file of a known format.");
    }

    private static AudioInfo Identify(FFProbeStream stream, FFProbeFormat format, string name)
    {
        _ = int.TryParse(stream.SampleRate, CultureInfo.InvariantCulture, out int rate);
        int channels = stream.Channels ?? 0;
        if (rate is < 1 or > Waveform.MaxSampleRate || channels is < 1 or > Waveform.MaxChannels)
        {
            throw new LimitExceededException(
                $"'{name}' has {channels} channels at {rate} Hz; 1 to {Waveform.MaxChannels} channels at 1 to {Waveform.MaxSampleRate} Hz can be read.");
        }

        _ = int.TryParse(stream.BitsPerRawSample, CultureInfo.InvariantCulture, out int bits);
        bits = bits > 0 ? bits : stream.BitsPerSample;
        bool timed = double.TryParse(stream.Duration ?? format.Duration, CultureInfo.InvariantCulture, out double seconds)
            && seconds >= 0 && seconds < long.MaxValue / Waveform.MaxSampleRate;
        return new AudioInfo(
            stream.CodecName ?? "unknown", rate, channels, stream.ChannelLayout is { Length: > 0 } layout ? layout : DefaultLayout(channels),
            timed ? (long)Math.Round(seconds * rate) : null, bits > 0 ? bits : null);
    }

    private static string DefaultLayout(int channels) => channels switch
    {
        1 => "mono",
        2 => "stereo",
        _ => "unknown",
    };

    /// <summary>Ogg keeps tags with the stream, other formats with the file.</summary>
    private static Dictionary<string, string> Tags(params ReadOnlySpan<IReadOnlyDictionary<string, string>?> sources)
    {
        var tags = new Dictionary<string, string>();
        foreach (IReadOnlyDictionary<string, string>? source in sources)
        {
            foreach ((string key, string value) in source ?? ReadOnlyDictionary<string, string>.Empty)
            {
                bool isDefaultLanguage = key == "language" && value == "und";
                if (!s_technical.Contains(key) && !isDefaultLanguage && AudioMetadata.IsTag(key, value))
                {
                    tags.TryAdd(key.ToLowerInvariant(), value);
                }
            }
        }

        return tags;
    }

    private static AudioCover? Cover(MediaSource source, FFProbeAnalysis analysis, List<string> warnings)
    {
        FFProbeStream? stream = analysis.Streams.FirstOrDefault(s => s.CodecType == "video" && s.Disposition?.GetValueOrDefault("attached_pic") == 1);
        if (stream is null)
        {
            return null;
        }

        try
        {
            byte[] picture = FfmpegProcess.Run(
                FfmpegLocation.Ffmpeg, FfmpegArguments.ExtractCover(source, stream.Index), source.Head, AudioCover.MaxBytes, source.Name);
            if (AudioCover.Recognize(picture) is not null)
            {
                return new AudioCover(picture);
            }

            warnings.Add($"The cover of '{source.Name}' was left out: it is neither JPEG nor PNG.");
        }
        catch (CodecException error)
        {
            warnings.Add($"The cover was left out: {error.Message}");
        }

        return null;
    }
}
