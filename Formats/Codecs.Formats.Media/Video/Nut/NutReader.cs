using static Codecs.Formats.Media.NutFormat;

namespace Codecs.Formats.Media;

/// <summary>Reads the frames of a NUT stream that ffmpeg makes of one uncompressed video track.</summary>
/// <remarks>Whoever else wrote such a stream gets an <see cref="InvalidBitstreamException"/> for what ffmpeg does not use.</remarks>
internal sealed class NutReader
{
    private const int MaxPacket = 1 << 20;

    private readonly NutInput _input;
    private readonly FrameCode[] _codes = new FrameCode[256];
    private byte[][] _elided = [[]];
    private (long Numerator, long Denominator)[] _timeBases = [];
    private int _timeBase;
    private int _shift;
    private long _last;
    private long _size;
    private int _prefix;

    /// <summary>Reads the headers.</summary>
    /// <param name="stream">What ffmpeg writes.</param>
    public NutReader(Stream stream)
    {
        _input = new NutInput(stream);
        Span<byte> id = stackalloc byte[FileId.Length];
        _input.Bytes(id);
        if (!id.SequenceEqual(FileId))
        {
            throw new InvalidBitstreamException("The stream of frames does not begin as NUT does.");
        }
    }

    /// <summary>Seconds of a tick, as a fraction; known after the first <see cref="TryNext"/>.</summary>
    public (long Numerator, long Denominator) TimeBase => _timeBases.Length > 0 ? _timeBases[_timeBase] : (0, 1);

    /// <summary>Goes to the next frame, whose bytes <see cref="ReadFrame"/> reads.</summary>
    /// <param name="time">When it is shown, in ticks.</param>
    /// <param name="size">Its bytes.</param>
    /// <returns>False at the end.</returns>
    public bool TryNext(out long time, out long size)
    {
        (time, size) = (0, 0);
        while (!_input.AtEnd)
        {
            byte first = _input.Byte();
            if (first != StartByte)
            {
                ReadFrameHeader(first);
                (time, size) = (_last, _size);
                return true;
            }

            ulong start = first;
            for (int i = 0; i < 7; i++)
            {
                start = (start << 8) | _input.Byte();
            }

            ReadPacket(start);
        }

        return false;
    }

    /// <summary>Reads the next bytes of the frame.</summary>
    /// <param name="destination">Must take no more than are left.</param>
    public void ReadFrame(Span<byte> destination)
    {
        ReadOnlySpan<byte> prefix = _elided[_prefix].AsSpan();
        if (!prefix.IsEmpty)
        {
            if (prefix.Length > destination.Length)
            {
                throw new InvalidBitstreamException("A frame in the stream begins with more than it has.");
            }

            prefix.CopyTo(destination);
            destination = destination[prefix.Length..];
            _prefix = 0;
        }

        _input.Bytes(destination);
    }

    private void ReadPacket(ulong start)
    {
        long length = _input.Number();
        if (length > LongPacket)
        {
            _input.Skip(sizeof(uint));
        }

        if (length is < sizeof(uint) or > MaxPacket)
        {
            throw new InvalidBitstreamException($"A packet of the stream of frames has {length} bytes.");
        }

        byte[] body = new byte[length];
        _input.Bytes(body);
        var fields = new NutInput(new MemoryStream(body));
        switch (start)
        {
            case MainStart:
                ReadMainHeader(fields);
                break;
            case StreamStart:
                ReadStreamHeader(fields);
                break;
            case SyncStart:
                ReadSync(fields);
                break;
        }
    }

    private void ReadMainHeader(NutInput fields)
    {
        if (fields.Number() > 3)
        {
            _ = fields.Number();
        }

        _ = fields.Number();
        _ = fields.Number();
        _timeBases = new (long, long)[Count(fields, 256)];
        foreach (ref (long, long) timeBase in _timeBases.AsSpan())
        {
            timeBase = (fields.Number(), fields.Number());
        }

        ReadFrameCodes(fields);
        _elided = new byte[1 + Count(fields, 128)][];
        _elided[0] = [];
        for (int i = 1; i < _elided.Length; i++)
        {
            _elided[i] = new byte[Count(fields, 256)];
            fields.Bytes(_elided[i]);
        }
    }

