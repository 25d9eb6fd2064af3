using System.Buffers.Binary;

namespace Codecs.Formats.Container;

/// <summary>A still picture or a video: every unit is a picture (or a tile or layer of one) of this shape.</summary>
public sealed record PictureTrack : Track
{
    /// <summary>Length of the content context in bytes.</summary>
    public const int ContentContextLength = 11;

    /// <summary>Columns as coded (before <see cref="Orientation"/>), 1..65536.</summary>
    public required int Width { get; init; }

    /// <summary>Rows as coded (before <see cref="Orientation"/>), 1..65536.</summary>
    public required int Height { get; init; }

    /// <summary>Bits per channel, 1..16.</summary>
    public int BitDepth { get; init; } = 8;

    /// <summary>The channels.</summary>
    public PictureLayout Layout { get; init; }

    /// <summary>The meaning of the values, unless the file has an ICC profile.</summary>
    public Cicp Colour { get; init; } = Cicp.Srgb;

    /// <summary>How to turn the picture for display, 1..8 as in Exif; 1 is upright. Exif's own value is ignored.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>What the track is for.</summary>
    public TrackRole Role { get; init; }

    /// <summary>Width of a pixel over its height as a fraction, each 1..2^30-1; 1:1 is square.</summary>
    public (int Width, int Height) PixelAspect { get; init; } = (1, 1);

    /// <summary>Pixels of the picture.</summary>
    public long PixelCount => (long)Width * Height;

    /// <summary>Channels per pixel: 1, 3 or 4.</summary>
    public int ChannelCount => Layout switch { PictureLayout.Grey => 1, PictureLayout.Rgba => 4, _ => 3 };

    /// <inheritdoc/>
    internal override TrackKind Kind => TrackKind.Picture;

    /// <inheritdoc/>
    private protected override int ContextLength => ContentContextLength;

    /// <inheritdoc/>
    public override void WriteContentContext(Span<byte> destination, byte ratePoint)
    {
        destination[10] = ratePoint;
        destination[0] = (byte)Layout;
        destination[1] = (byte)BitDepth;
        BinaryPrimitives.WriteUInt32LittleEndian(destination[2..], (uint)Width);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[6..], (uint)Height);
    }
}
