using System.Globalization;

namespace Codecs.Benchmarks;

/// <summary>Prints, as a Markdown table, how fast every entropy coder is on one core and how many bytes it needs beyond the entropy.</summary>
/// <remarks>The best of several short runs.</remarks>
internal static class EntropyProbe
{
    private static readonly TimeSpan s_timePerLine = TimeSpan.FromSeconds(0.5);

    /// <param name="args">Nothing, or a part of the lines to measure.</param>
    /// <returns>The exit code: 1 if symbols did not come back.</returns>
    internal static int Run(string[] args)
    {
        string filter = args is [string part, ..] ? part : "";
        Console.WriteLine("| coder | path | symbols | encode, million/s | decode, million/s | bytes | above the entropy |");
        Console.WriteLine("| --- | --- | --- | ---: | ---: | ---: | ---: |");
        bool allBack = true;
        foreach (EntropyCase line in Cases())
        {
            if ($"{line.Coder} {line.Path} {line.Source}".Contains(filter, StringComparison.OrdinalIgnoreCase))
            {
                allBack &= Measure(line);
            }
        }

        return allBack ? 0 : 1;
    }

    private static IEnumerable<EntropyCase> Cases() =>
        [.. Rans64Case.All(), .. BulkRansCase.All(), .. RangeCase.All(), .. BinaryCase.All(), .. PackedCase.All()];

    private static bool Measure(EntropyCase line)
    {
        int bytes = line.Encode();
        line.Decode();
        if (!line.CameBack())
        {
            Console.Error.WriteLine($"{line.Coder} {line.Path}: the symbols of '{line.Source}' did not come back.");
            return false;
        }

        double encode = line.Symbols / BestRun.Seconds(() => line.Encode(), s_timePerLine) / 1e6;
        double decode = line.Symbols / BestRun.Seconds(line.Decode, s_timePerLine) / 1e6;
        double over = bytes - line.IdealBits / 8;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {line.Coder} | {line.Path} | {line.Source} | {encode:F0} | {decode:F0} | {bytes} | {over:F1} bytes, {800 * over / line.IdealBits:F4} % |"));
        return true;
    }
}