    private void ReadFrameCodes(NutInput fields)
    {
        long time = 0, multiplier = 1, prefix = 0;
        for (int i = 0; i < 256;)
        {
            var flags = (FrameFlags)fields.Number();
            long present = fields.Number();
            time = present > 0 ? fields.Signed() : time;
            multiplier = present > 1 ? fields.Number() : multiplier;
            _ = present > 2 ? fields.Number() : 0;
            long size = present > 3 ? fields.Number() : 0;
            long reserved = present > 4 ? fields.Number() : 0;
            long count = present > 5 ? fields.Number() : multiplier - size;
            _ = present > 6 ? fields.Signed() : 0;
            prefix = present > 7 ? fields.Number() : prefix;
            for (long j = 8; j < present; j++)
            {
                _ = fields.Number();
            }

            if (count is < 1 or > 256)
            {
                throw new InvalidBitstreamException("The table of frame codes is damaged.");
            }

            for (long j = 0; j < count && i < 256; i++)
            {
                bool isStart = i == StartByte;
                _codes[i] = isStart ? new FrameCode(FrameFlags.Invalid, 0, 1, 0, 0, 0) : new FrameCode(flags, time, multiplier, size + j, reserved, prefix);
                j += isStart ? 0 : 1;
            }
        }
    }

    private void ReadStreamHeader(NutInput fields)
    {
        if (fields.Number() != 0)
        {
            throw new InvalidBitstreamException("The stream of frames has several tracks.");
        }

        _ = fields.Number();
        fields.Skip(Count(fields, MaxPacket));
        _timeBase = Count(fields, _timeBases.Length - 1);
        _shift = Count(fields, 30);
    }

    /// <summary>A point at which the clock is set.</summary>
    private void ReadSync(NutInput fields)
    {
        long coded = fields.Number();
        int bases = Math.Max(_timeBases.Length, 1);
        (long numerator, long denominator) = _timeBases.Length > 0 ? _timeBases[coded % bases] : (0, 1);
        Int128 seconds = (Int128)(coded / bases) * numerator;
        Int128 divisor = (Int128)denominator * TimeBase.Numerator;
        _last = divisor > 0 ? (long)(seconds * TimeBase.Denominator / divisor) : 0;
    }

    private void ReadFrameHeader(byte code)
    {
        FrameCode known = _codes[code];
        FrameFlags flags = known.Flags;
        if (flags.HasFlag(FrameFlags.Coded))
        {
            flags ^= (FrameFlags)_input.Number();
        }

        if (flags.HasFlag(FrameFlags.Invalid) || flags.HasFlag(FrameFlags.SideData) || known.Multiplier == 0)
        {
            throw new InvalidBitstreamException("The stream of frames is damaged.");
        }

        _ = flags.HasFlag(FrameFlags.StreamId) ? _input.Number() : 0;
        _last = flags.HasFlag(FrameFlags.CodedTime) ? FullTime(_input.Number()) : _last + known.TimeStep;
        long high = flags.HasFlag(FrameFlags.SizeMsb) ? _input.Number() : 0;
        _ = flags.HasFlag(FrameFlags.MatchTime) ? _input.Signed() : 0;
        long prefix = flags.HasFlag(FrameFlags.HeaderIndex) ? _input.Number() : known.Prefix;
        long reserved = flags.HasFlag(FrameFlags.Reserved) ? _input.Number() : known.Reserved;
        for (; reserved > 0; reserved--)
        {
            _ = _input.Number();
        }

        _input.Skip(flags.HasFlag(FrameFlags.Checksum) ? sizeof(uint) : 0);
        // The largest size fits three times over, so that products of hostile numbers do not wrap.
        if (high > long.MaxValue / 4 / known.Multiplier || prefix >= _elided.Length)
        {
            throw new InvalidBitstreamException("The stream of frames is damaged.");
        }

        (_size, _prefix) = (known.SizeLow + (high * known.Multiplier), (int)prefix);
    }

    /// <summary>A time is coded by its low bits, relative to the last one, or in full.</summary>
    private long FullTime(long coded)
    {
        long range = 1L << _shift;
        if (coded >= range)
        {
            return coded - range;
        }

        long floor = _last - ((range - 1) / 2);
        return ((coded - floor) & (range - 1)) + floor;
    }

    private static int Count(NutInput fields, long max) => fields.Number() is var count && count <= max
        ? (int)count
        : throw new InvalidBitstreamException($"The stream of frames has a count of {count} where {max} is the most.");

    /// <summary>What a frame's first byte stands for.</summary>
    private readonly record struct FrameCode(FrameFlags Flags, long TimeStep, long Multiplier, long SizeLow, long Reserved, long Prefix);
}
