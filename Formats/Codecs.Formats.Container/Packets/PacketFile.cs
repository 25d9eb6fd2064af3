using System.Buffers;
using System.Buffers.Binary;

namespace Codecs.Formats.Container;

/// <summary>Packets in a file (<c>.ncp</c>): what a receiver wrote down, or what a sender is going to send. Each has its length in two bytes before it.</summary>
public static class PacketFile
{
    /// <summary>Longest packet.</summary>
    public const int MaxPacketBytes = 1500;

    /// <summary>Bytes of a file that <see cref="IsPacketFile"/> looks at.</summary>
    public const int SignatureBytes = 5;

    // Bytes that may be checked in vain for each byte of a file: some 0.1 in damaged files, hundreds in files made to waste time.
    private const long Patience = 8;
    private const int LengthBytes = sizeof(ushort);

    private static ReadOnlySpan<byte> Signature => [NcfConstants.Magic, (byte)'N', (byte)'C', (byte)'P', 1];

    /// <summary>True for the first bytes of a packet file.</summary>
    public static bool IsPacketFile(ReadOnlySpan<byte> start) => start.StartsWith(Signature);

    /// <summary>Writes packets one after another.</summary>
    /// <param name="packets">Each 1..<see cref="MaxPacketBytes"/> bytes.</param>
    /// <exception cref="ArgumentException">A packet is empty or too long.</exception>
    public static byte[] Write(IEnumerable<ReadOnlyMemory<byte>> packets)
    {
        ArgumentNullException.ThrowIfNull(packets);
        var file = new ArrayBufferWriter<byte>();
        file.Write(Signature);
        foreach (ReadOnlyMemory<byte> packet in packets)
        {
            Throw.IfNotIn(packet.Length, 1, MaxPacketBytes, nameof(packets));
            BinaryPrimitives.WriteUInt16LittleEndian(file.GetSpan(LengthBytes), (ushort)packet.Length);
            file.Advance(LengthBytes);
            file.Write(packet.Span);
        }

        return file.WrittenSpan.ToArray();
    }

    /// <summary>The packets of a file that is whole, without looking into them.</summary>
    /// <exception cref="InvalidBitstreamException">The file is no packet file, or a length does not fit it.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> file)
    {
        var packets = new List<ReadOnlyMemory<byte>>();
        for (int at = Start(file.Span); at < file.Length;)
        {
            int length = LengthAt(file.Span, at);
            if (length < 1)
            {
                throw new InvalidBitstreamException("A packet's length does not fit the file", at);
            }

            packets.Add(file.Slice(at + LengthBytes, length));
            at += LengthBytes + length;
        }

        return packets;
    }

    /// <summary>The undamaged packets of a file, wherever they are: bytes that are no packet are passed over.</summary>
    /// <param name="file">The bytes.</param>
    /// <param name="weights">Fingerprint of the weights that the reader has.</param>
    /// <exception cref="InvalidBitstreamException">The file is no packet file.</exception>
    public static PacketFileContents Read(ReadOnlyMemory<byte> file, Fingerprint weights)
    {
        var packets = new List<(int, IndexPacket)>();
        var gaps = new List<(int, int)>();
        int gap = Start(file.Span);
        long patience = (Patience * file.Length) + MaxPacketBytes;
        for (int at = gap; at < file.Length;)
        {
            int length = patience > 0 ? LengthAt(file.Span, at) : 0;
            if (length > 0 && IndexPacket.TryRead(file.Slice(at + LengthBytes, length), weights, out IndexPacket? packet))
            {
                Close(at);
                packets.Add((at + LengthBytes, packet));
                at += LengthBytes + length;
                gap = at;
            }
            else
            {
                patience -= length;
                at++;
            }
        }

        Close(file.Length);
        return new PacketFileContents(packets, gaps);

        void Close(int end)
        {
            if (end > gap)
            {
                gaps.Add((gap, end - gap));
            }
        }
    }

    private static int Start(ReadOnlySpan<byte> file) => IsPacketFile(file)
        ? Signature.Length
        : throw new InvalidBitstreamException("The bytes do not begin like a file of packets", 0);

    // 0 where none can be.
    private static int LengthAt(ReadOnlySpan<byte> file, int at)
    {
        if (file.Length - at <= LengthBytes)
        {
            return 0;
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(file[at..]);
        return length <= MaxPacketBytes && length <= file.Length - at - LengthBytes ? length : 0;
    }
}
