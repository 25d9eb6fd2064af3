namespace Codecs.Formats.Media;

/// <summary>What a video is written as.</summary>
public enum VideoContainer
{
    /// <summary>YUV4MPEG2: exact samples, no sound, constant rate.</summary>
    Y4m,

    /// <summary>MPEG-4.</summary>
    Mp4,

    /// <summary>QuickTime.</summary>
    Mov,

    /// <summary>Matroska.</summary>
    Mkv,

    /// <summary>WebM: VP9 and Opus.</summary>
    WebM,

    /// <summary>A folder or a pattern of PNG files, RGB or grey, no sound, no times.</summary>
    Png,
}
