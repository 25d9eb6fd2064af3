using Codecs.Formats.Container;
using CsCheck;

namespace Codecs.Formats.Tests.Container.Packets;

public class PacketFileTests
{
    private const int Packets = 5, First = PacketFile.SignatureBytes + 2, Step = 2 + IndexPacket.HeaderBytes + 40;

    [Fact]
    public void PacketsComeBackWhateverTheyAre()
    {
        Gen.Byte.Array[1, 200].Array[0, 8].Sample(
            packets =>
            {
                byte[] file = PacketFile.Write(packets.Select(p => (ReadOnlyMemory<byte>)p));

                Assert.True(PacketFile.IsPacketFile(file.AsSpan(0, PacketFile.SignatureBytes)));
                Assert.Equal(packets, PacketFile.Split(file).Select(p => p.ToArray()));
            },
            iter: 300);
    }

    [Fact]
    public void ReadingTellsWhereThePacketsAre()
    {
        PacketFileContents contents = Read(SamplePackets.File(Packets));

        Assert.Equal(Enumerable.Range(0, Packets).Select(n => (First + (n * Step), n)), contents.Packets.Select(p => (p.Offset, p.Packet.Number)));
        Assert.Empty(contents.Gaps);
    }

    [Fact]
    public void AnyDamagedByteCostsThePacketItIsInAndNoOther()
    {
        byte[] file = SamplePackets.File(Packets);
        for (int i = PacketFile.SignatureBytes; i < file.Length; i++)
        {
            foreach (byte change in (byte[])[0x01, 0x10, 0x80, 0xff])
            {
                byte[] damaged = [.. file];
                damaged[i] ^= change;
                PacketFileContents contents = Read(damaged);
                int hit = (i - PacketFile.SignatureBytes) / Step;
                Assert.Equal(Enumerable.Range(0, Packets).Where(n => n != hit), contents.Packets.Select(p => p.Packet.Number));
                Assert.Equal([(PacketFile.SignatureBytes + (hit * Step), Step)], contents.Gaps);
            }
        }
    }

    [Fact]
    public void BytesPutInOrTakenOutAreGotOver()
    {
        byte[] file = SamplePackets.File(Packets);
        int second = First + Step;

        Assert.Equal([0, 1, 2, 3, 4], Numbers([.. file[..(second - 2)], 1, 2, 3, .. file[(second - 2)..]]));
        Assert.Equal([0, 2, 3, 4], Numbers([.. file[..(second + 9)], .. file[(second + 12)..]]));
        Assert.Equal([0, 1, 2, 3, 4], Numbers([.. file, 9]));
    }

    [Fact]
    public void EveryTruncationLeavesThePacketsThatAreWhole()
    {
        byte[] file = SamplePackets.File(Packets);
        for (int length = PacketFile.SignatureBytes; length <= file.Length; length++)
        {
            Assert.Equal(Enumerable.Range(0, (length - PacketFile.SignatureBytes) / Step), Numbers(file[..length]));
        }
    }

    [Fact]
    public void OtherFilesAreRefused()
    {
        byte[] file = SamplePackets.File(1);
        for (int i = 0; i < PacketFile.SignatureBytes; i++)
        {
            byte[] other = [.. file];
            other[i] ^= 1;
            Assert.False(PacketFile.IsPacketFile(other));
            Assert.Throws<InvalidBitstreamException>(() => Read(other));
            Assert.Throws<InvalidBitstreamException>(() => PacketFile.Split(other));
            Assert.Throws<InvalidBitstreamException>(() => Read(file[..i]));
        }
    }

    [Fact]
    public void SplittingRefusesLengthsThatDoNotFit()
    {
        byte[] file = SamplePackets.File(2);

        Assert.Equal(First + Step - 2, Assert.Throws<InvalidBitstreamException>(() => PacketFile.Split(file.AsMemory(0, file.Length - 1))).Offset);
        Assert.Throws<InvalidBitstreamException>(() => PacketFile.Split(file.AsMemory(0, First + Step - 1)));
        Assert.Throws<InvalidBitstreamException>(() => PacketFile.Split((byte[])[.. file, 0, 0]));
        Assert.Throws<InvalidBitstreamException>(() => PacketFile.Split((byte[])[.. file, 0xDD, 0x05, .. new byte[1501]]));
    }

    [Fact]
    public void PacketsThatDoNotFitAreNotWritten()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PacketFile.Write([default]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PacketFile.Write([new byte[PacketFile.MaxPacketBytes + 1]]));
    }

    // Every second byte begins a length of 1181 and a packet. Checked wherever there might be one, a gigabyte would take hours: what comes behind is given up.
    [Fact]
    public void FilesMadeToWasteTimeDoNot()
    {
        byte[] trap = [.. Enumerable.Repeat((byte[])[0x9D, 0x04], 100_000).SelectMany(b => b)], packets = SamplePackets.File(2);

        Assert.Equal([0, 1], Numbers([.. packets, .. trap, .. packets[PacketFile.SignatureBytes..]]));
        Assert.Equal([0, 1, 0, 1], Numbers([.. packets, .. new byte[trap.Length], .. packets[PacketFile.SignatureBytes..]]));
    }

    private static PacketFileContents Read(byte[] file) => PacketFile.Read(file, SamplePackets.Weights);

    private static IEnumerable<int> Numbers(byte[] file) => Read(file).Packets.Select(p => p.Packet.Number);
}
