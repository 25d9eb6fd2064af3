using Codecs.Formats.Container;
using Codecs.Formats.Weights;

namespace Codecs.Fuzz.Targets;

/// <summary>An array of numbers as NumPy stores it.</summary>
internal sealed class NpyTarget : FuzzTarget
{
    internal override string Name => "npy";

    internal override string Description => "a .npy file: header, values";

    internal override IEnumerable<byte[]> Seeds()
    {
        yield return NpyFile.ToArray<float>([], [0.5f]);
        yield return NpyFile.ToArray<float>([3], [1, -2, float.NaN]);
        yield return NpyFile.ToArray<float>([2, 0, 5], []);
        yield return NpyFile.ToArray<float>([2, 1, 2], [1, 2, 3, 4]);
        yield return NpyFile.ToArray<short>([2, 3], [1, -2, 3, -4, 1023, short.MinValue]);
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        NpyFile file = NpyFile.Read(input.Span);
        if (file.Type == ElementType.F32)
        {
            Compare(file, file.ToFloats(), again => again.ToFloats());
        }
        else
        {
            Compare(file, file.ToInt16s(), again => again.ToInt16s());
        }
    }

    private static void Compare<T>(NpyFile file, T[] values, Func<NpyFile, T[]> read)
        where T : unmanaged, IEquatable<T>
    {
        Require(file.Shape.Aggregate((Int128)1, (product, d) => product * d) == values.Length, "the shape does not hold as many values as were read");
        NpyFile again = NpyFile.Read(NpyFile.ToArray<T>(file.Shape, values));
        Require(
            again.Shape.SequenceEqual(file.Shape) && read(again).AsSpan().SequenceEqual(values), "an array changed on the way through the writer");
    }
}
