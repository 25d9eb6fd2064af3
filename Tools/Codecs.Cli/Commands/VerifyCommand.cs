using System.CommandLine;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Formats.Container;
using Codecs.Images;

namespace Codecs.Cli.Commands;

/// <summary>verify: checks .ncf files completely, every symbol, without making pictures or loading torch.</summary>
internal static class VerifyCommand
{
    /// <summary>Name of the verb; damage found under it has its own exit code.</summary>
    internal const string Name = "verify";

    private static readonly Argument<string[]> s_inputs = CommonOptions.Inputs(".ncf files");

    internal static Command Create(Interruption interruption)
    {
        var verb = new Verb(
            Name, "Checks .ncf files: structure, checksums, digest and every coded symbol.",
            "codecs verify photo.ncf", "codecs verify 'coded/**/*.ncf' --json")
        {
            s_inputs, CommonOptions.Threads,
        };
        verb.Runs(Run, interruption);
        return verb;
    }

    private static RunReport Run(ParseResult result, Session session)
    {
        List<WorkItem> items = [.. InputExpander.CodedFiles.Expand(result.GetValue(s_inputs)!).Select(i => new WorkItem(i))];
        var options = new ImageCodecOptions { Threads = result.GetValue(CommonOptions.Threads) ?? Environment.ProcessorCount };
        using var shelf = new ModelShelf(options);
        return new Batch(session, Name) { TextIsData = true }.Run(items, (item, progress) =>
        {
            byte[] bytes = InputReader.ReadAll(item.Input);
            NcfFile file = NcfFile.Parse(bytes, options.Limits);

            // Damage to the whole is told even if the model for the rest is not here.
            file.VerifyDigest();
            ImageCodec codec = shelf.For(file, model: null);
            ImageVerifyResult verified = codec.Verify(bytes, progress, session.Cancellation);
            string what = verified.DigestVerified ? "structure, symbols and digest" : "structure and symbols";
            return new FileReport
            {
                Input = item.Input.Path,
                Status = FileReport.Done,
                InputBytes = verified.Bytes,
                Model = codec.Name,
                Verified = new VerifyReport(Structure: true, verified.ContentVerified, verified.DigestVerified),
                Text = $"{item.Input.DisplayName}: ok ({what})",
            };
        });
    }
}
