using System.Buffers.Binary;
using System.Text;
using Codecs.Formats.Weights;
using CsCheck;

namespace Codecs.Formats.Tests.Weights;

public class HostileSafetensorsTests
{
    private const string Good = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[2],"data_offsets":[8,10]}}""";

    [Fact]
    public void TheFileThatTheOthersAreVariantsOfIsGood() => Assert.Equal(2, SafetensorsFile.Read(Make(Good, 10)).Tensors.Count);

    [Theory]
    [InlineData("gap", """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[3,5]}}""", 5)]
    [InlineData("gap at the start", """{"a":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3)]
    [InlineData("overlap", """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3)]
    [InlineData("same place twice", """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 2)]
    [InlineData("descending", """{"a":{"dtype":"U8","shape":[2],"data_offsets":[2,0]}}""", 2)]
    [InlineData("outside", """{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""", 2)]
    [InlineData("bytes left over", """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 3)]
    [InlineData("no tensors but data", "{}", 1)]
    [InlineData("shape too large", """{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8)]
    [InlineData("shape too small", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""", 8)]
    [InlineData("shape whose product wraps round", """{"a":{"dtype":"F32","shape":[4294967295,4294967295,4294967295,4294967295,4294967295],"data_offsets":[0,8]}}""", 8)]
    [InlineData("shape whose product wraps round to 0", """{"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0)]
    [InlineData("shape of 2^128 elements", """{"a":{"dtype":"U8","shape":[2147483648,2147483648,2147483648,2147483648,16],"data_offsets":[0,0]}}""", 0)]
    [InlineData("negative dimension", """{"a":{"dtype":"U8","shape":[-2,-1],"data_offsets":[0,2]}}""", 2)]
    [InlineData("fractional dimension", """{"a":{"dtype":"U8","shape":[2.0],"data_offsets":[0,2]}}""", 2)]
    [InlineData("dimension beyond 64 bits", """{"a":{"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,2]}}""", 2)]
    [InlineData("17 dimensions", """{"a":{"dtype":"U8","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,1]}}""", 1)]
    [InlineData("three offsets", """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,1,2]}}""", 2)]
    [InlineData("one offset", """{"a":{"dtype":"U8","shape":[2],"data_offsets":[2]}}""", 2)]
    [InlineData("no dtype", """{"a":{"shape":[2],"data_offsets":[0,2]}}""", 2)]
    [InlineData("no shape", """{"a":{"dtype":"U8","data_offsets":[0,2]}}""", 2)]
    [InlineData("no offsets", """{"a":{"dtype":"U8","shape":[2]}}""", 2)]
    [InlineData("unknown field", """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2],"x":1}}""", 2)]
    [InlineData("field twice", """{"a":{"dtype":"U8","shape":[2],"shape":[2],"data_offsets":[0,2]}}""", 2)]
    [InlineData("name twice", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2)]
    [InlineData("name twice, once escaped", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"\u0061":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2)]
    [InlineData("empty name", """{"":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 2)]
    [InlineData("metadata twice", """{"__metadata__":{},"__metadata__":{}}""", 0)]
    [InlineData("metadata key twice", """{"__metadata__":{"k":"1","k":"2"}}""", 0)]
    [InlineData("metadata not text", """{"__metadata__":{"k":1}}""", 0)]
    [InlineData("metadata nested", """{"__metadata__":{"k":{}}}""", 0)]
    [InlineData("tensor not an object", """{"a":[]}""", 0)]
    [InlineData("root not an object", "[]", 0)]
    [InlineData("too deep", """{"a":{"dtype":[[[[[[1]]]]]],"shape":[2],"data_offsets":[0,2]}}""", 2)]
    [InlineData("dtype a number", """{"a":{"dtype":1,"shape":[2],"data_offsets":[0,2]}}""", 2)]
    [InlineData("shape a number", """{"a":{"dtype":"U8","shape":2,"data_offsets":[0,2]}}""", 2)]
    [InlineData("text in the shape", """{"a":{"dtype":"U8","shape":["2"],"data_offsets":[0,2]}}""", 2)]
    [InlineData("half a surrogate pair", """{"\ud800":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 2)]
    [InlineData("comment", """{/* */}""", 0)]
    [InlineData("trailing comma", """{"__metadata__":{},}""", 0)]
    [InlineData("cut off", """{"a":{"dtype":"U8","shape":[2]""", 2)]
    [InlineData("two roots", "{}{}", 0)]
    [InlineData("rubbish behind", "{} x", 0)]
    [InlineData("blank", "   ", 0)]
    [InlineData("nothing", "", 0)]
    public void BadHeadersAreRefused(string what, string json, int dataBytes)
    {
        Exception? error = Record.Exception(() => SafetensorsFile.Read(Make(json, dataBytes)));
        Assert.True(error is InvalidBitstreamException, $"{what}: {error?.ToString() ?? "accepted"}");
    }

    [Fact]
    public void TextThatIsNotUtf8IsRefused()
    {
        byte[] file = Make(Good.Replace("\"a\"", "\"?\"", StringComparison.Ordinal), 10);
        file[Array.IndexOf(file, (byte)'?')] = 0xFF;
        Assert.Throws<InvalidBitstreamException>(() => SafetensorsFile.Read(file));
    }

    [Fact]
    public void UnknownElementTypesAreReportedAsUnsupported() => Assert.Throws<UnsupportedBitstreamException>(
        () => SafetensorsFile.Read(Make(Good.Replace("U8", "F8_E4M3", StringComparison.Ordinal), 10)));

    [Fact]
    public void ErrorsInTheDataPartNameTheByte() => Assert.Equal(
        8 + 54,
        Assert.Throws<InvalidBitstreamException>(() => SafetensorsFile.Read(Make("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""" + " ", 3))).Offset);

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(1UL << 32)]
    [InlineData(100UL)]
    public void HeaderLengthsBeyondTheFileAreRefused(ulong length)
    {
        byte[] file = Make("{}", 0);
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        Assert.Throws<InvalidBitstreamException>(() => SafetensorsFile.Read(file));
    }

    [Fact]
    public void HeaderLengthIsLimited()
    {
        byte[] At(int length)
        {
            byte[] file = new byte[8 + length];
            BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)length);
            file.AsSpan(8).Fill((byte)' ');
            "{}"u8.CopyTo(file.AsSpan(8));
            return file;
        }

        Assert.Empty(SafetensorsFile.Read(At(SafetensorsFile.MaxHeaderBytes)).Tensors);
        Assert.Throws<LimitExceededException>(() => SafetensorsFile.Read(At(SafetensorsFile.MaxHeaderBytes + 1)));
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        byte[] file = Make(Good, 10);
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<InvalidBitstreamException>(() => SafetensorsFile.Read(file.AsMemory(0, length)));
        }
    }

    [Fact]
    public void EveryChangedHeaderByteGivesOurErrorOrAValidFile()
    {
        byte[] good = Make(Good, 10);
        byte[] file = [.. good];
        int refused = 0;
        for (int at = 0; at < good.Length - 10; at++)
        {
            for (int change = 1; change < 256; change++)
            {
                file[at] = (byte)(good[at] ^ change);
                try
                {
                    Assert.Equal(10, SafetensorsFile.Read(file).Tensors.Sum(t => t.Bytes.Length));
                }
                catch (CodecException)
                {
                    refused++;
                }
            }

            file[at] = good[at];
        }

        // What passes: another name, U8 turned into I8, and the like.
        Assert.True(refused > 0.95 * 255 * (good.Length - 10), $"{refused}");
    }

    [Fact]
    public void RandomHeadersNeverEscape()
    {
        string[] words = ["{", "}", "[", "]", ",", ":", "\"a\"", "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"U8\"", "0", "2", "\"__metadata__\"", "-1", "1e9", "null", "\"\\ud800\""];
        Gen.Int[0, words.Length - 1].Array[0, 20].Sample(
            picks =>
            {
                try
                {
                    SafetensorsFile.Read(Make("{" + string.Concat(picks.Select(i => words[i])), 2));
                }
                catch (CodecException)
                {
                }
            }, iter: 20_000);
    }

    private static byte[] Make(string json, int dataBytes)
    {
        byte[] header = Encoding.UTF8.GetBytes(json);
        byte[] file = new byte[8 + header.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file, 8);
        return file;
    }
}
