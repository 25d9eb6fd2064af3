namespace Codecs.Formats.Container;

/// <summary>What the parts of a file must be to each other. Readers turn a fault into a data error, writers into an argument error.</summary>
internal static class FileRules
{
    /// <summary>True when units with this coder cannot be read without a model.</summary>
    public static bool NeedsModel(CoderId coder) => coder is not (CoderId.Raw or CoderId.Brotli);

    /// <summary>True for metadata of which a second piece would contradict the first.</summary>
    public static bool IsSingle(MetadataKey key) => key is MetadataKey.Exif or MetadataKey.Xmp or MetadataKey.Iptc;

    /// <summary>True for files whose units have times.</summary>
    public static bool IsTimed(MediaKind kind) => kind is MediaKind.Video or MediaKind.Audio or MediaKind.AudioVideo;

    /// <summary>Looks for a contradiction in a header.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? FindFault(NcfHeader header)
    {
        if (FindDouble(header.Tracks, t => t.Id) is { } track)
        {
            return $"two tracks have the number {track}";
        }

        if (FindDouble(header.Models, m => m.Index) is { } model)
        {
            return $"two models have the index {model}";
        }

        if (FindDouble(header.Layers, l => (l.Track * (UnitCodec.MaxLayer + 1L)) + l.Layer) is not null)
        {
            return "a layer is described twice";
        }

        return header.Kind switch
        {
            MediaKind.Still when !header.TickRate.IsNone => "a still has a tick rate",
            MediaKind.Video or MediaKind.AudioVideo when header.TickRate.IsNone => $"{header.Kind} has no tick rate",
            _ => FindKindFault(header),
        };
    }

    /// <summary>Looks for a contradiction between a unit and the header.</summary>
    public static string? FindFault(DataUnit unit, Track? track, ModelReference? model)
    {
        if (track is null)
        {
            return $"a unit belongs to track {unit.Track}, which does not exist";
        }

        if (track is CopiedTrack && unit.Coder != CoderId.Raw)
        {
            return $"a unit of the copied track {track.Id} is coded with {unit.Coder}, not raw";
        }

        return model is null && NeedsModel(unit.Coder)
            ? $"track {unit.Track} is coded with {unit.Coder} and model {track.Model}, which does not exist"
            : null;
    }

    /// <summary>Looks for a track without units where there must be one; sound and video may be empty.</summary>
    public static string? FindEmptyTrack(MediaKind kind, IReadOnlyList<Track> tracks, Func<int, bool> hasUnits) =>
        IsTimed(kind) || tracks.FirstOrDefault(t => !hasUnits(t.Id)) is not { } empty ? null : $"track {empty.Id} has no unit";

    /// <summary>Refuses a registry number that no file may hold.</summary>
    public static void CheckRegistryNumber(int number)
    {
        Throw.IfNotIn(number, 0, NcfConstants.RegistryLimit - 1, "registry number");
        if (number == NcfConstants.ReservedRegistryNumber)
        {
            throw new ArgumentException($"Registry number {number} is reserved (it would make a damaged Full signature look like a Tiny file).", nameof(number));
        }
    }

    private static string? FindKindFault(NcfHeader header)
    {
        int pictures = header.Tracks.Count(t => t is PictureTrack);
        int sounds = header.Tracks.Count(t => t is AudioTrack);
        int copies = header.Tracks.Count(t => t is CopiedTrack);
        int objects = header.Tracks.Count(t => t is GeometryTrack);
        int tensors = header.Tracks.Count(t => t is TensorTrack);
        bool fits = header.Kind switch
        {
            MediaKind.Still or MediaKind.Video => sounds + copies + objects + tensors == 0,
            MediaKind.Audio => sounds > 0 && pictures + copies + objects + tensors == 0,
            MediaKind.AudioVideo => sounds + copies > 0 && objects + tensors == 0,
            MediaKind.Geometry => objects > 0 && sounds + copies + tensors == 0,
            MediaKind.Tensors => tensors > 0 && pictures + sounds + copies + objects == 0,
            _ => false,
        };
        if (!fits)
        {
            return $"{header.Kind} with {pictures} picture, {sounds} audio, {copies} copied, {objects} 3D and {tensors} tensor tracks";
        }

        // In a 3D file pictures are textures, and there may be several.
        return header.Kind is MediaKind.Still or MediaKind.Video or MediaKind.AudioVideo ? FindPictureFault(header) : null;
    }

    private static string? FindPictureFault(NcfHeader header)
    {
        PictureTrack? colour = null;
        PictureTrack? alpha = null;
        foreach (PictureTrack track in header.Tracks.OfType<PictureTrack>())
        {
            ref PictureTrack? place = ref colour;
            if (track.Role == TrackRole.Alpha)
            {
                place = ref alpha;
            }

            if (place is not null)
            {
                return $"tracks {place.Id} and {track.Id} both have the role {track.Role}, a file has one of each";
            }

            place = track;
        }

        if (colour is null)
        {
            return "there is no colour track";
        }

        return alpha is null || (alpha.Layout == PictureLayout.Grey && colour.Layout != PictureLayout.Rgba && alpha.Width == colour.Width && alpha.Height == colour.Height)
            ? null
            : $"alpha track {alpha.Id} is {alpha.Layout} {alpha.Width} x {alpha.Height} beside {colour.Layout} {colour.Width} x {colour.Height}; expected one channel of equal size beside a picture without alpha";
    }

    private static long? FindDouble<T>(IReadOnlyList<T> items, Func<T, long> keyOf)
    {
        HashSet<long> seen = [];
        foreach (T item in items)
        {
            if (!seen.Add(keyOf(item)))
            {
                return keyOf(item);
            }
        }

        return null;
    }
}
