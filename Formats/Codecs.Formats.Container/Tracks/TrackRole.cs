namespace Codecs.Formats.Container;

/// <summary>What a picture track is for; the numbers are part of the format.</summary>
public enum TrackRole : byte
{
    /// <summary>The picture itself.</summary>
    Colour = 0,

    /// <summary>The straight alpha plane of the colour track, of the same size, one channel.</summary>
    Alpha = 1,
}
