namespace Codecs.Formats.Container;

/// <summary>The kinds of tracks; the numbers are part of the format.</summary>
internal enum TrackKind : byte
{
    /// <summary><see cref="PictureTrack"/>.</summary>
    Picture = 0,

    /// <summary><see cref="AudioTrack"/>.</summary>
    Audio = 1,

    /// <summary><see cref="GeometryTrack"/>.</summary>
    Geometry = 2,

    /// <summary><see cref="TensorTrack"/>.</summary>
    Tensor = 3,

    /// <summary>Reserved: timed metadata.</summary>
    TimedMetadata = 4,

    /// <summary><see cref="CopiedTrack"/>.</summary>
    Copied = 5,
}
