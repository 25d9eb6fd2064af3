using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Codecs.Formats.Container;
using Codecs.Formats.Weights;
using CsCheck;

namespace Codecs.Formats.Tests.Weights;

public sealed class NpyTests
{
    private const string Good = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }\n";

    [Fact]
    public void AFileHasTheBytesThatNumPyWrites()
    {
        byte[] file = NpyFile.ToArray<float>([2, 3], [1, 2, 3, 4, 5, -0.5f]);

        string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }".PadRight(117) + "\n";
        Assert.Equal([0x93, .. "NUMPY\u0001\0\u0076\0"u8, .. Encoding.ASCII.GetBytes(header)], file[..128]);
        Assert.Equal(128 + 24, file.Length);
        Assert.Equal(-0.5f, BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(^4)));
        Assert.Contains("'shape': (5,), }", Encoding.ASCII.GetString(NpyFile.ToArray<float>([5], new float[5])), StringComparison.Ordinal);
        Assert.Contains("'shape': (), }", Encoding.ASCII.GetString(NpyFile.ToArray<float>([], [1])), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryArrayComesBack() => Gen.Int[0, 4].Array[0, 5].Sample(
        shape =>
        {
            long[] dimensions = [.. shape.Select(d => (long)d)];
            float[] values = [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(i => (i - 7.25f) * 0.3f)];
            byte[] file = NpyFile.ToArray<float>(dimensions, values);
            NpyFile back = NpyFile.Read(file);
            Assert.Equal(dimensions, back.Shape);
            Assert.Equal(values, back.ToFloats());
            Assert.Equal(0, (file.Length - (4 * values.Length)) % 64);
        }, iter: 500);

    [Fact]
    public void WholeNumbersAreWrittenInSixteenBitsAndReadInMore()
    {
        short[] values = [0, 1, -1, 1023, short.MaxValue, short.MinValue];
        byte[] file = NpyFile.ToArray<short>([3, 2], values);

        NpyFile back = NpyFile.Read(file);

        Assert.Contains("'descr': '<i2', 'fortran_order': False, 'shape': (3, 2), }", Encoding.ASCII.GetString(file), StringComparison.Ordinal);
        Assert.Equal(128 + 12, file.Length);
        Assert.Equal([0x00, 0x80], file[^2..]);
        Assert.Equal((ElementType.I16, 3L, 2L), (back.Type, back.Shape[0], back.Shape[1]));
        Assert.Equal(values, back.ToInt16s());
        Assert.Equal(values, NpyFile.Read(MakeOf("<i4", Array.ConvertAll(values, v => (int)v))).ToInt16s());
        Assert.Equal(values, NpyFile.Read(MakeOf("<i8", Array.ConvertAll(values, v => (long)v))).ToInt16s());
    }

    [Fact]
    public void NumbersOfAnotherKindAndThoseThatDoNotFitAreRefused()
    {
        Assert.Contains("32768", Refused(MakeOf("<i4", [0, 32768])).Message, StringComparison.Ordinal);
        Assert.Contains("-32769", Refused(MakeOf("<i8", [-32769L])).Message, StringComparison.Ordinal);
        Assert.Contains("4294967296", Refused(MakeOf("<i8", [1L << 32])).Message, StringComparison.Ordinal);
        Assert.Throws<UnsupportedBitstreamException>(() => NpyFile.Read(NpyFile.ToArray<float>([1], [1])).ToInt16s());
        Assert.Throws<UnsupportedBitstreamException>(() => NpyFile.Read(NpyFile.ToArray<short>([1], [1])).ToFloats());
        Assert.Throws<ArgumentException>(() => NpyFile.ToArray<int>([1], [1]));
        Assert.Throws<InvalidBitstreamException>(() => NpyFile.Read(Make("{'descr': '<i8', 'fortran_order': False, 'shape': (2, 1), }", 8)));

        static InvalidBitstreamException Refused(byte[] file) => Assert.Throws<InvalidBitstreamException>(() => NpyFile.Read(file).ToInt16s());
    }

    [Theory]
    [InlineData("{\"shape\":(2,1),\"fortran_order\":False,\"descr\":\"<f4\"}")]
    [InlineData("{ 'descr' : '<f4' ,'fortran_order':False,'shape':( 2 , 1 , ) , }   \n\n")]
    [InlineData(Good)]
    public void HeadersOfOtherWritersAreRead(string header) => Assert.Equal([2L, 1L], NpyFile.Read(Make(header, 8)).Shape);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), ")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2 1)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,,1)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-2, -1)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (2, 1)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': Fals")]
    [InlineData("{'descr': '<f4, 'fortran_order': False, 'shape': (2, 1)}")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2, 1)}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), 'more': 1}")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1)} x")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1")]
    [InlineData("__import__('os').system('touch owned')")]
    public void DamagedHeadersAreRefusedWithTheirPlace(string header)
    {
        long? offset = Assert.Throws<InvalidBitstreamException>(() => NpyFile.Read(Make(header, 8))).Offset;

        Assert.InRange(offset!.Value, 10, 10 + header.Length);
    }

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1), }", "<f8")]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (2, 1), }", ">f4")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2, 1), }", "|O")]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 1), }", "column")]
    public void OtherArraysAreToldApartFromDamage(string header, string found) =>
        Assert.Contains(found, Assert.Throws<UnsupportedBitstreamException>(() => NpyFile.Read(Make(header, 8))).Message, StringComparison.Ordinal);

    [Fact]
    public void OtherVersionsAndOtherFilesAreRefused()
    {
        byte[] file = Make(Good, 8);
        file[6] = 2;
        Assert.Throws<UnsupportedBitstreamException>(() => NpyFile.Read(file));
        file[0] = 0x92;
        Assert.Throws<InvalidBitstreamException>(() => NpyFile.Read(file));
        Assert.Throws<ArgumentException>(() => NpyFile.ToArray<float>([2], [1]));
    }

    [Fact]
    public void EveryCutIsNoticed()
    {
        byte[] file = Make(Good, 8);
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<InvalidBitstreamException>(() => NpyFile.Read(file.AsSpan(0, length)));
        }

        Assert.Throws<InvalidBitstreamException>(() => NpyFile.Read([.. file, 0]));
    }

    private static byte[] MakeOf<T>(string type, T[] values)
        where T : unmanaged
    {
        byte[] file = Make($"{{'descr': '{type}', 'fortran_order': False, 'shape': ({values.Length},), }}\n", values.Length * Marshal.SizeOf<T>());
        MemoryMarshal.AsBytes(values.AsSpan()).CopyTo(file.AsSpan(^(values.Length * Marshal.SizeOf<T>())..));
        return file;
    }

    private static byte[] Make(string header, int dataBytes) =>
        [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header), .. new byte[dataBytes]];
}
