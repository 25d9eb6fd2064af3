using Codecs.Geometry.Fields;
using Codecs.Models.Squeeze3d;
using Codecs.Training.Data;
using Codecs.Training.Squeeze3d.Shapes;

namespace Codecs.Training.Squeeze3d;

/// <summary>Distance volumes of generated shapes, made once, in a memory-mapped file: one signed byte a node, 127 for 1.</summary>
internal sealed class VolumeCache : IDisposable
{
    /// <summary>Where the shapes come from, for the card.</summary>
    internal const string Source = "drawn by the recipe (solids, creatures, vessels, furniture)";

    private const ulong Magic = 0x314C4F5643455150; // "PQECVOL1"
    private const int HeldOutEvery = 40, ShapesPerMap = 25, ReportEvery = 500, Chunk = 64, ByteScale = 127;
    private const int SeedFactor = 7919;
    private readonly MappedStore _store;

    private VolumeCache(MappedStore store)
    {
        _store = store;
        Training = [.. store.Items.Where(i => i.Numbers[0] == 0).Select(i => i.Offset)];
        HeldOut = [.. store.Items.Where(i => i.Numbers[0] != 0).Select(i => i.Offset)];
    }

    /// <summary>Volumes to train on.</summary>
    internal IReadOnlyList<long> Training { get; }

    /// <summary>Volumes kept aside.</summary>
    internal IReadOnlyList<long> HeldOut { get; }

    /// <summary>Opens the cache in the work folder, making it first if it is missing.</summary>
    internal static VolumeCache Open(TrainingOptions options, Action<string> log) =>
        new(MappedStore.Open(Path.Combine(options.WorkFolder, "volumes.cache"), Magic, 1, writer => Build(options, writer, log)));

    /// <summary>Reads a volume in one of the 48 ways a cube can lie.</summary>
    internal void Read(long volume, int way, Span<float> destination)
    {
        Span<byte> bytes = stackalloc byte[ShapeCode.VolumeLength];
        _store.Read(volume, bytes);
        ReadOnlySpan<int> sources = CubeSymmetry.Of(way);
        for (int i = 0; i < bytes.Length; i++)
        {
            destination[i] = (sbyte)bytes[sources[i]] / (float)ByteScale;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    private static void Build(TrainingOptions options, MappedStoreWriter writer, Action<string> log)
    {
        int wanted = options.ContextMaps * ShapesPerMap;
        for (int start = 0; start < wanted; start += Chunk)
        {
            byte[]?[] volumes = new byte[]?[Math.Min(Chunk, wanted - start)];
            Parallel.For(0, volumes.Length, i => volumes[i] = Make(((start + i + 1) * SeedFactor) + options.Seed));
            foreach (byte[] volume in volumes.OfType<byte[]>())
            {
                writer.Add(volume, writer.Count % HeldOutEvery == HeldOutEvery / 2 ? 1 : 0);
            }

            if ((start + Chunk) / ReportEvery != start / ReportEvery)
            {
                log($"shapes: {writer.Count}");
            }
        }
    }

    private static byte[]? Make(int seed)
    {
        Solid solid = new ShapeMaker(new Random(seed)).Draw();
        return ShapeVolume.Surface(solid) is { } surface ? ToBytes(ShapeVolume.Sample(solid, surface, ShapeCode.Nodes)) : null;
    }

    private static byte[] ToBytes(DistanceVolume volume) => Array.ConvertAll(volume.Values, v => (byte)(sbyte)MathF.Round(v * ByteScale));
}
