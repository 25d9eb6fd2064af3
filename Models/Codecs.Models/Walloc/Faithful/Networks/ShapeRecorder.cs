using static TorchSharp.torch;

namespace Codecs.Models.Walloc.Faithful.Networks;

/// <summary>Lists the tensors that a network takes while it is built of tensors without memory.</summary>
internal sealed class ShapeRecorder : IWeightSource
{
    private readonly Dictionary<string, long[]> _shapes = new(StringComparer.Ordinal);

    private ShapeRecorder()
    {
    }

    /// <summary>Names and shapes of an official state dictionary, filters included.</summary>
    internal static IReadOnlyDictionary<string, long[]> Record(FaithfulWallocConfig config)
    {
        ShapeRecorder recorder = new();
        using var scope = NewDisposeScope();
        IFaithfulNetwork.Create(config, recorder);
        return recorder._shapes;
    }

    /// <summary>Number of learned values.</summary>
    internal static long CountParameters(IReadOnlyDictionary<string, long[]> shapes) =>
        shapes.Where(s => !WaveletBuffers.Contains(s.Key)).Sum(s => s.Value.Aggregate(1L, (product, size) => product * size));

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
