using Codecs.Formats.Container;

namespace Codecs.Audio;

/// <summary>Reads the units of all tracks side by side; damaged and missing ones become silence when that is wished.</summary>
internal sealed class UnitReader(NcfStreamReader reader, SoundFile file, ISoundCodec codec, bool recover)
{
    private const int MostMissing = 600; // an hour in all: damaged numbers must not fill days with silence
    private int _missing;
    private DataUnit? _ahead;
    private bool _over;

    /// <summary>Number of the next units.</summary>
    internal long Next { get; private set; }

    /// <summary>What was missing or damaged, for the user.</summary>
    internal List<string> Losses { get; } = [];

    /// <summary>Goes on at a unit after the stream was moved.</summary>
    internal void Restart(long number) => (Next, _ahead, _over) = (number, null, false);

    /// <summary>The next unit of every track; null at the end.</summary>
    internal SoundUnit[]? Read()
    {
        if (_over)
        {
            return null;
        }

        var units = new SoundUnit?[file.Tracks.Length];
        while (Peek() is { } unit && unit.Number <= Next)
        {
            _ahead = null;
            int track = Array.FindIndex(file.Tracks, t => t.Id == unit.Track);
            if (unit.Number < Next)
            {
                continue;
            }

            units[track] = Decode(unit, file.Tracks[track]) ?? units[track];
        }

        long? following = Peek()?.Number;
        SoundUnit? any = Array.Find(units, u => u is not null);
        if (any is null && (following is null || following - Next > MostMissing || ++_missing > MostMissing))
        {
            _over = true;
            return null;
        }

        for (int p = 0; p < units.Length; p++)
        {
            units[p] ??= Missing(p, any);
        }

        Next++;
        _over = any?.TotalSamples is not null;
        return units!;
    }

    // Beside a video the pictures' units stand between those of the sound.
    private DataUnit? Peek()
    {
        while (_ahead is null && reader.ReadUnit() is { } unit)
        {
            _ahead = Array.Exists(file.Tracks, t => t.Id == unit.Track) ? unit.Copy() : null;
        }

        return _ahead;
    }

    private SoundUnit? Decode(DataUnit unit, AudioTrack track)
    {
        try
        {
            return codec.Decode(unit, track);
        }
        catch (InvalidBitstreamException e) when (recover)
        {
            Losses.Add($"Unit {unit.Number} of track {track.Id} is damaged and replaced by silence: {e.Message}");
            return null;
        }
    }

    private SoundUnit Missing(int pair, SoundUnit? other)
    {
        if (!recover)
        {
            throw new InvalidBitstreamException($"Unit {Next} of track {file.Tracks[pair].Id} is missing");
        }

        Losses.Add($"Unit {Next} of track {file.Tracks[pair].Id} is missing and replaced by silence.");
        int frames = other is null ? codec.Shape.UnitFrames : other.Values.Length / codec.Shape.FrameValues;
        return codec.Silence(frames, other?.Rate ?? 0, other?.TotalSamples);
    }
}
