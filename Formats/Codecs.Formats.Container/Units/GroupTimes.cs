using System.Buffers;

namespace Codecs.Formats.Container;

/// <summary>The first payload of a unit that holds several frames: how many, and when each is shown.</summary>
/// <remarks>docs/bitstream.md, section 4, DATA. Frames that follow each other at the track's ticks per unit need only their number.</remarks>
public static class GroupTimes
{
    /// <summary>Writes the payload.</summary>
    /// <param name="ticks">When each frame is shown, in ticks of the file's clock, ascending; at least one.</param>
    /// <param name="unitTicks">The track's ticks per unit, here of a frame; 0 when they differ.</param>
    public static byte[] Encode(ReadOnlySpan<long> ticks, long unitTicks)
    {
        ArgumentOutOfRangeException.ThrowIfZero(ticks.Length, nameof(ticks));
        ArrayBufferWriter<byte> output = new();
        Varint.Write(output, (ulong)ticks.Length);
        if (!IsEven(ticks, unitTicks))
        {
            for (int i = 1; i < ticks.Length; i++)
            {
                ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ticks[i], ticks[i - 1], nameof(ticks));
                Varint.Write(output, (ulong)(ticks[i] - ticks[i - 1]));
            }
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads the payload.</summary>
    /// <param name="payload">The unit's first payload.</param>
    /// <param name="start">When the unit begins: the time of its first frame.</param>
    /// <param name="unitTicks">The track's ticks per unit.</param>
    /// <param name="mostFrames">More are refused before anything is allocated.</param>
    /// <param name="offset">Where the unit is, for messages.</param>
    /// <returns>When each frame is shown.</returns>
    /// <exception cref="InvalidBitstreamException">The payload is damaged.</exception>
    public static long[] Decode(ReadOnlySpan<byte> payload, long start, long unitTicks, int mostFrames, long offset)
    {
        ByteCursor cursor = new(payload, offset, "DATA");
        ulong count = cursor.ReadVarint("number of frames");
        if (count == 0 || count > (ulong)mostFrames)
        {
            throw new InvalidBitstreamException($"A unit holds {count} frames, expected 1 to {mostFrames}", offset);
        }

        long[] ticks = new long[(int)count];
        ticks[0] = start;
        bool isEven = cursor.Remaining == 0;
        for (int i = 1; i < ticks.Length; i++)
        {
            long step = isEven ? unitTicks : (long)cursor.ReadVarint("ticks to the next frame");
            if (step <= 0 || step > (long)Varint.MaxValue - ticks[i - 1])
            {
                throw new InvalidBitstreamException($"Frame {i} of a unit follows {step} ticks after the one before, expected at least 1", offset);
            }

            ticks[i] = ticks[i - 1] + step;
        }

        return cursor.Remaining == 0 ? ticks : throw new InvalidBitstreamException($"{cursor.Remaining} bytes follow the times of a unit's frames", offset);
    }

    private static bool IsEven(ReadOnlySpan<long> ticks, long unitTicks)
    {
        for (int i = 1; i < ticks.Length; i++)
        {
            if (ticks[i] - ticks[i - 1] != unitTicks || unitTicks == 0)
            {
                return false;
            }
        }

        return true;
    }
}
