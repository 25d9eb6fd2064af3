namespace Codecs.Formats.Container;

/// <summary>What is left of a packet file.</summary>
/// <param name="Packets">The undamaged packets in the order of the file, each with the offset of its first byte.</param>
/// <param name="Gaps">Runs of bytes that belong to no undamaged packet.</param>
public sealed record PacketFileContents(IReadOnlyList<(int Offset, IndexPacket Packet)> Packets, IReadOnlyList<(int Offset, int Length)> Gaps);
