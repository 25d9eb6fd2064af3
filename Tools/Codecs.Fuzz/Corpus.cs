using System.Security.Cryptography;

namespace Codecs.Fuzz;

/// <summary>Inputs on disk: one file each, named by what is in it.</summary>
internal static class Corpus
{
    /// <summary>All files of the given files and folders, in a stable order.</summary>
    internal static IEnumerable<string> Files(IEnumerable<string> paths) =>
        paths.SelectMany<string, string>(p => Directory.Exists(p) ? Directory.EnumerateFiles(p).Order(StringComparer.Ordinal) : [p]);

    internal static void WriteSeeds(FuzzTarget target, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (byte[] seed in target.Seeds())
        {
            File.WriteAllBytes(Path.Combine(folder, NameOf(seed)), seed);
        }
    }

    /// <returns>Exit code: 1 if an input was a finding.</returns>
    internal static int Replay(FuzzTarget target, IEnumerable<string> paths)
    {
        int good = 0, refused = 0, findings = 0;
        foreach (string path in Files(paths))
        {
            try
            {
                CodecException? error = Guard.Feed(target, File.ReadAllBytes(path));
                (good, refused) = error is null ? (good + 1, refused) : (good, refused + 1);
            }
            catch (Exception e) when (e is not IOException)
            {
                findings++;
                Console.WriteLine($"{path}: {e}");
            }
        }

        Console.WriteLine($"{target.Name}: {good} good, {refused} refused, {findings} findings");
        return findings == 0 ? 0 : 1;
    }

    /// <summary>Feeds damaged copies; what is a finding is written beside the folder.</summary>
    internal static int Mutate(FuzzTarget target, string folder, int rounds)
    {
        byte[][] inputs = [.. Files([folder]).Select(File.ReadAllBytes), .. target.Seeds()];
        int findings = 0;
        for (int i = 0; i < rounds; i++)
        {
            byte[] input = new Mutator(i).Mutate(inputs[i % inputs.Length]);
            try
            {
                Guard.Feed(target, input);
            }
            catch (Exception e)
            {
                findings++;
                string path = Path.TrimEndingDirectorySeparator(folder) + ".finding-" + NameOf(input);
                File.WriteAllBytes(path, input);
                Console.WriteLine($"{path}: {e}");
            }
        }

        Console.WriteLine($"{target.Name}: {rounds} damaged inputs, {findings} findings");
        return findings == 0 ? 0 : 1;
    }

    private static string NameOf(byte[] input) => Convert.ToHexStringLower(SHA256.HashData(input).AsSpan(0, 8));
}
