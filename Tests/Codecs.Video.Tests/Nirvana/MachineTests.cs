using System.Security.Cryptography;
using Codecs.Formats.Media;
using Codecs.Tests;

namespace Codecs.Video.Tests.Nirvana;

/// <summary>The same frames on every machine: streams of this process are decoded by others with fewer instructions.</summary>
public sealed class MachineTests
{
    private const string StreamVariable = "CODECS_TEST_NIRVANA_STREAM";
    private static readonly VideoFormat s_format = new(40, 24, ChromaFormat.Yuv420);
    private static readonly int[] s_groups = [1, 3];

    [Fact]
    public void FramesAreThoseOfTheStream()
    {
        byte[] stream = Environment.GetEnvironmentVariable(StreamVariable) is { } path ? File.ReadAllBytes(path) : Create();
        using var reader = new BinaryReader(new MemoryStream(stream));
        byte[] expected = reader.ReadBytes(SHA256.HashSizeInBytes);
        ReadOnlyMemory<byte>[] payloads = [.. Enumerable.Range(0, 3).Select(_ => new ReadOnlyMemory<byte>(reader.ReadBytes(reader.ReadInt32())))];
        using IChunkDecoder decoder = TestClips.Decoder(s_format);
        VideoFrame[][] shown = [decoder.Decode([payloads[0]], s_groups[0], CancellationToken.None), decoder.Decode([payloads[1], payloads[2]], s_groups[1], CancellationToken.None)];

        Assert.Equal(expected, Hash(shown));
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512F", "0")]
    [InlineData("DOTNET_EnableAVX2", "0")]
    [InlineData("DOTNET_EnableHWIntrinsic", "0")]
    public async Task FramesAreTheSameWithoutAnInstructionSet(string variable, string value)
    {
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, Create(), TestContext.Current.CancellationToken);
            Environment.SetEnvironmentVariable(StreamVariable, path);
            await ChildRun.PassesAsync(nameof(FramesAreThoseOfTheStream), variable, value);
        }
        finally
        {
            Environment.SetEnvironmentVariable(StreamVariable, null);
            File.Delete(path);
        }
    }

    // The hash of the frames, then each payload behind its length.
    private static byte[] Create()
    {
        EncodedGroup[] coded = TestClips.Encode(TestClips.Moving(s_format, s_groups.Sum()), s_groups);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Hash(TestClips.Decode(s_format, coded, s_groups)));
        foreach (ReadOnlyMemory<byte> payload in coded.SelectMany(g => g.Payloads))
        {
            writer.Write(payload.Length);
            writer.Write(payload.Span);
        }

        writer.Flush();
        return stream.ToArray();
    }

    private static byte[] Hash(VideoFrame[][] groups) => SHA256.HashData([.. groups.SelectMany(g => g).SelectMany(f => f.Samples)]);
}
