using Codecs.Formats.Weights;
using Codecs.Models.IndexMaps;
using Codecs.Training.Vqgan;

namespace Codecs.Training.Tests.Vqgan;

public sealed class MapTrainingTests
{
    [Fact]
    public void SlopesBecomeCheapAtEveryDepth()
    {
        var model = new ExactMapModel(SafetensorsFile.Read(SafetensorsWriter.ToArray(
            MapTraining.Run(new Slopes(seed: 1), new MapTraining.Options { Steps = 60, AdaptiveMaps = 60 }, _ => { }))));
        IndexMap[] unknown = [.. new Slopes(seed: 2).Draw(4000, MapShape.Bits)];
        MapCoder coder = model.CreateCoder();
        foreach (int bits in (ReadOnlySpan<int>)[4, 8, 12])
        {
            double perIndex = unknown.Sum(m => coder.Cost(m.Truncate(bits))) / unknown.Sum(m => m.Values.Length);
            Assert.InRange(perIndex, 0.01, 0.75 * bits);
        }
    }

    // An index grows by a few steps with every row and column of its map.
    private sealed class Slopes(int seed) : IMapSource
    {
        private const int Side = 16;
        private readonly Random _random = new(seed);

        public IReadOnlyList<IndexMap> Draw(int sites, int bits) =>
            [.. Enumerable.Range(0, Math.Max(1, sites / (Side * Side))).Select(_ => Create().Truncate(bits))];

        private IndexMap Create()
        {
            int start = _random.Next(1 << MapShape.Bits), down = _random.Next(-40, 41), right = _random.Next(-40, 41);
            ushort[] values = new ushort[Side * Side];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (ushort)Math.Clamp(start + (i / Side * down) + (i % Side * right) + _random.Next(4), 0, (1 << MapShape.Bits) - 1);
            }

            return new IndexMap(Side, Side, MapShape.Bits, values);
        }
    }
}
