using Codecs.Formats.Container;
using Codecs.Formats.Weights;

namespace Codecs.Models.Faithful;

/// <summary>Holds the tensors of a checkpoint against those that a network takes.</summary>
internal static class StateCheck
{
    private const int MostNamed = 8;

    /// <summary>Names every tensor that is missing, not expected, or of another shape or type.</summary>
    /// <param name="expected">From <see cref="ShapeRecorder"/>.</param>
    /// <param name="tensors">What the checkpoint has.</param>
    /// <param name="configuration">The shape of the network, for the message.</param>
    /// <exception cref="ModelMismatchException">There is one.</exception>
    internal static void Require(IReadOnlyDictionary<string, long[]> expected, IEnumerable<SafetensorsTensor> tensors, string configuration)
    {
        Dictionary<string, SafetensorsTensor> found = tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
        List<string> faults = [];
        List(faults, "missing", expected.Keys.Where(n => !found.ContainsKey(n)));
        List(faults, "unexpected", found.Keys.Where(n => !expected.ContainsKey(n)));
        List(faults, "of another shape or type", found.Values
            .Where(t => expected.TryGetValue(t.Name, out long[]? shape) && (!t.Shape.SequenceEqual(shape) || t.Type is not (ElementType.F32 or ElementType.F16 or ElementType.BF16)))
            .Select(t => $"{t}, expected floats [{string.Join(", ", expected[t.Name])}]"));
        if (faults.Count > 0)
        {
            throw new ModelMismatchException($"The checkpoint does not fit the configuration {configuration}: {string.Join("; ", faults)}.");
        }
    }

    private static void List(List<string> faults, string what, IEnumerable<string> names)
    {
        string[] sorted = [.. names.Order(StringComparer.Ordinal)];
        if (sorted.Length > 0)
        {
            string more = sorted.Length > MostNamed ? $" and {sorted.Length - MostNamed} more" : "";
            faults.Add($"{sorted.Length} {what}: {string.Join(", ", sorted.Take(MostNamed))}{more}");
        }
    }
}
