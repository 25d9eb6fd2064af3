namespace Codecs.Formats.Media;

/// <summary>The sound formats that can be written; many more can be read.</summary>
public enum AudioFormat
{
    /// <summary>WAV: PCM of 16 or 24 bits or 32-bit float; common tags, no cover; grows beyond 4 GiB as RF64.</summary>
    Wav,

    /// <summary>FLAC: lossless, 16 or 24 bits, tags and cover, up to 8 channels.</summary>
    Flac,

    /// <summary>Opus in Ogg: lossy, tags and cover, 1, 2 or 5 to 8 channels; sounds at 48 kHz when it is read back.</summary>
    Opus,

    /// <summary>MP3: lossy, tags and cover, up to 2 channels.</summary>
    Mp3,

    /// <summary>AAC-LC in M4A: lossy, common tags and cover, up to 8 channels.</summary>
    M4a,

    /// <summary>Vorbis in Ogg: lossy, tags and cover, up to 8 channels.</summary>
    Vorbis,
}
