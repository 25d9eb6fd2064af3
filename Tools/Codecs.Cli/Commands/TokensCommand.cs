using System.CommandLine;
using Codecs.Audio;
using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Cli.Sounds;
using Codecs.Images;

namespace Codecs.Cli.Commands;

/// <summary>tokens: speech as codebook indices, for speech language models, and back.</summary>
internal static class TokensCommand
{
    private const string Name = "tokens";

    private static readonly string s_layout = $$"""
        Tokens:
          {{AudioTokens.FramesPerSecond}} frames a second, each of {{AudioTokens.FewestCodebooks}} to {{AudioTokens.MostCodebooks}} indices from 0 to {{AudioTokens.CodebookSize - 1}}, the coarse ones first.
          npy   an array of int16 [frames, codebooks]; int32 and int64 are read too. Back: 24 kHz, all frames, peak 0.5.
          json  {"model", "fingerprint", "sampleRate", "samples", "peak", "framesPerSecond": {{AudioTokens.FramesPerSecond}}, "codebookSize": {{AudioTokens.CodebookSize}},
                "codebooks", "tokens": [[...], one array a frame]}; the first two may be missing.
        """;

    private static readonly Argument<string[]> s_inputs = CommonOptions.Inputs("Sounds and .ncf files, or .npy and .json files to make sound of");

    private static readonly Option<string?> s_format = CommonOptions.WithCheck(
        new Option<string?>("--format")
        {
            Description = "npy (default) or json; of those ncf (default), wav, flac, opus, mp3, m4a or ogg; else the extension of -o decides.",
            HelpName = "FORMAT",
        },
        text => text is not null && TokenTarget.Of(text) is not null, "--format takes npy, json, ncf, wav, flac, opus, mp3, m4a or ogg.");

    private static readonly Option<string?> s_codec = new("--codec")
    {
        Description = $"Model with codebooks (default: {EncodeCommand.SpeechModel}); for .ncf files, weights to use instead of looking for those the file names.",
        HelpName = "NAME",
    };

    internal static Command Create(Interruption interruption)
    {
        var verb = new Verb(
            Name, "Writes the codebook indices of speech, as found in sounds or .ncf files, and makes .ncf files or sounds of indices.",
            "codecs tokens speech.wav -o codes.npy", "codecs tokens speech.ncf -o codes.json", "codecs tokens codes.npy -o speech.wav",
            "codecs tokens codes.json -o speech.ncf", "codecs tokens voices --out-dir tokens --codebooks 4", "codecs tokens tokens --out-dir back --format flac",
            "codecs tokens - -o - --format json < speech.wav")
        {
            s_inputs, CommonOptions.Output, CommonOptions.OutputFolder, s_format, SoundTargets.Codebooks, s_codec, CommonOptions.Force, CommonOptions.SkipExisting,
        };
        verb.Notes = s_layout;
        verb.Runs(Run, interruption);
        return verb;
    }

    private static RunReport Run(ParseResult result, Session session)
    {
        OutputOptions outputs = CommonOptions.ReadOutputs(result, session);
        TokenTarget? target = ReadTarget(result.GetValue(s_format), outputs);

        // Folders may hold both what tokens are made of and what is made of them.
        InputExpander expander = target is { HoldsTokens: false } ? InputExpander.TokenFiles : InputExpander.CodedFilesAndSounds;
        List<WorkItem> items = OutputPlan.Create(
            expander.Expand(result.GetValue(s_inputs)!), outputs, input => (target ?? TokenTarget.For(input)).Extension);
        using var shelf = new ModelShelf(ImageCodecOptions.Default);
        var conversion = new TokenConversion(shelf, result.GetValue(s_codec), result.GetValue(SoundTargets.Codebooks), outputs, session.Cancellation);
        return new Batch(session, Name) { Outputs = outputs }.Run(items, (item, progress) => conversion.Run(item, target, progress));
    }

    private static TokenTarget? ReadTarget(string? name, OutputOptions outputs)
    {
        string? text = name ?? (outputs.IsStandardOutput ? null : outputs.Path);
        return text is null ? null : TokenTarget.Of(text)
            ?? throw new UsageException($"'{text}' does not end in .npy, .json or .ncf, nor like a sound that can be written.", "Name the format with --format.");
    }
}
