namespace Codecs.Formats.Container;

/// <summary>The order of units: numbers do not descend within a track, and track, number, layer and tile name a unit once.</summary>
internal sealed class UnitSequence
{
    private readonly Dictionary<int, Place> _places = [];

    /// <summary>True when the track has had a unit.</summary>
    public bool Has(int track) => _places.ContainsKey(track);

    /// <summary>Takes the next unit.</summary>
    /// <returns>What is wrong, or null; a unit with a fault does not count.</returns>
    public string? Add(DataUnit unit)
    {
        (int, int) part = (unit.Layer, unit.Tile ?? -1);
        if (!_places.TryGetValue(unit.Track, out Place? place))
        {
            _places.Add(unit.Track, new Place(unit.Number, part));
            return null;
        }

        if (unit.Number < place.Number)
        {
            return $"unit {unit.Number} of track {unit.Track} follows unit {place.Number}";
        }

        return place.Add(unit.Number, part) ? null : $"unit {unit.Number} of track {unit.Track} (layer {unit.Layer}) comes twice";
    }

    // The parts seen of the current number; those of earlier numbers cannot come again, so memory stays small in endless streams.
    private sealed class Place(long number, (int Layer, int Tile) first)
    {
        private HashSet<(int Layer, int Tile)>? _more;
        private (int Layer, int Tile) _first = first;

        public long Number { get; private set; } = number;

        public bool Add(long number, (int Layer, int Tile) part)
        {
            if (number != Number)
            {
                Number = number;
                _first = part;
                _more?.Clear();
                return true;
            }

            return part != _first && (_more ??= []).Add(part);
        }
    }
}
