using Codecs.Fuzz;
using SharpFuzz;

// Under afl-fuzz the program is told which target to feed and then reads inputs until it is stopped; the other verbs are for people.
switch (args)
{
    case ["list"]:
        foreach (FuzzTarget t in FuzzTargets.All)
        {
            Console.WriteLine($"{t.Name,-20} {t.Description}");
        }

        return 0;
    case ["afl", string name] when FuzzTargets.Find(name) is { } target:
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using var input = new MemoryStream();
            stream.CopyTo(input);
            Guard.Feed(target, input.ToArray());
        });
        return 0;
    case ["seeds", string name, string folder] when FuzzTargets.Find(name) is { } target:
        Corpus.WriteSeeds(target, folder);
        return 0;
    case ["replay", string name, .. string[] paths] when FuzzTargets.Find(name) is { } target && paths.Length > 0:
        return Corpus.Replay(target, paths);
    case ["mutate", string name, string folder, string rounds] when FuzzTargets.Find(name) is { } target && int.TryParse(rounds, out int count):
        return Corpus.Mutate(target, folder, count);
    default:
        Console.Error.WriteLine("""
            usage: Codecs.Fuzz list
                   Codecs.Fuzz seeds TARGET FOLDER           writes valid inputs to start from
                   Codecs.Fuzz replay TARGET FILE|FOLDER...  feeds stored inputs
                   Codecs.Fuzz mutate TARGET FOLDER ROUNDS   feeds damaged copies of stored inputs; needs no other program
                   Codecs.Fuzz afl TARGET                    what Tools/fuzz.sh starts under afl-fuzz
            """);
        return 2;
}
