using Codecs.Formats.Container;

namespace Codecs.Images;

/// <summary>Adds to what the container can tell about a damaged file what only decoding can.</summary>
internal static class PictureSalvage
{
    internal static SalvageReport Examine(ReadOnlyMemory<byte> bytes, IPictureCodec codec, NcfLimits limits, CodecWatch watch)
    {
        SalvageReport report = NcfSalvage.Examine(bytes, limits);
        if (report.File is not { Kind: MediaKind.Still } file)
        {
            return report;
        }

        foreach (UnitReport unit in report.Units)
        {
            if (unit.Status == UnitStatus.Ok && unit.Unit is { } coded)
            {
                unit.Status = Decode(file, coded, codec, limits, watch);
            }
        }

        return report;
    }

    private static UnitStatus Decode(NcfFile file, DataUnit unit, IPictureCodec codec, NcfLimits limits, CodecWatch watch)
    {
        try
        {
            if (file.Tracks.FirstOrDefault(t => t.Id == unit.Track) is PictureTrack { Role: TrackRole.Alpha })
            {
                ParsedPicture.DecodeAlpha(file);
            }
            else
            {
                ParsedPicture.Match(file, limits, codec).DecodeLatent(codec, watch);
            }

            return UnitStatus.Ok;
        }
        catch (ModelMismatchException)
        {
            return UnitStatus.ModelMissing;
        }
        catch (CodecException)
        {
            // The bytes are those that were written, and yet their symbols are not.
            return UnitStatus.NotDeterministic;
        }
    }
}
