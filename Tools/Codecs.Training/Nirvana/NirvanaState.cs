using Codecs.Formats.Weights;
using Codecs.Models.Nirvana;

namespace Codecs.Training.Nirvana;

/// <summary>Networks and fit in a checkpoint: the floats of all networks one after the other, moments of the same length, steps of each network.</summary>
internal static class NirvanaState
{
    private const string Parameters = "parameters", First = "moments.first", Second = "moments.second", Steps = "network_steps";

    /// <summary>Writes a checkpoint.</summary>
    internal static void Save(string path, SplitNetworks networks, NetworkFitting fitting, IReadOnlyDictionary<string, double> numbers)
    {
        Perceptron[] fitted = [.. Enumerable.Range(0, networks.Count).Select(i => fitting.Of(networks[i]))];
        Checkpoint.Save(
            path,
            [
                SafetensorsTensor.Create<float>(Parameters, [SplitNetworks.ParameterCount], Join(fitted, static p => p.Parameters)),
                SafetensorsTensor.Create<float>(First, [SplitNetworks.ParameterCount], Join(fitted, static p => p.FirstMoments.ToArray())),
                SafetensorsTensor.Create<float>(Second, [SplitNetworks.ParameterCount], Join(fitted, static p => p.SecondMoments.ToArray())),
                SafetensorsTensor.Create<float>(Steps, [fitted.Length], [.. fitted.Select(static p => (float)p.Steps)]),
            ],
            numbers);
    }

    /// <summary>Reads a checkpoint into a new fit.</summary>
    /// <returns>The networks as integers and the numbers.</returns>
    /// <exception cref="Codecs.InvalidBitstreamException">The file is damaged or belongs to another network.</exception>
    internal static (SplitNetworks Networks, Dictionary<string, double> Numbers) Load(string path, NetworkFitting fitting)
    {
        SafetensorsFile file = SafetensorsFile.Read(path);
        float[] parameters = Checkpoint.Find(file, path, Parameters, SplitNetworks.ParameterCount);
        float[] first = Checkpoint.Find(file, path, First, SplitNetworks.ParameterCount), second = Checkpoint.Find(file, path, Second, SplitNetworks.ParameterCount);
        var networks = new SplitNetworks(static i => new short[SplitNetworks.ShapeOf(i).ParameterCount]);
        float[] steps = Checkpoint.Find(file, path, Steps, networks.Count);
        int start = 0;
        for (int i = 0; i < networks.Count; i++)
        {
            Perceptron fitted = fitting.Of(networks[i]);
            int count = fitted.Parameters.Length;
            parameters.AsSpan(start, count).CopyTo(fitted.Parameters);
            first.AsSpan(start, count).CopyTo(fitted.FirstMoments);
            second.AsSpan(start, count).CopyTo(fitted.SecondMoments);
            fitted.Steps = (int)steps[i];
            start += count;
        }

        return (networks.With(fitting.Networks.Select(static n => (n.Index, n.Network.Quantize()))), Checkpoint.Numbers(file));
    }

    private static float[] Join(Perceptron[] fitted, Func<Perceptron, float[]> part) => [.. fitted.SelectMany(part)];
}
