using System.Runtime.InteropServices;
using Codecs.Formats.Weights;
using Codecs.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Codecs.Models.IndexMaps.Concealment;

/// <summary>Guesses the indices of lost sites with a <see cref="MapTransformer"/>, the surest first.</summary>
/// <remarks>
/// A guess is the code nearest to the mean of all codes under the predicted probabilities, which is the best under squared error. The likeliest code is often
/// one of many that are hardly less likely, and a bold one.
/// </remarks>
internal sealed class MapConcealer : IDisposable
{
    /// <summary>Start of the names of the network's tensors in a weight file.</summary>
    internal const string Prefix = "concealer.";

    private const int Rounds = 4, Window = MapTransformer.Window, Border = 2, Step = Window - (2 * Border);
    private const long BytesPerRound = 64 << 20;
    private static readonly Scalar s_half = 0.5; // held for ever: TorchSharp 0.107 may free a number that only a call refers to
    private readonly MapTransformer _network;
    private readonly Tensor _codes; // [2^(depth + 1), elements], heap order
    private readonly Device _device;

    /// <param name="file">The weights.</param>
    /// <param name="codes">Vectors of the codebook's nodes in heap order, two to the power of (depth + 1) of them.</param>
    /// <param name="depth">Depth of the codebook's tree.</param>
    /// <param name="device">Where to run.</param>
    /// <exception cref="ModelMismatchException">A tensor is missing or has another shape.</exception>
    internal MapConcealer(SafetensorsFile file, ReadOnlySpan<float> codes, int depth, ComputeDevice device)
    {
        NativeBackend.EnsureLoaded();
        _device = device.ToTorch();
        _codes = tensor(codes.ToArray(), [2L << depth, codes.Length / (2L << depth)]).to(_device).DetachFromDisposeScope();
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
    public void Dispose()
    {
        _codes.Dispose();
        _network.Dispose();
    }

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
            Tensor likely = _network.Probabilities(features.index_select(0, tensor(sites).to(_device)), bits), book = _codes.narrow(0, 1L << bits, 1L << bits);
            Tensor index = (likely.matmul(book).matmul(book.t()) - (book.square().sum(1) * s_half)).argmax(1);
            ReadOnlySpan<float> probabilities = MemoryMarshal.Cast<byte, float>(likely.gather(1, index.unsqueeze(1)).cpu().contiguous().bytes);
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
