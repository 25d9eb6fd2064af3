using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Codecs.Formats.Container;

/// <summary>One packet of a picture that is sent over a channel that loses packets: it can be read without any other.</summary>
/// <remarks>
/// Twelve bytes of header, then indices in a fixed number of bits (docs/bitstream.md, 10). The CRC covers header, payload and the fingerprint of the weights that
/// make a picture of the indices, so a packet of other weights is not taken for one of these.
/// </remarks>
public sealed class IndexPacket
{
    /// <summary>First byte of a packet with indices; another value is another version.</summary>
    public const byte DataMagic = 0x9D;

    /// <summary>First byte of a packet with parity.</summary>
    public const byte ParityMagic = 0x9C;

    /// <summary>Bytes of a packet's header.</summary>
    public const int HeaderBytes = 12;

    /// <summary>Most data packets of a picture.</summary>
    public const int MaxCount = 1 << 12;

    /// <summary>Most parity packets of a picture.</summary>
    public const int MaxParity = byte.MaxValue;

    private const int ChecksumOffset = HeaderBytes - sizeof(ushort);

    private IndexPacket(PacketShape shape, byte picture, int number, int count, int parity, ReadOnlyMemory<byte> payload) =>
        (Shape, Picture, Number, Count, Parity, Payload) = (shape, picture, number, count, parity, payload);

    /// <summary>The picture's shape.</summary>
    public PacketShape Shape { get; }

    /// <summary>Number of the picture, modulo 256, for channels that carry several.</summary>
    public byte Picture { get; }

    /// <summary>Number of this packet: 0 .. Count - 1 carry indices, Count .. Count + Parity - 1 parity.</summary>
    public int Number { get; }

    /// <summary>Data packets of the picture.</summary>
    public int Count { get; }

    /// <summary>Parity packets of the picture.</summary>
    public int Parity { get; }

    /// <summary>True for a packet with parity.</summary>
    public bool IsParity => Number >= Count;

    /// <summary>The indices, or the parity.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Writes a packet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, or there is no payload or one too long for <see cref="PacketFile.MaxPacketBytes"/>.</exception>
    public static byte[] Write(PacketShape shape, byte picture, int number, int count, int parity, ReadOnlySpan<byte> payload, Fingerprint weights)
    {
        shape.Check();
        Throw.IfNotIn(count, 1, MaxCount, nameof(count));
        Throw.IfNotIn(parity, 0, MaxParity, nameof(parity));
        Throw.IfNotIn(number, 0, count + parity - 1, nameof(number));
        Throw.IfNotIn(payload.Length, 1, PacketFile.MaxPacketBytes - HeaderBytes, nameof(payload));
        bool isParity = number >= count;
        byte[] packet = new byte[HeaderBytes + payload.Length];
        packet[0] = isParity ? ParityMagic : DataMagic;
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(1), shape.Pack());
        packet[5] = picture;

        // Parity packets count from 0 again: with the data packets before them their numbers may need more than 12 bits.
        uint numbers = (uint)(isParity ? number - count : number) | ((uint)(count - 1) << 12);
        BinaryPrimitives.WriteUInt16LittleEndian(packet.AsSpan(6), (ushort)numbers);
        packet[8] = (byte)(numbers >> 16);
        packet[9] = (byte)parity;
        payload.CopyTo(packet.AsSpan(HeaderBytes));
        BinaryPrimitives.WriteUInt16LittleEndian(packet.AsSpan(ChecksumOffset), Checksum(packet, weights));
        return packet;
    }

    /// <summary>Reads a packet.</summary>
    /// <param name="packet">All its bytes.</param>
    /// <param name="weights">Fingerprint of the weights that the reader has.</param>
    /// <param name="result">The packet; null unless it is one, undamaged and of these weights.</param>
    public static bool TryRead(ReadOnlyMemory<byte> packet, Fingerprint weights, [NotNullWhen(true)] out IndexPacket? result)
    {
        result = null;
        ReadOnlySpan<byte> bytes = packet.Span;
        if (bytes.Length is <= HeaderBytes or > PacketFile.MaxPacketBytes || bytes[0] is not (DataMagic or ParityMagic) ||
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[ChecksumOffset..]) != Checksum(bytes, weights))
        {
            return false;
        }

        bool isParity = bytes[0] == ParityMagic;
        uint numbers = BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]) | ((uint)bytes[8] << 16);
        int number = (int)(numbers & 0xFFF), count = (int)(numbers >> 12) + 1, parity = bytes[9];
        if (number >= (isParity ? parity : count))
        {
            return false;
        }

        var shape = PacketShape.Unpack(BinaryPrimitives.ReadUInt32LittleEndian(bytes[1..]));
        result = new IndexPacket(shape, bytes[5], isParity ? count + number : number, count, parity, packet[HeaderBytes..]);
        return true;
    }

    private static ushort Checksum(ReadOnlySpan<byte> packet, Fingerprint weights)
    {
        Span<byte> fingerprint = stackalloc byte[Fingerprint.Length];
        weights.CopyTo(fingerprint);
        return Crc16.Append(Crc16.Append(Crc16.Compute(fingerprint), packet[..ChecksumOffset]), packet[HeaderBytes..]);
    }
}
