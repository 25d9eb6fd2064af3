using System.CommandLine;
using Codecs.Audio;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Cli.Packets;
using Codecs.Formats.Container;
using Codecs.Images;
using Codecs.Video;

namespace Codecs.Cli.Commands;

/// <summary>verify: checks .ncf files completely, every symbol, and packets, without making pictures or loading torch.</summary>
internal static class VerifyCommand
{
    /// <summary>Name of the verb; damage found under it has its own exit code.</summary>
    internal const string Name = "verify";

    private static readonly Argument<string[]> s_inputs = CommonOptions.Inputs(".ncf and .ncp files");

    private static readonly Option<bool> s_salvage = new("--salvage")
    {
        Description = "Tell for damaged files what is left; with -o or --out-dir also write it as good files.",
    };

    private static readonly Option<string?> s_codec = new("--codec") { Description = "Weights to use instead of looking for those the file names.", HelpName = "NAME" };

    internal static Command Create(Interruption interruption)
    {
        var verb = new Verb(
            Name, "Checks .ncf files: structure, checksums, digest and every coded symbol; tells of .ncp files which packets are good.",
            "codecs verify photo.ncf", "codecs verify 'coded/**/*.ncf' --json", "codecs verify broken.ncf --salvage -o rest.ncf",
            "codecs verify received.ncp")
        {
            s_inputs, s_salvage, s_codec, CommonOptions.Output, CommonOptions.OutputFolder, CommonOptions.Force, CommonOptions.SkipExisting, CommonOptions.Threads,
        };
        verb.Validators.Add(result =>
        {
            if (!result.GetValue(s_salvage) && (result.GetValue(CommonOptions.Output) ?? result.GetValue(CommonOptions.OutputFolder)) is not null)
            {
                result.AddError("Only --salvage writes files.");
            }
        });
        verb.Runs(Run, interruption);
        return verb;
    }

    private static RunReport Run(ParseResult result, Session session)
    {
        List<InputFile> inputs = InputExpander.CodedFilesAndPackets.Expand(result.GetValue(s_inputs)!);
        var options = new ImageCodecOptions { Threads = result.GetValue(CommonOptions.Threads) ?? Environment.ProcessorCount };
        string? model = result.GetValue(s_codec);
        using var shelf = new ModelShelf(options);
        if (result.GetValue(s_salvage) && inputs.Exists(i => !i.IsStandardInput && PacketShelf.Holds(i)))
        {
            throw new UsageException("--salvage is for .ncf files.", "'codecs decode' makes a picture of those packets that are good.");
        }

        if (!result.GetValue(s_salvage))
        {
            return new Batch(session, Name) { TextIsData = true }.Run([.. inputs.Select(i => new WorkItem(i))], (item, progress) => Check(item, shelf, options, model, session, progress));
        }

        OutputOptions outputs = CommonOptions.ReadOutputs(result, session);
        bool writes = outputs.Path is not null || outputs.Folder is not null;
        List<WorkItem> items = writes ? OutputPlan.Create(inputs, outputs, OutputPlan.CodedExtension) : [.. inputs.Select(i => new WorkItem(i))];
        var salvage = new Salvage(shelf, options, model, session.Cancellation);
        return new Batch(session, Name) { TextIsData = !outputs.IsStandardOutput, Outputs = writes ? outputs : null }.Run(
            items, (item, progress) => salvage.Run(item, writes ? outputs : null, progress));
    }

    private static FileReport Check(WorkItem item, ModelShelf shelf, ImageCodecOptions options, string? model, Session session, IProgress<CodecProgress>? progress)
    {
        byte[] bytes = InputReader.ReadAll(item.Input);
        if (PacketFile.IsPacketFile(bytes))
        {
            return PacketInspection.Check(item, bytes, shelf.Open(model ?? PacketShelf.DefaultModel));
        }

        NcfFile file = NcfFile.Parse(bytes, options.Limits);

        // Damage to the whole is told even if the model for the rest is not here.
        file.VerifyDigest();
        if (file.Kind == MediaKind.Audio)
        {
            return CheckSound(item, bytes, shelf.Sounds.For(file.ModelOf(file.Header.LeadTrack), model), session, progress);
        }

        if (file.Kind is MediaKind.Video or MediaKind.AudioVideo)
        {
            return CheckVideo(item, bytes, shelf.Videos.For(file.ModelOf(file.Header.LeadTrack), model), session, progress);
        }

        if (shelf.VideoFor(file, model) is { } clips)
        {
            return CheckVideo(item, bytes, clips, session, progress);
        }

        ImageCodec codec = shelf.For(file, model);
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
    }

    private static FileReport CheckVideo(WorkItem item, byte[] bytes, VideoCodec codec, Session session, IProgress<CodecProgress>? progress)
    {
        VideoVerifyResult verified = codec.Verify(new MemoryStream(bytes), progress, session.Cancellation);
        return new FileReport
        {
            Input = item.Input.Path,
            Status = FileReport.Done,
            InputBytes = bytes.Length,
            Model = codec.Name,
            Verified = new VerifyReport(Structure: true, Content: true, verified.DigestVerified),
            Text = $"{item.Input.DisplayName}: ok ({(verified.DigestVerified ? "structure, groups and digest" : "structure and groups")}, {verified.Frames} {(verified.Frames == 1 ? "frame" : "frames")})",
        };
    }

    private static FileReport CheckSound(WorkItem item, byte[] bytes, AudioCodec codec, Session session, IProgress<CodecProgress>? progress)
    {
        (long samples, bool digest) = codec.Verify(new MemoryStream(bytes), progress, session.Cancellation);
        return new FileReport
        {
            Input = item.Input.Path,
            Status = FileReport.Done,
            InputBytes = bytes.Length,
            Model = codec.Name,
            Verified = new VerifyReport(Structure: true, Content: true, digest),
            Text = $"{item.Input.DisplayName}: ok ({(digest ? "structure, symbols and digest" : "structure and symbols")}, {samples} samples)",
        };
    }
}
