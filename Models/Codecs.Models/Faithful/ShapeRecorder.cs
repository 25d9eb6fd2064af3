using static TorchSharp.torch;

namespace Codecs.Models.Faithful;

/// <summary>Lists the tensors that a network takes while it is built of tensors without memory.</summary>
internal sealed class ShapeRecorder : IWeightSource
{
    private readonly Dictionary<string, long[]> _shapes = new(StringComparer.Ordinal);

    private ShapeRecorder()
    {
    }

    /// <summary>Names and shapes of an official state dictionary.</summary>
    /// <param name="build">Builds the network.</param>
    internal static IReadOnlyDictionary<string, long[]> Record(Action<IWeightSource> build)
    {
        NativeBackend.EnsureLoaded();
        ShapeRecorder recorder = new();
        using var scope = NewDisposeScope();
        build(recorder);
        return recorder._shapes;
    }

    /// <summary>Number of values in all tensors that a condition on their names lets pass.</summary>
    internal static long Count(IReadOnlyDictionary<string, long[]> shapes, Func<string, bool> counts) =>
        shapes.Where(s => counts(s.Key)).Sum(s => s.Value.Aggregate(1L, (product, size) => product * size));

    Tensor IWeightSource.Take(string name, long[] shape)
    {
        _shapes.Add(name, shape);
        return empty(shape, device: META);
    }

    // The dispose scope of the recording frees them.
    void IWeightSource.Keep(Tensor tensor)
    {
    }
}
