using System.IO.Enumeration;
using Codecs.Cli.Packets;
using Codecs.Formats.Media;
using Microsoft.Extensions.FileSystemGlobbing;
using Microsoft.Extensions.FileSystemGlobbing.Abstractions;

namespace Codecs.Cli.Files;

/// <summary>Turns the inputs of a command line into files: folders with all that is below them, patterns with * and **, - as standard input.</summary>
internal sealed class InputExpander
{
    // Read through ffmpeg, not written.
    private static readonly string[] s_otherSounds = [".aiff", ".aif", ".au", ".wma", ".mka", ".ac3", ".wv", ".ape", ".caf", ".mp2"];
    private const string MediaKind = "pictures, sounds or videos", CodedKind = $"{OutputPlan.CodedExtension} files";
    private static readonly string[] s_sounds = [.. AudioFormats.All.SelectMany(AudioFormats.Extensions), .. s_otherSounds];

    private readonly HashSet<string> _extensions;
    private readonly string _kind;

    private InputExpander(IEnumerable<string> extensions, string kind) =>
        (_extensions, _kind) = (new HashSet<string>(extensions, StringComparer.OrdinalIgnoreCase), kind);

    /// <summary>Takes pictures, videos and what usually is sound from folders.</summary>
    internal static InputExpander Media { get; } = new(
        [.. ImageFormats.All.SelectMany(ImageFormats.Extensions), .. s_sounds, .. VideoNames.Extensions], MediaKind);

    /// <summary>Takes coded files from folders.</summary>
    internal static InputExpander CodedFiles { get; } = new([OutputPlan.CodedExtension], CodedKind);

    /// <summary>Takes coded files and packet files from folders.</summary>
    internal static InputExpander CodedFilesAndPackets { get; } = new([OutputPlan.CodedExtension, PacketShelf.Extension], $"{CodedKind} or {PacketShelf.Extension} files");

    /// <summary>Takes coded and media files from folders.</summary>
    internal static InputExpander CodedFilesAndMedia { get; } = new([.. CodedFiles._extensions, .. Media._extensions], $"{CodedKind}, {MediaKind}");

    /// <summary>Takes coded files and what usually is sound from folders.</summary>
    internal static InputExpander CodedFilesAndSounds { get; } = new([.. CodedFiles._extensions, .. s_sounds], $"{CodedKind} or sounds");

    /// <summary>Takes files of codebook indices from folders.</summary>
    internal static InputExpander TokenFiles { get; } = new([TokenTarget.Npy, TokenTarget.Json], $"{TokenTarget.Npy} or {TokenTarget.Json} files");

    /// <summary>All files in a stable order, each once. A file that was named is taken whatever it is called.</summary>
    internal List<InputFile> Expand(IReadOnlyList<string> arguments)
    {
        var files = new List<InputFile>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (InputFile file in arguments.SelectMany(One))
        {
            if (seen.Add(file.IsStandardInput || file.Problem is not null ? file.Path : Path.GetFullPath(file.Path)))
            {
                files.Add(file);
            }
        }

        return files;
    }

    private IEnumerable<InputFile> One(string argument)
    {
        if (argument == StandardStreams.Dash || File.Exists(argument))
        {
            return [new InputFile(argument, Path.GetFileName(argument))];
        }

        IEnumerable<InputFile> found;
        if (Directory.Exists(argument))
        {
            found = Below(argument).Where(HasKnownExtension).Select(relative => new InputFile(Path.Combine(argument, relative), relative));
        }
        else if (argument.Contains('*', StringComparison.Ordinal))
        {
            found = Matching(argument);
        }
        else
        {
            return [new InputFile(argument, Path.GetFileName(argument)) { Problem = $"There is no file '{argument}'." }];
        }

        InputFile[] files = [.. found.OrderBy(f => f.RelativePath, StringComparer.Ordinal)];
        return files.Length > 0 ? files : [new InputFile(argument, argument) { Problem = $"'{argument}' holds no {_kind}." }];
    }

    private bool HasKnownExtension(string path) => _extensions.Contains(Path.GetExtension(path));

    // Links to folders are not followed: they can lead in circles.
    private static FileSystemEnumerable<string> Below(string folder)
    {
        string root = Path.GetFullPath(folder);
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };
        return new FileSystemEnumerable<string>(root, (ref FileSystemEntry entry) => Path.GetRelativePath(root, entry.ToFullPath()), options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
    }

    // The part before the first * is where the tree begins. A pattern that ends in plain stars means "what can be read there".
    private IEnumerable<InputFile> Matching(string pattern)
    {
        string[] parts = pattern.Replace(Path.DirectorySeparatorChar, '/').Split('/');
        int first = Array.FindIndex(parts, p => p.Contains('*', StringComparison.Ordinal));
        string folder = string.Join('/', parts[..first]);
        folder = folder.Length > 0 ? folder : first > 0 ? "/" : "";
        string start = folder.Length > 0 ? folder : ".";
        if (!Directory.Exists(start))
        {
            return [];
        }

        var matcher = new Matcher(StringComparison.OrdinalIgnoreCase).AddInclude(string.Join('/', parts[first..]));
        bool any = parts[^1].Trim('*').Length == 0;
        return matcher.Execute(new DirectoryInfoWrapper(new DirectoryInfo(start))).Files
            .Where(match => !any || HasKnownExtension(match.Path))
            .Select(match => new InputFile(Path.Combine(folder, match.Path), match.Path));
    }
}
