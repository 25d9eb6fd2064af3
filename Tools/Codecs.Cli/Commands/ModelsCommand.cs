using System.CommandLine;
using System.Text.Json;
using Codecs.Cli.Output;
using Codecs.Formats.Container;
using Codecs.Images;
using Codecs.Models;

namespace Codecs.Cli.Commands;

/// <summary>models: what weights are installed, and their cards; import and reduce are files of their own.</summary>
internal static class ModelsCommand
{
    private const string Name = "models";

    private static readonly Argument<string> s_model = new("NAME") { Description = "A name that 'codecs models' lists." };

    internal static Command Create(Interruption interruption)
    {
        var show = new Verb("show", "Prints a model's fingerprints and its card.", "codecs models show mlicv2") { s_model };
        show.Runs((result, _) => Show(result.GetValue(s_model)!, result.GetValue(CommonOptions.Json)), interruption);
        var verb = new Verb(Name, "Lists the installed models.", "codecs models", "codecs models show mlicv2") { show, ModelsImportCommand.Create(interruption), ModelsReduceCommand.Create(interruption) };
        verb.Runs((result, _) => List(result.GetValue(CommonOptions.Json)), interruption);
        return verb;
    }

    private static RunReport List(bool json)
    {
        ModelReport[] models = [.. ModelZoo.Names.Select(name => Describe(name))];
        if (!json)
        {
            Console.WriteLine($"zoo: {ModelZoo.Folder}");
            string[][] rows = [["NAME", "SIZE", "CARD"], .. models.Select(m => new[] { m.Name, Units.Bytes(m.Bytes), Headline(m.Card) })];
            TextTable.Write(Console.Out, rows);
            if (models.Length == 0)
            {
                Console.Error.WriteLine($"codecs: no model is installed; {ModelZoo.FolderVariable} names another folder.");
            }
        }

        return Report(models);
    }

    private static RunReport Show(string name, bool json)
    {
        using var shelf = new ModelShelf(ImageCodecOptions.Default);
        (Fingerprint entropy, Fingerprint synthesis) = shelf.FingerprintsOf(name);
        ModelReport model = Describe(name) with { EntropyFingerprint = entropy.ToString(), SynthesisFingerprint = synthesis.ToString() };
        if (!json)
        {
            TextTable.Write(Console.Out,
            [
                ["name", model.Name], ["weights", model.Path], ["size", $"{model.Bytes} bytes"],
                ["entropy", model.EntropyFingerprint!], ["synthesis", model.SynthesisFingerprint!],
            ]);
            Console.WriteLine(model.Card is { } card ? card.GetRawText() : "(no card)");
        }

        return Report([model]);
    }

    private static RunReport Report(IReadOnlyList<ModelReport> models) =>
        new() { Command = Name, ExitCode = ExitCode.Done, Models = new ModelsReport(ModelZoo.Folder, models) };

    private static ModelReport Describe(string name)
    {
        string path = ModelZoo.Find(name);
        return new ModelReport(name, path, new FileInfo(path).Length, EntropyFingerprint: null, SynthesisFingerprint: null, ReadCard(path));
    }

    // A card is for people: one that is missing or malformed is no reason to fail.
    private static JsonElement? ReadCard(string weights)
    {
        string card = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(weights))!, ModelZoo.CardFile);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(card));
            return document.RootElement.Clone();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static string Headline(JsonElement? card)
    {
        if (card is not { ValueKind: JsonValueKind.Object } fields)
        {
            return "";
        }

        foreach (string key in (ReadOnlySpan<string>)["summary", "title", "description", "architecture"])
        {
            if (fields.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String)
            {
                return value.GetString()!;
            }
        }

        return "";
    }
}
