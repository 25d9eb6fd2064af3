using System.Runtime.InteropServices;
using Codecs.Formats.Weights;
using Codecs.Models.Layers;
using static TorchSharp.torch;

namespace Codecs.Models.IndexMaps.Concealment;

/// <summary>Guesses the indices of lost sites with a <see cref="MapTransformer"/>, the surest first.</summary>
internal sealed class MapConcealer : IDisposable
{
    /// <summary>Start of the names of the network's tensors in a weight file.</summary>
    internal const string Prefix = "concealer.";

    private const int Rounds = 4, Window = MapTransformer.Window, Border = 2, Step = Window - (2 * Border);
    private const long BytesPerRound = 64 << 20;
    private readonly MapTransformer _network;
    private readonly Device _device;

    /// <param name="file">The weights.</param>
    /// <param name="depth">Depth of the codebook's tree.</param>
    /// <param name="device">Where to run.</param>
    /// <exception cref="ModelMismatchException">A tensor is missing or has another shape.</exception>
    internal MapConcealer(SafetensorsFile file, int depth, ComputeDevice device)
    {
        NativeBackend.EnsureLoaded();
        _device = device.ToTorch();
        _network = new MapTransformer(new ComputePolicy(), depth);
        WeightLoader.Load(_network, file, Prefix, _device);
    }

    /// <summary>Fills the lost sites: in each round all are predicted and the surer half is taken for known.</summary>
    /// <param name="values">Indices [rows, columns]; those of lost sites are replaced.</param>
    /// <param name="lost">True where nothing was received, [rows, columns].</param>
    /// <param name="columns">Columns of the map.</param>
    /// <param name="bits">Bits of an index.</param>
    /// <param name="cancellation">Checked between rounds.</param>
    /// <returns>For each site the probability that its index is right, as the network sees it; 1 where it was received.</returns>
    internal float[] Fill(Span<ushort> values, ReadOnlySpan<bool> lost, int columns, int bits, CancellationToken cancellation)
    {
        float[] confidence = new float[values.Length];
        int[] open = [.. Enumerable.Range(0, values.Length).Where(Lost(lost))];
        Array.Fill(confidence, 1);
        long[] nodes = new long[values.Length];
        for (int site = 0; site < nodes.Length; site++)
        {
            nodes[site] = lost[site] ? 0 : (1L << bits) + values[site];
        }

        for (int round = 0; open.Length > 0; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            (ushort Index, float Confidence)[] guesses = Predict(nodes, open, columns, bits);
            int[] surest = [.. Enumerable.Range(0, open.Length).OrderByDescending(i => guesses[i].Confidence)];
            int taken = round == Rounds - 1 ? open.Length : (open.Length + 1) / 2;
            foreach (int i in surest.AsSpan(0, taken))
            {
                (values[open[i]], confidence[open[i]]) = guesses[i];
                nodes[open[i]] = (1L << bits) + guesses[i].Index;
            }

            open = [.. surest[taken..].Select(i => open[i]).Order()];
        }

        return confidence;
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private static Func<int, bool> Lost(ReadOnlySpan<bool> lost)
    {
        bool[] copy = lost.ToArray();
        return site => copy[site];
    }

    // Each site is predicted from the window in which it lies at least Border sites from the rim, where the map goes on.
    private (ushort Index, float Confidence)[] Predict(long[] nodes, int[] open, int columns, int bits)
    {
        using var _ = inference_mode();
        int rows = nodes.Length / columns;
        var result = new (ushort, float)[open.Length];
        foreach (IGrouping<(int Top, int Left), int> window in Enumerable.Range(0, open.Length)
            .GroupBy(i => (StartOf(open[i] / columns, rows), StartOf(open[i] % columns, columns))))
        {
            using var pause = CollectionPause.Start(BytesPerRound);
            using var scope = NewDisposeScope();
            int height = Math.Min(Window, rows - window.Key.Top), width = Math.Min(Window, columns - window.Key.Left);
            long[] part = new long[height * width];
            for (int r = 0; r < height; r++)
            {
                nodes.AsSpan(((window.Key.Top + r) * columns) + window.Key.Left, width).CopyTo(part.AsSpan(r * width));
            }

            long[] sites = [.. window.Select(i => (((open[i] / columns) - window.Key.Top) * (long)width) + (open[i] % columns) - window.Key.Left)];
            Tensor features = _network.Features(tensor(part, [1, height, width]).to(_device)).reshape(height * width, -1);
            (Tensor best, Tensor index) = _network.Probabilities(features.index_select(0, tensor(sites).to(_device)), bits).max(1);
            ReadOnlySpan<float> probabilities = MemoryMarshal.Cast<byte, float>(best.cpu().contiguous().bytes);
            ReadOnlySpan<long> indices = MemoryMarshal.Cast<byte, long>(index.cpu().contiguous().bytes);
            int at = 0;
            foreach (int i in window)
            {
                result[i] = ((ushort)indices[at], probabilities[at]);
                at++;
            }
        }

        return result;
    }

    private static int StartOf(int site, int sites) =>
        sites <= Window ? 0 : Math.Min(Math.Clamp((site - Border) / Step, 0, (sites - 1) / Step) * Step, sites - Window);
}
