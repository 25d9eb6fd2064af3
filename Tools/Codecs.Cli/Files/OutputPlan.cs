namespace Codecs.Cli.Files;

/// <summary>Names for results, and the rules about files that exist.</summary>
internal static class OutputPlan
{
    /// <summary>Extension of coded files.</summary>
    internal const string CodedExtension = ".ncf";

    /// <summary>Gives every input its output.</summary>
    /// <param name="inputs">The expanded inputs.</param>
    /// <param name="options">Where to.</param>
    /// <param name="extension">Extension of the outputs, with its dot.</param>
    /// <exception cref="UsageException">The options do not fit the inputs.</exception>
    internal static List<WorkItem> Create(IReadOnlyList<InputFile> inputs, OutputOptions options, string extension) => Create(inputs, options, _ => extension);

    /// <inheritdoc cref="Create(IReadOnlyList{InputFile}, OutputOptions, string)"/>
    /// <param name="inputs">The expanded inputs.</param>
    /// <param name="options">Where to.</param>
    /// <param name="extensionOf">Extension of the output of an input, with its dot.</param>
    internal static List<WorkItem> Create(IReadOnlyList<InputFile> inputs, OutputOptions options, Func<InputFile, string> extensionOf)
    {
        Check(inputs, options);
        var owners = new Dictionary<string, InputFile>(StringComparer.Ordinal);
        var items = new List<WorkItem>(inputs.Count);
        foreach (InputFile input in inputs)
        {
            string output = options.Path ?? NameFor(input, options.Folder, extensionOf(input));
            RefusedException? refusal = null;
            if (output != StandardStreams.Dash && input.Problem is null && !owners.TryAdd(Path.GetFullPath(output), input))
            {
                refusal = new RefusedException(
                    "output-collision", $"'{output}' is already the output of {owners[Path.GetFullPath(output)].DisplayName}.", "Give one of the two another name with -o.");
            }

            items.Add(new WorkItem(input, output) { Refusal = refusal });
        }

        return items;
    }

    /// <summary>Looks at the disk before work begins on an item.</summary>
    /// <returns>True to go on, false to skip.</returns>
    /// <exception cref="RefusedException">The output exists or is the input.</exception>
    internal static bool MayWrite(WorkItem item, OutputOptions options)
    {
        if (item.Refusal is { } refusal)
        {
            throw refusal;
        }

        if (item.Output is not { } output || item.IsStandardOutput)
        {
            return true;
        }

        if (!item.Input.IsStandardInput && RealPath(item.Input.Path) == RealPath(output))
        {
            throw new RefusedException("same-file", $"'{output}' is input and output.", "Give another name with -o.");
        }

        if (Directory.Exists(output))
        {
            throw new RefusedException("output-exists", $"'{output}' is a folder.", "Give a file name with -o, or the folder with --out-dir.");
        }

        return options.Force || !File.Exists(output) || (options.SkipExisting ? false : throw Exists(output));
    }

    /// <summary>Writes a finished result where the item wants it.</summary>
    internal static void Write(WorkItem item, OutputOptions options, ReadOnlyMemory<byte> bytes) =>
        WriteThrough(item, options, stream => stream.Write(bytes.Span));

    /// <summary>Writes a result where the item wants it, as it comes.</summary>
    internal static void WriteThrough(WorkItem item, OutputOptions options, Action<Stream> write)
    {
        if (item.IsStandardOutput)
        {
            using Stream output = StandardStreams.OpenOutput();
            write(output);
            output.Flush();
            return;
        }

        CreateFolder(item, options);
        AtomicFile.Write(item.Output!, write, options.Force);
    }

    /// <summary>Makes the folder of an output if it lies in a tree that is rebuilt.</summary>
    internal static void CreateFolder(WorkItem item, OutputOptions options)
    {
        if (options.Folder is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(item.Output!))!);
        }
    }

    internal static RefusedException Exists(string path) =>
        new("output-exists", $"'{path}' exists already.", "--force replaces it, --skip-existing passes over it.");

    private static void Check(IReadOnlyList<InputFile> inputs, OutputOptions options)
    {
        if (options.Path is not null && inputs.Count > 1)
        {
            throw new UsageException($"-o names one output, but there are {inputs.Count} inputs.", "Use --out-dir for several.");
        }

        if (options is { Path: { } path, IsStandardOutput: false } && Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new UsageException($"There is no folder '{folder}' for the output '{path}'.", "Create it, or let --out-dir do so.");
        }

        if (options.Path is null && inputs.Any(i => i.IsStandardInput))
        {
            throw new UsageException("Standard input has no name to make an output name from.", "Give -o FILE, or -o - for standard output.");
        }
    }

    private static string NameFor(InputFile input, string? folder, string extension) =>
        Path.ChangeExtension(folder is null ? input.Path : Path.Combine(folder, input.RelativePath), extension);

    private static string RealPath(string path)
    {
        string full = Path.GetFullPath(path);
        return File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
    }
}
