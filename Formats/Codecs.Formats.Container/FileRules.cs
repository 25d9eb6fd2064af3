namespace Codecs.Formats.Container;

/// <summary>What the parts of a Full file must be to each other. The reader turns a fault into a data error, the writer into an argument error.</summary>
internal static class FileRules
{
    /// <summary>True when units with this coder cannot be read without a model.</summary>
    public static bool NeedsModel(CoderId coder) => coder is not (CoderId.Raw or CoderId.Brotli);

    /// <summary>True for metadata of which a second piece would contradict the first.</summary>
    public static bool IsSingle(MetadataKey key) => key is MetadataKey.Exif or MetadataKey.Xmp or MetadataKey.Iptc;

    /// <summary>Looks for a contradiction between tracks, models and units of a still.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? FindFault(IReadOnlyList<PictureTrack> tracks, IReadOnlyList<ModelReference> models, IReadOnlyList<DataUnit> units) =>
        FindTrackFault(tracks) ?? FindUnitFault(tracks, models, units);

    /// <summary>Refuses a registry number that no file may hold.</summary>
    public static void CheckRegistryNumber(int number)
    {
        Throw.IfNotIn(number, 0, NcfConstants.RegistryLimit - 1, "registry number");
        if (number == NcfConstants.ReservedRegistryNumber)
        {
            throw new ArgumentException($"Registry number {number} is reserved (it would make a damaged Full signature look like a Tiny file).", nameof(number));
        }
    }

    private static string? FindTrackFault(IReadOnlyList<PictureTrack> tracks)
    {
        PictureTrack? colour = null;
        PictureTrack? alpha = null;
        foreach (PictureTrack track in tracks)
        {
            ref PictureTrack? place = ref colour;
            if (track.Role == TrackRole.Alpha)
            {
                place = ref alpha;
            }

            if (place is not null)
            {
                return $"tracks {place.Id} and {track.Id} both have the role {track.Role}, a still has one of each";
            }

            place = track;
        }

        if (colour is null)
        {
            return "there is no colour track";
        }

        if (alpha is null)
        {
            return null;
        }

        if (alpha.Id == colour.Id)
        {
            return $"two tracks have the number {alpha.Id}";
        }

        return alpha.Layout == PictureLayout.Grey && colour.Layout != PictureLayout.Rgba && alpha.Width == colour.Width && alpha.Height == colour.Height
            ? null
            : $"alpha track {alpha.Id} is {alpha.Layout} {alpha.Width} x {alpha.Height} beside {colour.Layout} {colour.Width} x {colour.Height}; expected one channel of equal size beside a picture without alpha";
    }

    private static string? FindUnitFault(IReadOnlyList<PictureTrack> tracks, IReadOnlyList<ModelReference> models, IReadOnlyList<DataUnit> units)
    {
        Dictionary<int, (PictureTrack Track, long Last)> last = tracks.ToDictionary(t => t.Id, t => (t, -1L));
        HashSet<int> modelIndexes = [.. models.Select(m => m.Index)];
        HashSet<(int Track, long Number, int Layer, int Tile)> seen = [];
        foreach (DataUnit unit in units)
        {
            if (!last.TryGetValue(unit.Track, out (PictureTrack Track, long Last) state))
            {
                return $"a unit belongs to track {unit.Track}, which does not exist";
            }

            if (NeedsModel(unit.Coder) && !modelIndexes.Contains(state.Track.Model))
            {
                return $"track {unit.Track} is coded with {unit.Coder} and model {state.Track.Model}, which does not exist";
            }

            if (unit.Number < state.Last)
            {
                return $"unit {unit.Number} of track {unit.Track} follows unit {state.Last}";
            }

            if (!seen.Add((unit.Track, unit.Number, unit.Layer, unit.Tile ?? -1)))
            {
                return $"unit {unit.Number} of track {unit.Track} (layer {unit.Layer}) comes twice";
            }

            last[unit.Track] = (state.Track, unit.Number);
        }

        foreach ((int id, (PictureTrack _, long number)) in last)
        {
            if (number < 0)
            {
                return $"track {id} has no unit";
            }
        }

        return null;
    }
}
