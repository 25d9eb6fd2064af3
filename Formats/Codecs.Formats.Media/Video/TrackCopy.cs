namespace Codecs.Formats.Media;

/// <summary>ffmpeg's arguments for tracks that are copied beside the video.</summary>
internal static class TrackCopy
{
    private static readonly HashSet<string> s_mp4Sound = ["aac", "mp3", "ac3", "eac3", "alac", "opus", "flac"];
    private static readonly HashSet<string> s_movSound = ["aac", "mp3", "ac3", "eac3", "alac", "pcm_s16le", "pcm_s24le", "pcm_s16be", "pcm_s24be"];
    private static readonly HashSet<string> s_webmSound = ["opus", "vorbis"];

    /// <summary>Subtitles of characters, which can be converted into each other.</summary>
    private static readonly HashSet<string> s_text = ["subrip", "ass", "ssa", "webvtt", "mov_text", "text"];

    /// <summary>Subtitles that Matroska holds as they are.</summary>
    private static readonly HashSet<string> s_matroskaSubtitles = ["subrip", "ass", "ssa", "webvtt", "hdmv_pgs_subtitle", "dvd_subtitle", "dvb_subtitle"];

    /// <summary>An output of ffmpeg: a Matroska file or stream with tracks of its first input, or nothing when there are none.</summary>
    /// <remarks>Matroska has no times below zero: packets that only prime a decoder would delay all sound, so they are left out.</remarks>
    public static string[] ToMatroska(IReadOnlyList<ProbedStream> tracks, bool subtitles, string url)
    {
        string[] arguments = Map(VideoContainer.Mkv, tracks.Where(track => subtitles || track.CodecType == "audio").Select(track => (0, track)));
        return arguments.Length == 0 ? [] : [.. arguments, "-map_metadata", "-1", "-fflags", "+bitexact", "-cluster_time_limit", "1000", "-f", "matroska", url];
    }

    /// <summary>The tracks of all inputs after the first one, copied where the container takes them, else encoded anew.</summary>
    public static string[] Into(VideoContainer container, IReadOnlyList<TrackFile> files) =>
        Map(container, files.SelectMany((file, i) => file.Tracks.Select(track => (i + 1, track))));

    /// <summary>Sentences about the tracks that a container does not take.</summary>
    public static IEnumerable<string> Missing(VideoContainer container, IEnumerable<TrackFile> files) =>
        from file in files
        from track in file.Tracks
        where Codec(container, track) is null
        select $"{container} cannot hold subtitles of kind {track.CodecName}; they are left out.";

    private static string[] Map(VideoContainer container, IEnumerable<(int Input, ProbedStream Track)> tracks)
    {
        var arguments = new List<string>();
        int sound = 0, subtitle = 0;
        foreach ((int input, ProbedStream track) in tracks)
        {
            if (Codec(container, track) is not { } codec)
            {
                continue;
            }

            string specifier = track.CodecType == "audio" ? $"a:{VideoArguments.Text(sound++)}" : $"s:{VideoArguments.Text(subtitle++)}";
            arguments.AddRange(["-map", $"{VideoArguments.Text(input)}:{VideoArguments.Text(track.Index)}", $"-c:{specifier}", codec]);
        }

        return arguments.Count == 0 ? [] : [.. arguments, "-copypriorss", "0"];
    }

    /// <summary>The encoder for a track, "copy", or null when the container cannot hold it.</summary>
    private static string? Codec(VideoContainer container, ProbedStream track)
    {
        string codec = track.CodecName!;
        if (track.CodecType == "audio")
        {
            return container switch
            {
                VideoContainer.Mp4 => s_mp4Sound.Contains(codec) ? "copy" : "aac",
                VideoContainer.Mov => s_movSound.Contains(codec) ? "copy" : "aac",
                VideoContainer.WebM => s_webmSound.Contains(codec) ? "copy" : "libopus",
                _ => "copy",
            };
        }

        return container switch
        {
            VideoContainer.Mp4 or VideoContainer.Mov => codec == "mov_text" ? "copy" : s_text.Contains(codec) ? "mov_text" : null,
            VideoContainer.WebM => codec == "webvtt" ? "copy" : s_text.Contains(codec) ? "webvtt" : null,
            _ => s_matroskaSubtitles.Contains(codec) ? "copy" : s_text.Contains(codec) ? "srt" : null,
        };
    }
}
