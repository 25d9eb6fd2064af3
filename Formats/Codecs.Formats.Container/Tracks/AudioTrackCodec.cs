using System.Buffers;
using System.Buffers.Binary;

namespace Codecs.Formats.Container;

/// <summary>The audio fields of TRAK.</summary>
internal static class AudioTrackCodec
{
    /// <summary>Reads the fields after the kind.</summary>
    public static AudioTrack Read(ref ByteCursor cursor, int id, NcfLimits limits)
    {
        int rate = cursor.ReadInt32("sample rate", UnitCodec.MaxId);
        long at = cursor.Offset;
        ulong channels = cursor.ReadVarint("channels");
        limits.CheckChannels("TRAK", at, channels);
        long samples = (long)cursor.ReadVarint("samples");
        byte layout = cursor.ReadOptionalByte("channel layout");
        int preSkip = cursor.ReadOptionalInt32("pre-skip", UnitCodec.MaxId);
        short gain = cursor.Remaining > 0 ? BinaryPrimitives.ReadInt16LittleEndian(cursor.ReadBytes(sizeof(short), "gain")) : (short)0;
        return new AudioTrack
        {
            Id = id,
            SampleRate = rate,
            Channels = (int)channels,
            Samples = samples,
            ChannelLayout = layout,
            PreSkip = preSkip,
            Gain = gain,
            PreRoll = cursor.ReadOptionalInt32("pre-roll", UnitCodec.MaxId),
            Model = cursor.ReadOptionalInt32("model", UnitCodec.MaxId),
            UnitTicks = cursor.ReadOptionalInt64("ticks of a unit"),
        };
    }

    /// <summary>Writes the fields after the kind.</summary>
    public static void Write(IBufferWriter<byte> output, AudioTrack track)
    {
        Throw.IfNotIn(track.SampleRate, 0, UnitCodec.MaxId, "sample rate");
        Throw.IfNotIn(track.Channels, 1, NcfLimits.Hard.MaxChannels, "channels");
        Throw.IfNotIn(track.Samples, 0, (long)Varint.MaxValue, "samples");
        Throw.IfNotIn(track.PreSkip, 0, UnitCodec.MaxId, "pre-skip");
        Throw.IfNotIn(track.PreRoll, 0, UnitCodec.MaxId, "pre-roll");

        Varint.Write(output, (ulong)track.SampleRate);
        Varint.Write(output, (ulong)track.Channels);
        Varint.Write(output, (ulong)track.Samples);
        Span<byte> gain = stackalloc byte[sizeof(short)];
        BinaryPrimitives.WriteInt16LittleEndian(gain, track.Gain);
        new OptionalFields().Byte(track.ChannelLayout).Varint(track.PreSkip).Bytes(gain, track.Gain == 0)
            .Varint(track.PreRoll).Varint(track.Model).Varint(track.UnitTicks).WriteTo(output);
    }
}
