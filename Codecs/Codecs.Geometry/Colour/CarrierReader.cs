using Codecs.Formats.Container;
using Codecs.Formats.Media;
using Codecs.Geometry.Fields;
using Codecs.Images;
using Codecs.Metrics.Geometry;

namespace Codecs.Geometry.Colour;

/// <summary>Reads carriers. Layout: README.</summary>
internal sealed class CarrierReader(TriangleTree surface, FieldFrame frame, ImageCodec? pictures, int workers)
{
    /// <summary>Reads a carrier.</summary>
    /// <exception cref="InvalidBitstreamException">The bytes are damaged.</exception>
    /// <exception cref="ModelMismatchException">The picture needs weights that are not there.</exception>
    internal ISpaceColour Read(ReadOnlyMemory<byte> carrier)
    {
        Need(carrier, 1, "a kind");
        return (ColourCarrierKind)carrier.Span[0] switch
        {
            ColourCarrierKind.None => carrier.Length == ColourEncoder.SmallestCarrier
                ? new OneColour(carrier.Span[1..])
                : throw new InvalidBitstreamException($"One colour takes {ColourEncoder.SmallestCarrier} bytes, found {carrier.Length}: damaged data."),
            ColourCarrierKind.Volume => ReadVolume(carrier),
            ColourCarrierKind.SixViews => ReadViews(carrier),
            ColourCarrierKind.SixViewsAndVolume => ReadViewsAndVolume(carrier),
            var other => throw new InvalidBitstreamException($"Colours of kind {(int)other}; this build reads kinds 0 to 3: damaged data, or a newer version.", 0),
        };
    }

    private static void Need(ReadOnlyMemory<byte> carrier, int bytes, string what)
    {
        if (carrier.Length < bytes)
        {
            throw new InvalidBitstreamException($"Colours have {carrier.Length} bytes, {what} needs {bytes}: cut off.");
        }
    }

    private VolumeColour ReadVolume(ReadOnlyMemory<byte> carrier)
    {
        Need(carrier, VolumeSearch.HeaderBytes, "a volume");
        return Volume(carrier.Span[1], carrier.Span[2], carrier[VolumeSearch.HeaderBytes..]);
    }

    private VolumeColour Volume(int size, int step, ReadOnlyMemory<byte> coded)
    {
        if (size is < VolumeSymbols.MinSize or > VolumeSymbols.MaxSize)
        {
            throw new InvalidBitstreamException($"A colour volume of {size} nodes; {VolumeSymbols.MinSize} to {VolumeSymbols.MaxSize} are possible: damaged data.");
        }

        return new VolumeColour(VolumeCoder.Decode(coded, size, step), frame);
    }

    private SheetColour ReadViews(ReadOnlyMemory<byte> carrier)
    {
        const int head = SheetSearch.HeaderBytes;
        Need(carrier, head, "a sheet of views");
        return Sheet(carrier, head, new OneColour(carrier.Span[(head - OneColour.Bytes)..head]));
    }

    private SheetColour ReadViewsAndVolume(ReadOnlyMemory<byte> carrier)
    {
        const int head = SheetSearch.HeaderBytesWithVolume;
        Need(carrier, head, "a sheet of views with a volume");
        int length = carrier.Span[5] | (carrier.Span[6] << 8);
        Need(carrier, head + length, "a sheet of views with a volume");
        return Sheet(carrier, head + length, Volume(carrier.Span[3], carrier.Span[4], carrier.Slice(head, length)));
    }

    private SheetColour Sheet(ReadOnlyMemory<byte> carrier, int head, ISpaceColour hidden)
    {
        (byte margin, int z) = (carrier.Span[1], carrier.Span[2] * SheetLayout.Unit);
        ReadOnlyMemory<byte> file = carrier[head..];
        try
        {
            PictureTrack track = NcfFile.Parse(file, NcfLimits.Default).ColourTrack;
            SheetLayout layout = LayoutOf(track.Width, track.Height, z);
            if (pictures is null)
            {
                throw new ModelMismatchException("Colours are a picture and no picture codec was given: install the weights it needs.");
            }

            Image picture = pictures.Decode(file);
            var views = new CubeViews(surface, frame.Center, SheetFrame.SideOf(frame, margin), workers);
            return new SheetColour(views, layout, picture, hidden);
        }
        catch (Exception exception) when (exception is UnsupportedBitstreamException or LimitExceededException)
        {
            throw new InvalidBitstreamException($"The sheet of views is no picture that this build reads: {exception.Message}", head, exception);
        }
    }

    // The picture's size and z leave one box.
    private static SheetLayout LayoutOf(long width, long height, int z)
    {
        (long x, long y) = ((width / 2) - z, height - z);
        return width % 2 == 0 && IsSide(x) && IsSide(y) && IsSide(z)
            ? new SheetLayout((int)x, (int)y, z)
            : throw new InvalidBitstreamException($"A sheet of {width} x {height} pixels has no box with {z} pixels along z: damaged data.");

        static bool IsSide(long side) => side is >= SheetLayout.MinSide and <= SheetLayout.MaxSide && side % SheetLayout.Unit == 0;
    }
}
