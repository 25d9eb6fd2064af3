using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Codecs.Tests;

namespace Codecs.Images.Tests;

/// <summary>Files written once decode to the same latents for ever, on every machine and whatever its instructions and threads.</summary>
/// <remarks>
/// Data/Golden holds, per file, NAME.ncf and NAME.sha256 (of the latent's float32 values, little-endian). A mismatch is a bug or a new
/// revision with new files, never a reason to write these again. Missing hashes are written by running the tests once with the
/// environment variable CODECS_NEW_GOLDEN set to the folder Tests/Data/Golden.
/// </remarks>
public sealed class GoldenStreamTests(CodecFixture fixture)
{
    private const string NewGolden = "CODECS_NEW_GOLDEN";

    public static TheoryData<string> Names
    {
        get
        {
            CreateMissing();
            return [.. Directory.EnumerateFiles(CodecFixture.DataPath("Golden"), "*.ncf").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void GoldenFilesDecodeToTheirLatents(string name)
    {
        byte[] file = File.ReadAllBytes(CodecFixture.DataPath("Golden", name + ".ncf"));
        string expected = File.ReadAllText(CodecFixture.DataPath("Golden", name + ".sha256")).Trim();
        foreach (int threads in (int[])[1, 2])
        {
            using var codec = ImageCodec.Open(CodecFixture.ModelOf(name), new ImageCodecOptions { Threads = threads });
            Assert.Equal(expected, Hash(codec.DecodeLatent(file)));
        }

        Assert.True(fixture.Of(CodecFixture.ModelOf(name)).Verify(file).ContentVerified);
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512F", "0")]
    [InlineData("DOTNET_EnableAVX512", "0")]
    [InlineData("DOTNET_EnableAVX2", "0")]
    [InlineData("ATEN_CPU_CAPABILITY", "default")]
    public Task GoldenFilesDecodeTheSameWithoutAnInstructionSet(string variable, string value) =>
        ChildRun.PassesAsync(nameof(GoldenFilesDecodeToTheirLatents), variable, value);

    private static string Hash(ImageLatent latent) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(latent.Values.AsSpan())));

    private static void CreateMissing()
    {
        if (Environment.GetEnvironmentVariable(NewGolden) is not { Length: > 0 } folder)
        {
            return;
        }

        foreach ((string name, string picture, ImageEncoderOptions options) in new (string, string, ImageEncoderOptions)[]
        {
            ("mlicv2-r1-lake-q20", "lake.png", new() { Quality = 20 }),
            ("mlicv2-r1-lake-alpha-q60", "lake-alpha.png", new() { Quality = 60 }),
            ("mlicv2-r1-lake-gray-q90", "lake-gray.png", new() { Quality = 90 }),
            ("mlicv2-r1-spices-q45", "spices.png", new() { Quality = 45 }),
            ("walloc-image-r1-lake-q20", "lake.png", new() { Quality = 20 }),
            ("walloc-image-r1-lake-alpha-q60", "lake-alpha.png", new() { Quality = 60 }),
            ("walloc-image-r1-spices-q90", "spices.png", new() { Quality = 90 }),
            ("vqgan-extreme-r1-lake-q20", "lake.png", new() { Quality = 20 }),
            ("vqgan-extreme-r1-lake-alpha-q60", "lake-alpha.png", new() { Quality = 60 }),
            ("vqgan-extreme-r1-spices-q90", "spices.png", new() { Quality = 90 }),
        })
        {
            string target = Path.Combine(folder, name);
            if (!File.Exists(target + ".ncf"))
            {
                using var codec = ImageCodec.Open(CodecFixture.ModelOf(name));
                byte[] file = codec.Encode(CodecFixture.Picture(picture), options);
                File.WriteAllBytes(target + ".ncf", file);
                File.WriteAllText(target + ".sha256", Hash(codec.DecodeLatent(file)) + "\n");
            }

            foreach (string extension in (string[])[".ncf", ".sha256"])
            {
                File.Copy(target + extension, CodecFixture.DataPath("Golden", name + extension), overwrite: true);
            }
        }
    }
}
