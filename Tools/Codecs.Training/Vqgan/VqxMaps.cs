using System.Runtime.InteropServices;
using Codecs.Models;
using Codecs.Models.IndexMaps;
using Codecs.Models.Vqgan;
using Codecs.Training.Data;
using static TorchSharp.torch;

namespace Codecs.Training.Vqgan;

/// <summary>Index maps of crops of training pictures, as the encoder makes them.</summary>
internal sealed class VqxMaps : IMapSource
{
    /// <summary>Sites of a map per axis.</summary>
    internal const int Side = 16;

    private const int CropsAtOnce = 4;
    private const long BytesPerBatch = 64 << 20;
    private readonly List<float[]> _vectors = [];
    private readonly List<ushort[]>[] _maps = [.. Enumerable.Range(0, VqxShape.Depth + 1).Select(_ => new List<ushort[]>())];
    private readonly Random _random;

    private VqxMaps(int seed) => _random = new Random(seed);

    /// <summary>Maps of nearest codes at every depth.</summary>
    /// <param name="network">Encoder and codebook.</param>
    /// <param name="sampler">Draws crops.</param>
    /// <param name="count">How many crops.</param>
    /// <param name="seed">Seed of the draws.</param>
    internal static VqxMaps Create(VqxNetwork network, CropSampler sampler, int count, int seed)
    {
        using var _ = no_grad();
        var maps = new VqxMaps(seed);
        network.Policy.Type = ScalarType.BFloat16;
        for (int done = 0; done < count; done += CropsAtOnce)
        {
            using var pause = CollectionPause.Start(BytesPerBatch);
            using var scope = NewDisposeScope();
            Tensor z = network.encoder.forward(sampler.Next(CropsAtOnce, Side * VqxShape.Stride) - 0.5).to(ScalarType.Float32).contiguous();
            float[] vectors = MemoryMarshal.Cast<byte, float>(z.bytes).ToArray();
            const int size = Side * Side * VqxShape.Dimensions;
            for (int i = 0; i < CropsAtOnce; i++)
            {
                maps._vectors.Add(vectors[(i * size)..((i + 1) * size)]);
            }

            for (int bits = VqxShape.FewestBits; bits <= VqxShape.Depth; bits++)
            {
                Tensor nodes = network.Nearest(z, bits).contiguous();
                ushort[] indices = [.. MemoryMarshal.Cast<byte, long>(nodes.bytes).ToArray().Select(n => (ushort)(n - (1L << bits)))];
                maps._maps[bits].AddRange(indices.Chunk(Side * Side));
            }
        }

        return maps;
    }

    /// <summary>Puts maps chosen by rate and distortion in the place of some of the nearest codes, so that the coder knows those as well.</summary>
    /// <param name="codebook">The codes.</param>
    /// <param name="model">Says what indices cost.</param>
    /// <param name="lambdaOf">Draws a lambda for a depth.</param>
    /// <param name="share">Share of the maps that are replaced.</param>
    internal void Reconsider(VqxCodebook codebook, ExactMapModel model, Func<Random, int, float> lambdaOf, double share)
    {
        (int Bits, int Map, float Lambda)[] chosen = [.. Enumerable.Range(VqxShape.FewestBits, VqxShape.Depth + 1 - VqxShape.FewestBits)
            .SelectMany(bits => Enumerable.Range(0, _vectors.Count).Where(_ => _random.NextDouble() < share).Select(map => (bits, map, lambdaOf(_random, bits))))];
        Parallel.ForEach(
            chosen, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, () => new VqxQuantizer(codebook, model),
            (choice, _, quantizer) =>
            {
                _maps[choice.Bits][choice.Map] = quantizer.Quantize(_vectors[choice.Map], Side, Side, choice.Bits, choice.Lambda).Values.ToArray();
                return quantizer;
            },
            _ => { });
    }

    /// <summary>Mean squared distance of vectors from their codes at a depth.</summary>
    internal double Distortion(VqxCodebook codebook, int bits)
    {
        double sum = 0;
        int count = 0;
        for (int map = 0; map < _vectors.Count; map += 16)
        {
            for (int site = 0; site < Side * Side; site++)
            {
                ReadOnlySpan<float> code = codebook.Vector(bits, _maps[bits][map][site]);
                for (int d = 0; d < code.Length; d++)
                {
                    float difference = _vectors[map][(site * VqxShape.Dimensions) + d] - code[d];
                    sum += difference * difference;
                }

                count++;
            }
        }

        return sum / count;
    }

    /// <inheritdoc/>
    public IReadOnlyList<IndexMap> Draw(int sites, int bits) =>
        [.. Enumerable.Range(0, Math.Max(1, sites / (Side * Side))).Select(_ => new IndexMap(Side, Side, bits, _maps[bits][_random.Next(_vectors.Count)]))];
}
