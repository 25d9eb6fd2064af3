namespace Codecs.Formats.Container;

/// <summary>What a file is; the numbers are part of the format.</summary>
public enum MediaKind : byte
{
    /// <summary>One picture.</summary>
    Still = 0,

    /// <summary>Pictures in time.</summary>
    Video = 1,

    /// <summary>Sound.</summary>
    Audio = 2,

    /// <summary>Pictures in time with sound.</summary>
    AudioVideo = 3,

    /// <summary>3D objects.</summary>
    Geometry = 4,

    /// <summary>Tensors.</summary>
    Tensors = 5,
}
