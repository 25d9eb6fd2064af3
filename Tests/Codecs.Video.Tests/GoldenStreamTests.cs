using System.Security.Cryptography;
using Codecs.Formats.Media;
using Codecs.Tests;

namespace Codecs.Video.Tests;

/// <summary>Files written once decode to the same pixels for ever, on every machine: frames are references of others, so nothing less will do.</summary>
/// <remarks>
/// Data/Golden/Videos holds, per file, MODEL-r1-WHAT.ncf and .sha256 (of all samples of all frames). A mismatch is a bug or a new revision with new files, never a
/// reason to write these again. Missing files are written by running the tests once with the environment variable CODECS_NEW_GOLDEN set to the folder Tests/Data/Golden.
/// </remarks>
public sealed class GoldenStreamTests
{
    private const string NewGolden = "CODECS_NEW_GOLDEN", Model = "nirvana";
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Data", "Golden", "Videos");

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
    public void GoldenFilesDecodeToTheirFrames(string name)
    {
        using VideoCodec codec = VideoCodec.Open(Model);
        byte[] file = File.ReadAllBytes(Path.Combine(s_folder, name + ".ncf"));
        Assert.Equal(File.ReadAllText(Path.Combine(s_folder, name + ".sha256")).Trim(), Hash(codec.Decode(file)));
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512F", "0")]
    [InlineData("DOTNET_EnableAVX2", "0")]
    [InlineData("DOTNET_EnableHWIntrinsic", "0")]
    [InlineData("DOTNET_PROCESSOR_COUNT", "1")]
    public Task GoldenFilesDecodeToTheirFramesUnder(string variable, string value) => ChildRun.PassesAsync(nameof(GoldenFilesDecodeToTheirFrames), variable, value);

    private static string Hash(IReadOnlyList<VideoFrame> frames)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (VideoFrame frame in frames)
        {
            hash.AppendData(frame.Samples);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void CreateMissing()
    {
        if (Environment.GetEnvironmentVariable(NewGolden) is not { Length: > 0 } folder)
        {
            return;
        }

        Directory.CreateDirectory(Path.Combine(folder, "Videos"));
        Directory.CreateDirectory(s_folder);
        foreach ((string name, VideoReadOptions read, VideoEncoderOptions options) in new (string, VideoReadOptions, VideoEncoderOptions)[]
        {
            ("nirvana-r1-bunny-q40", new(), new() { Quality = 40, Effort = 2 }),
            ("nirvana-r1-fitted-q70", new() { Size = (96, 54) }, new() { Quality = 70, Effort = 5 }),
            ("nirvana-r1-rgb-q60", new() { Size = (65, 49), Chroma = ChromaFormat.Rgb, MaxFrames = 4 }, new() { Quality = 60, Effort = 4 }),
            ("nirvana-r1-deep-q20", new() { Size = (64, 36), BitDepth = 10 }, new() { Quality = 20, Effort = 3 }),
        })
        {
            string target = Path.Combine(folder, "Videos", name);
            if (!File.Exists(target + ".ncf"))
            {
                using VideoReader reader = VideoReader.Open(Path.Combine(AppContext.BaseDirectory, "Data", "Video", "bunny.mp4"), read);
                var frames = new List<VideoFrame>();
                while (reader.Read() is { } frame)
                {
                    frames.Add(frame);
                }

                using VideoCodec codec = VideoCodec.Open(Model);
                byte[] file = codec.Encode(frames, reader.Info.Clock, options);
                File.WriteAllBytes(target + ".ncf", file);
                File.WriteAllText(target + ".sha256", Hash(codec.Decode(file)) + "\n");
            }

            foreach (string extension in (string[])[".ncf", ".sha256"])
            {
                File.Copy(target + extension, Path.Combine(s_folder, name + extension), overwrite: true);
            }
        }
    }
}
