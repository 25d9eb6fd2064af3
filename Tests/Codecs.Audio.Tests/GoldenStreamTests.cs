using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Codecs.Formats.Media;

namespace Codecs.Audio.Tests;

/// <summary>Files written once decode to the same latents for ever, on every machine.</summary>
/// <remarks>
/// Data/Golden/Sounds holds, per file, NAME.ncf and NAME.sha256 (of the latent's float32 values, little-endian). A mismatch is a bug or a new
/// revision with new files, never a reason to write these again. Missing files are written by running the tests once with the
/// environment variable CODECS_NEW_GOLDEN set to the folder Tests/Data/Golden.
/// </remarks>
public sealed class GoldenStreamTests(CodecFixture fixture)
{
    private const string NewGolden = "CODECS_NEW_GOLDEN";
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
        byte[] file = File.ReadAllBytes(Path.Combine(s_folder, name + ".ncf"));
        Assert.Equal(File.ReadAllText(Path.Combine(s_folder, name + ".sha256")).Trim(), Hash(fixture.Codec.DecodeLatent(file)));
        Assert.True(fixture.Codec.Verify(new MemoryStream(file)).Samples > 0);
    }

    private static string Hash(AudioLatent latent) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(latent.Values.AsSpan())));

    private static void CreateMissing()
    {
        if (Environment.GetEnvironmentVariable(NewGolden) is not { Length: > 0 } folder)
        {
            return;
        }

        Directory.CreateDirectory(Path.Combine(folder, "Sounds"));
        Directory.CreateDirectory(s_folder);
        using var codec = AudioCodec.Open("walloc-audio");
        foreach ((string name, Waveform sound, double quality) in new (string, Waveform, double)[]
        {
            ("walloc-audio-r1-stereo-q20", Sounds.Chords(44100, 2, 44100 * 7), 20),
            ("walloc-audio-r1-mono-q60", Sounds.Chords(48000, 1, 48000), 60),
            ("walloc-audio-r1-three-q90", Sounds.Chords(32000, 3, 20000), 90),
        })
        {
            string target = Path.Combine(folder, "Sounds", name);
            if (!File.Exists(target + ".ncf"))
            {
                byte[] file = codec.Encode(sound, new() { Quality = quality });
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
