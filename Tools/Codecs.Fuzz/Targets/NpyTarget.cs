using Codecs.Formats.Weights;

namespace Codecs.Fuzz.Targets;

/// <summary>An array of floats as NumPy stores it.</summary>
internal sealed class NpyTarget : FuzzTarget
{
    internal override string Name => "npy";

    internal override string Description => "a .npy file: header, values";

    internal override IEnumerable<byte[]> Seeds()
    {
        yield return NpyFile.ToArray([], [0.5f]);
        yield return NpyFile.ToArray([3], [1, -2, float.NaN]);
        yield return NpyFile.ToArray([2, 0, 5], []);
        yield return NpyFile.ToArray([2, 1, 2], [1, 2, 3, 4]);
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        NpyFile file = NpyFile.Read(input.Span);
        Require(file.Shape.Aggregate((Int128)1, (product, d) => product * d) == file.Values.Length, "the shape does not hold as many values as were read");
        NpyFile again = NpyFile.Read(NpyFile.ToArray(file.Shape, file.Values));
        Require(
            again.Shape.SequenceEqual(file.Shape) && again.Values.AsSpan().SequenceEqual(file.Values), "an array changed on the way through the writer");
    }
}
