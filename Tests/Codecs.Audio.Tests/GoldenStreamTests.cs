using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Codecs.Formats.Media;
using Codecs.Tests;

namespace Codecs.Audio.Tests;

/// <summary>Files written once decode to the same latents for ever, on every machine; speech becomes the same tokens for ever.</summary>
/// <remarks>
/// Data/Golden/Sounds holds, per file, MODEL-r1-WHAT.ncf and .sha256 (of the latent's float32 values, little-endian). A mismatch is a bug or a new
/// revision with new files, never a reason to write these again. Missing files are written by running the tests once with the
/// environment variable CODECS_NEW_GOLDEN set to the folder Tests/Data/Golden.
/// </remarks>
[Collection(SpeechFixture.Collection)]
public sealed class GoldenStreamTests(CodecFixture fixture, SpeechFixture speech)
{
    private const string NewGolden = "CODECS_NEW_GOLDEN", Speech = "language-codec";
    private const int ExactSamples = 11 * 24000; // two units
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Data", "Golden", "Sounds");

    public static TheoryData<string> Names
    {
        get
        {
            CreateMissing();
            return [.. Directory.EnumerateFiles(s_folder, "*.ncf").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void GoldenFilesDecodeToTheirLatents(string name)
    {
        AudioCodec codec = name.StartsWith(Speech, StringComparison.Ordinal) ? speech.Trained : fixture.Codec;
        byte[] file = Read(name);
        Assert.Equal(File.ReadAllText(Path.Combine(s_folder, name + ".sha256")).Trim(), Hash(codec.DecodeLatent(file)));
        Assert.True(codec.Verify(new MemoryStream(file)).Samples > 0);
    }

    [Theory]
    [InlineData("language-codec-r1-exact-3", 3)]
    [InlineData("language-codec-r1-exact-8", 8)]
    public void SpeechBecomesItsGoldenTokens(string name, int codebooks)
    {
        CreateMissing();
        AudioTokens golden = speech.Trained.DecodeTokens(Read(name)), found = speech.Trained.Tokenize(Sounds.Exact(ExactSamples), codebooks);
        Assert.Equal((golden.SampleCount, golden.Codebooks), (found.SampleCount, found.Codebooks));
        Assert.Equal(golden.Values, found.Values);
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512F", "0")]
    [InlineData("DOTNET_EnableAVX512", "0")]
    [InlineData("DOTNET_EnableAVX2", "0")]
    [InlineData("DOTNET_PROCESSOR_COUNT", "1")]
    public Task SpeechBecomesItsGoldenTokensUnder(string variable, string value) => ChildRun.PassesAsync(nameof(SpeechBecomesItsGoldenTokens), variable, value);

    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(s_folder, name + ".ncf"));

    private static string Hash(AudioLatent latent) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(latent.Values.AsSpan())));

    private static void CreateMissing()
    {
        if (Environment.GetEnvironmentVariable(NewGolden) is not { Length: > 0 } folder)
        {
            return;
        }

        Directory.CreateDirectory(Path.Combine(folder, "Sounds"));
        Directory.CreateDirectory(s_folder);
        foreach ((string name, Waveform sound, AudioEncoderOptions options) in new (string, Waveform, AudioEncoderOptions)[]
        {
            ("walloc-audio-r1-stereo-q20", Sounds.Chords(44100, 2, 44100 * 7), new() { Quality = 20 }),
            ("walloc-audio-r1-mono-q60", Sounds.Chords(48000, 1, 48000), new() { Quality = 60 }),
            ("walloc-audio-r1-three-q90", Sounds.Chords(32000, 3, 20000), new() { Quality = 90 }),
            ("language-codec-r1-exact-3", Sounds.Exact(ExactSamples), new() { Codebooks = 3 }),
            ("language-codec-r1-exact-8", Sounds.Exact(ExactSamples), new() { Codebooks = 8 }),
            ("language-codec-r1-stereo-5", Sounds.Chords(44100, 2, 44100), new() { Codebooks = 5 }),
        })
        {
            string target = Path.Combine(folder, "Sounds", name);
            if (!File.Exists(target + ".ncf"))
            {
                using var codec = AudioCodec.Open(name[..name.IndexOf("-r1", StringComparison.Ordinal)]);
                byte[] file = codec.Encode(sound, options);
                File.WriteAllBytes(target + ".ncf", file);
                File.WriteAllText(target + ".sha256", Hash(codec.DecodeLatent(file)) + "\n");
            }

            foreach (string extension in (string[])[".ncf", ".sha256"])
            {
                File.Copy(target + extension, Path.Combine(s_folder, name + extension), overwrite: true);
            }
        }
    }
}
