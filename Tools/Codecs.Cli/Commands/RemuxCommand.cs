using System.CommandLine;
using System.Globalization;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Formats.Container;
using Codecs.Images;

namespace Codecs.Cli.Commands;

/// <summary>remux: the same coded picture in another file: form, metadata, digest.</summary>
internal static class RemuxCommand
{
    private const string Name = "remux", Private = "private", All = "all";

    private static readonly Argument<string[]> s_inputs = CommonOptions.Inputs(".ncf files");

    private static readonly Option<bool> s_tiny = new("--tiny") { Description = "Write the smallest form, which holds no metadata; loses nothing else." };

    private static readonly Option<bool> s_full = new("--full") { Description = "Write the form with checksums and room for metadata." };

    private static readonly Option<string?> s_strip = CommonOptions.WithCheck(
        new Option<string?>("--strip") { Description = "Leave out metadata: private (Exif, XMP, IPTC) or all.", HelpName = "WHAT" },
        what => what is Private or All, "--strip takes private or all.");

    private static readonly Option<bool> s_stripProfile = new("--strip-profile") { Description = "Leave out the colour profile too; colours may look different." };

    private static readonly Option<bool> s_digest = new("--digest") { Description = "Add a SHA-256 over the whole file." };

    private static readonly Option<bool> s_noDigest = new("--no-digest") { Description = "Leave out the digest." };

    private static readonly Option<string[]> s_tags = CreateTags();

    private static readonly Option<string?> s_cover = new("--cover") { Description = "Add a picture file as cover art, byte for byte.", HelpName = "FILE" };

    internal static Command Create(Interruption interruption)
    {
        var verb = new Verb(
            Name, "Rewrites .ncf files without touching what is coded: form, metadata, digest. Pixels stay the same.",
            "codecs remux photo.ncf --strip private -o clean.ncf", "codecs remux photo.ncf --tiny --strip all -o small.ncf",
            "codecs remux small.ncf --digest --tag 'TITLE=Lake at dawn' -o archive.ncf", "codecs remux coded --out-dir stripped --strip all")
        {
            s_inputs, CommonOptions.Output, CommonOptions.OutputFolder, s_tiny, s_full, s_strip, s_stripProfile, s_tags, s_cover, s_digest, s_noDigest,
            CommonOptions.Force, CommonOptions.SkipExisting, CommonOptions.Threads,
        };
        verb.Validators.Add(result =>
        {
            foreach ((Option<bool> one, Option<bool> other) in new[] { (s_tiny, s_full), (s_digest, s_noDigest), (s_tiny, s_digest) })
            {
                if (result.GetValue(one) && result.GetValue(other))
                {
                    result.AddError($"{one.Name} and {other.Name} exclude each other.");
                }
            }
        });
        verb.Runs(Run, interruption);
        return verb;
    }

    private static RunReport Run(ParseResult result, Session session)
    {
        OutputOptions outputs = CommonOptions.ReadOutputs(result, session);
        NcfRewriteOptions rewriting = ReadRewriting(result);
        List<WorkItem> items = OutputPlan.Create(InputExpander.CodedFiles.Expand(result.GetValue(s_inputs)!), outputs, OutputPlan.CodedExtension);
        var options = new ImageCodecOptions { Threads = result.GetValue(CommonOptions.Threads) ?? Environment.ProcessorCount };
        using var shelf = new ModelShelf(options);
        return new Batch(session, Name) { Outputs = outputs }.Run(items, (item, progress) =>
        {
            byte[] bytes = InputReader.ReadAll(item.Input);
            NcfFile file = NcfFile.Parse(bytes, options.Limits);

            // Between the two forms the model knows what the container does not; all else works without weights.
            NcfProfile wanted = rewriting.Profile ?? (NeedsFull(rewriting) ? NcfProfile.Full : file.Profile);
            byte[] written;
            try
            {
                written = wanted == file.Profile || file.Kind != MediaKind.Still || shelf.VideoFor(file, model: null) is not null
                    ? NcfRewriter.Rewrite(file, rewriting)
                    : shelf.For(file, model: null).Rewrite(bytes, rewriting, progress, session.Cancellation);
            }
            catch (UnsupportedBitstreamException e) when (wanted == NcfProfile.Tiny && file.Profile == NcfProfile.Full)
            {
                throw new RefusedException("form", e.Message + ".", "--strip all and --strip-profile leave out what keeps a picture from being Tiny.");
            }

            OutputPlan.Write(item, outputs, written);
            return new FileReport
            {
                Input = item.Input.Path,
                Output = item.Output,
                Status = FileReport.Done,
                InputBytes = bytes.Length,
                OutputBytes = written.Length,
                Text = $"{file.Profile.ToString().ToLowerInvariant()}, {Units.Bytes(bytes.Length)} -> {wanted.ToString().ToLowerInvariant()}, {Units.Bytes(written.Length)}",
            };
        });
    }

    private static bool NeedsFull(NcfRewriteOptions rewriting) => rewriting.AddMetadata.Count > 0 || rewriting.Digest == true;

    private static NcfRewriteOptions ReadRewriting(ParseResult result) => new()
    {
        Profile = result.GetValue(s_tiny) ? NcfProfile.Tiny : result.GetValue(s_full) ? NcfProfile.Full : null,
        Strip = result.GetValue(s_strip) switch { Private => MetadataStripping.Privacy, All => MetadataStripping.All, _ => MetadataStripping.None },
        StripColourProfile = result.GetValue(s_stripProfile),
        Digest = result.GetValue(s_digest) ? true : result.GetValue(s_noDigest) || result.GetValue(s_tiny) ? false : null,
        AddMetadata = [.. (result.GetValue(s_tags) ?? []).Select(ReadTag), .. ReadCover(result.GetValue(s_cover))],
    };

    private static MetadataItem ReadTag(string tag)
    {
        int equals = tag.IndexOf('=', StringComparison.Ordinal);
        try
        {
            return MetadataItem.Text(tag[..equals], tag[(equals + 1)..]);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--tag '{tag}' cannot be stored: {e.Message}");
        }
    }

    private static IEnumerable<MetadataItem> ReadCover(string? path)
    {
        if (path is null)
        {
            yield break;
        }

        byte[] picture = InputReader.ReadAll(new InputFile(path, Path.GetFileName(path)));
        string extension = Path.GetExtension(path).TrimStart('.').ToLower(CultureInfo.InvariantCulture);
        yield return extension is "jpg" or "jpeg" or "png" or "webp" or "avif" or "gif"
            ? MetadataItem.CoverArt("image/" + (extension == "jpg" ? "jpeg" : extension), picture)
            : throw new UsageException($"--cover '{path}' does not end like a picture for covers: jpg, png, webp, avif or gif.");
    }

    private static Option<string[]> CreateTags()
    {
        var option = new Option<string[]>("--tag") { Description = "Add a text tag, for example TITLE=Lake; may be given several times.", HelpName = "NAME=VALUE" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(t => t.Value.IndexOf('=', StringComparison.Ordinal) < 1) is { } token)
            {
                result.AddError($"--tag takes NAME=VALUE, not '{token.Value}'.");
            }
        });
        return option;
    }
}
