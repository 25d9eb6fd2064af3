using Codecs.Audio;
using Codecs.Formats.Container;

namespace Codecs.Cli.Output;

/// <summary>The codebooks of coded speech, as the container shows them: no weights are needed.</summary>
/// <param name="Count">Codebooks of the unit that has the most.</param>
/// <param name="Fewest">Codebooks of the unit that has the fewest.</param>
/// <param name="FramesPerSecond">Frames per second, each with an index of every codebook.</param>
/// <param name="NominalKilobitsPerSecond">Of <paramref name="Count"/> indices before entropy coding.</param>
/// <param name="Bytes">Coded bytes of the first codebooks, which are coded together, then of each further one.</param>
internal sealed record NcfCodebooksReport(int Count, int Fewest, int FramesPerSecond, double NominalKilobitsPerSecond, IReadOnlyList<long> Bytes)
{
    private const int Together = AudioTokens.FewestCodebooks;

    /// <summary>Null for a file without units.</summary>
    internal static NcfCodebooksReport? Of(NcfFile file)
    {
        if (file.Units.Count == 0)
        {
            return null;
        }

        int most = file.Units.Max(u => u.Payloads.Count), fewest = file.Units.Min(u => u.Payloads.Count);
        int count = most - 1 + Together;
        return new NcfCodebooksReport(
            count, fewest - 1 + Together, AudioTokens.FramesPerSecond, count * Math.Log2(AudioTokens.CodebookSize) * AudioTokens.FramesPerSecond / 1000,
            [.. Enumerable.Range(0, most).Select(p => file.Units.Where(u => p < u.Payloads.Count).Sum(u => (long)u.Payloads[p].Length))]);
    }

    internal string Describe() =>
        $"{(Fewest < Count ? $"{Fewest} to {Count}" : $"{Count}")} of {AudioTokens.CodebookSize} entries, {FramesPerSecond} frames/s, {Units.Number(NominalKilobitsPerSecond, "0.##")} kbit/s before entropy coding";

    internal string DescribeBytes() =>
        $"codebooks 0 to {Together - 1}: {Bytes[0]} bytes" + string.Concat(Bytes.Skip(1).Select((bytes, i) => $", {Together + i}: {bytes}"));
}
