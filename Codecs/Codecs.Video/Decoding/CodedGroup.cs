using Codecs.Formats.Container;

namespace Codecs.Video.Decoding;

/// <summary>A group as it stands in a file, or the frames of lost ones.</summary>
/// <param name="Unit">Its unit, with payloads of its own; null when it is lost.</param>
/// <param name="FirstFrame">Number of its first frame.</param>
/// <param name="Ticks">When its frames are shown.</param>
internal sealed record CodedGroup(DataUnit? Unit, long FirstFrame, long[] Ticks)
{
    /// <summary>What the codec gets: all payloads but the times of the frames.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> Payloads => [.. Unit!.Payloads.Skip(1)];

    /// <summary>It needs no other group.</summary>
    internal bool IsKey => Unit?.IsRandomAccessPoint == true;
}
