using System.Buffers.Binary;
using Codecs.Formats.Container;

namespace Codecs.Audio;

/// <summary>What the content check of a unit covers besides its symbols: the track, the weights' fingerprint, the unit's number.</summary>
internal static class UnitContext
{
    // The number of samples in the track is the header's, 0 for a stream; the true one is in the last unit.
    internal static byte[] Of(Track track, byte rate, Fingerprint entropy, long number)
    {
        byte[] shape = track.ContentContext(rate), context = new byte[shape.Length + Fingerprint.Length + sizeof(long)];
        shape.CopyTo(context, 0);
        entropy.CopyTo(context.AsSpan(shape.Length));
        BinaryPrimitives.WriteInt64LittleEndian(context.AsSpan(shape.Length + Fingerprint.Length), number);
        return context;
    }
}
