using Codecs.Formats.Container;

namespace Codecs.Video.Decoding;

/// <summary>Reads the units of the pictures chunk by chunk: a key group and all groups up to the next one. Other tracks are passed over.</summary>
internal sealed class ChunkReader(NcfStreamReader reader, VideoFile file, IClipCodec codec, bool recover)
{
    private const int MostMissing = 216_000; // an hour at 60 frames a second: damaged numbers must not fill days with frozen frames
    private readonly PictureTrack _track = file.Track;
    private CodedGroup? _ahead;
    private long _next = -1;
    private long _lastTick = -1;
    private int _index;
    private CodecException? _fault;

    /// <summary>What was missing or damaged, for the user.</summary>
    internal List<string> Losses { get; } = [];

    /// <summary>Forgets where it was, because the stream was moved.</summary>
    internal void Restart() => (_ahead, _next, _lastTick, _index, _fault) = (null, -1, -1, 0, null);

    /// <summary>The groups of the next chunk; one that has lost its start begins with another group than a key group.</summary>
    /// <returns>The chunk; null at the end.</returns>
    /// <exception cref="InvalidBitstreamException">The file is damaged or cut; not when recovering.</exception>
    internal List<CodedGroup>? Read()
    {
        var chunk = new List<CodedGroup>();
        try
        {
            Read(_fault is null ? chunk : throw _fault);
        }
        catch (CodecException fault) when (chunk.Count > 0)
        {
            // What was read before is good; the damage is told by the next call.
            _fault = fault;
        }

        return chunk.Count > 0 ? chunk : null;
    }

    private void Read(List<CodedGroup> chunk)
    {
        while ((_ahead ??= ReadGroup()) is { } group && !(group.IsKey && chunk.Count > 0))
        {
            if (_next >= 0 && group.FirstFrame != _next && FillGap(chunk, group))
            {
                _ahead = null;
                continue;
            }

            chunk.Add(group);
            (_ahead, _next, _lastTick) = (null, group.FirstFrame + group.Ticks.Length, group.Ticks[^1]);
        }

        // Frames that are lost before the next key group belong to this chunk.
        if (_ahead is { } key && chunk.Count > 0 && key.FirstFrame != _next)
        {
            FillGap(chunk, key);
        }
    }

    // True when the group itself must be left out: only one that needs others can be.
    private bool FillGap(List<CodedGroup> chunk, CodedGroup after)
    {
        long missing = after.FirstFrame - _next;
        if (!recover)
        {
            throw new InvalidBitstreamException($"A group begins with frame {after.FirstFrame}, expected frame {_next}", after.Unit!.Offset);
        }

        if (missing < 0 || after.Ticks[0] <= _lastTick)
        {
            Losses.Add($"The group of frame {after.FirstFrame} contradicts those before it and is left out.");
            return !after.IsKey;
        }

        Losses.Add($"Frames {_next} to {after.FirstFrame - 1} are lost; the last frame before them stays.");
        if (missing <= MostMissing)
        {
            chunk.Add(new CodedGroup(Unit: null, _next, Spread((int)missing, after.Ticks[0])));
        }

        (_next, _lastTick) = (after.FirstFrame, after.Ticks[0] - 1);
        return false;
    }

    // Evenly, and only as many as there are ticks for.
    private long[] Spread(int missing, long until) =>
        [.. Enumerable.Range(1, missing).Select(i => _lastTick + (long)((Int128)(until - _lastTick) * i / (missing + 1))).Where(t => t > _lastTick).Distinct()];

    private CodedGroup? ReadGroup()
    {
        while (reader.ReadUnit() is { } unit)
        {
            if (unit.Track != _track.Id)
            {
                continue;
            }

            _index = unit.IsRandomAccessPoint ? 0 : Math.Min(_index + 1, int.MaxValue - 1);
            if (Parse(unit) is { } group)
            {
                return group;
            }
        }

        return null;
    }

    private CodedGroup? Parse(DataUnit unit)
    {
        if (unit.Coder != codec.Coder)
        {
            throw new UnsupportedBitstreamException($"The video is coded with {unit.Coder}; its model uses {codec.Coder}.");
        }

        try
        {
            long[] ticks = GroupTimes.Decode(unit.Payloads[0].Span, _track.TickOf(unit), _track.UnitTicks, codec.FramesOfGroup(_index), unit.Offset);
            return unit.Payloads.Count > 1
                ? new CodedGroup(unit.Copy(), unit.Number, ticks)
                : throw new InvalidBitstreamException($"The group of frame {unit.Number} has no coded pictures", unit.Offset);
        }
        catch (InvalidBitstreamException e) when (recover)
        {
            Losses.Add($"The group of frame {unit.Number} is damaged: {e.Message}");
            return null;
        }
    }
}
