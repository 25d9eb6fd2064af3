using System.Buffers.Binary;

namespace Codecs.Formats.Container;

/// <summary>One picture track: what a decoder must produce before it sees any coded byte.</summary>
public sealed record PictureTrack
{
    /// <summary>Length of <see cref="WriteContentContext"/>'s output in bytes.</summary>
    public const int ContentContextLength = 11;

    /// <summary>The track's number in the file, 0..2^30-1; units name it.</summary>
    public int Id { get; init; }

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

    /// <summary>The <see cref="ModelReference.Index"/> of the model that codes the track; idle when its coders need no model.</summary>
    public int Model { get; init; }

    /// <summary>Pixels of the picture.</summary>
    public long PixelCount => (long)Width * Height;

    /// <summary>Channels per pixel: 1, 3 or 4.</summary>
    public int ChannelCount => Layout switch { PictureLayout.Grey => 1, PictureLayout.Rgba => 4, _ => 3 };

    /// <summary>Writes what a codec mixes into its content check so that a damaged shape or rate point cannot pass unnoticed.</summary>
    /// <remarks>The Tiny header has no checksum of its own. These bytes, unlike the header's, are the same when a Tiny file is
    /// rewritten as a Full one, so the payload stays valid. Fields: layout u8, bit depth u8, width u32, height u32, rate point u8.</remarks>
    /// <param name="destination">At least <see cref="ContentContextLength"/> bytes.</param>
    /// <param name="ratePoint">The rate point of the unit.</param>
    public void WriteContentContext(Span<byte> destination, byte ratePoint)
    {
        destination[10] = ratePoint;
        destination[0] = (byte)Layout;
        destination[1] = (byte)BitDepth;
        BinaryPrimitives.WriteUInt32LittleEndian(destination[2..], (uint)Width);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[6..], (uint)Height);
    }
}
