using Codecs.Cli.Files;
using Codecs.Cli.Output;
using Codecs.Formats.Container;
using Codecs.Images;

namespace Codecs.Cli;

/// <summary>Examines files that may be damaged, says what is left of them, and writes it when asked.</summary>
/// <param name="shelf">Where models are.</param>
/// <param name="options">Limits.</param>
/// <param name="picked">A model the user insists on, else null.</param>
/// <param name="cancellation">Stops between steps.</param>
internal sealed class Salvage(ModelShelf shelf, ImageCodecOptions options, string? picked, CancellationToken cancellation)
{
    /// <param name="item">The file.</param>
    /// <param name="outputs">The rules about outputs; null to write nothing.</param>
    /// <param name="progress">Receives stages and shares.</param>
    internal FileReport Run(WorkItem item, OutputOptions? outputs, IProgress<CodecProgress>? progress)
    {
        byte[] bytes = InputReader.ReadAll(item.Input);
        SalvageReport found = Examine(bytes, progress);
        bool intact = found.IsIntact;
        byte[]? rest = outputs is null ? null : intact ? bytes : NcfSalvage.Repair(found);
        if (rest is not null)
        {
            OutputPlan.Write(item, outputs!, rest);
        }

        string name = item.Input.DisplayName;
        string text = $"{name}: {(intact ? "ok" : "damaged")} ({Describe(found)})";
        foreach (LostRange lost in found.Lost)
        {
            text += $"{Environment.NewLine}  lost: {lost.Length} bytes at {lost.Offset}: {lost.Reason}";
        }

        return new FileReport
        {
            Input = item.Input.Path,
            Output = rest is null ? null : item.Output,
            Status = FileReport.Done,
            InputBytes = bytes.Length,
            OutputBytes = rest?.Length,
            Salvage = NcfSalvageReport.From(found),
            ExitCode = intact ? ExitCode.Done : ExitCode.VerificationFailed,
            Text = text,
        };
    }

    // Without the weights the container's word is all there is, and that is worth having too.
    private SalvageReport Examine(byte[] bytes, IProgress<CodecProgress>? progress)
    {
        SalvageReport found = NcfSalvage.Examine(bytes, options.Limits);
        if (found.File is not { Kind: MediaKind.Still } file || file.ModelOf(file.Header.LeadTrack) is not { } model)
        {
            return found;
        }

        if (shelf.VideoFor(file, picked) is not null)
        {
            return found;
        }

        if ((picked is null ? shelf.Find(model) : shelf.Open(picked)) is { } codec)
        {
            return codec.Salvage(bytes, progress, cancellation);
        }

        foreach (UnitReport unit in found.Units)
        {
            if (unit is { Status: UnitStatus.Ok, Unit: { } coded } && coded.Track == file.Header.LeadTrack.Id)
            {
                unit.Status = UnitStatus.ModelMissing;
            }
        }

        return found;
    }

    private static string Describe(SalvageReport found)
    {
        var parts = new List<string>();
        foreach (UnitStatus status in Enum.GetValues<UnitStatus>())
        {
            if (found.CountOf(status) is > 0 and long count)
            {
                parts.Add($"{count} {(count == 1 ? "unit" : "units")} {Words(status)}");
            }
        }

        parts.Add(found.Units.Count == 0 ? "no units" : "");
        parts.Add(found.HasEnd ? "" : "no end");
        parts.Add(found.DigestHolds switch { true => "digest right", false => "digest wrong", null => "" });
        return string.Join(", ", parts.Where(p => p.Length > 0));
    }

    private static string Words(UnitStatus status) => status switch
    {
        UnitStatus.Ok => "good",
        UnitStatus.Damaged => "damaged",
        UnitStatus.Missing => "missing",
        UnitStatus.ModelMissing => "without their model",
        _ => "of other arithmetic or weights",
    };
}
