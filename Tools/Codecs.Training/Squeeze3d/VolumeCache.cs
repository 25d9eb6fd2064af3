using System.Numerics;
using System.Runtime.InteropServices;
using Codecs.Formats.Media;
using Codecs.Geometry.Fields;
using Codecs.Metrics.Geometry;
using Codecs.Models.Squeeze3d;
using Codecs.Training.Data;
using Codecs.Training.Squeeze3d.Shapes;

namespace Codecs.Training.Squeeze3d;

/// <summary>Distance volumes of 3D models and of generated shapes, made once, in a memory-mapped file: one signed byte a node, 127 for 1.</summary>
internal sealed class VolumeCache : IDisposable
{
    /// <summary>Where the shapes come from, for the card.</summary>
    internal const string Source = "drawn by the recipe (solids, creatures, vessels, furniture), and Tools/get-media.sh meshes: OBJ models of the Debian package sweethome3d-furniture";

    private const ulong Magic = 0x314C4F5643455150; // "PQECVOL1"
    private const int HeldOutEvery = 40, ShapesPerMap = 25, ReportEvery = 500, Chunk = 64, ByteScale = 127;
    private const int SeedFactor = 7919, FewestTriangles = 100;
    private const long LargestFile = 12_000_000;
    private const double LeastInside = 0.003; // of all nodes: less is a line or a speck
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
        foreach (string file in options.ModelFiles())
        {
            Add(writer, Read(file, log));
        }

        if (writer.Count == 0)
        {
            throw new MediaException($"No readable 3D model of {FewestTriangles} triangles or more in {options.DescribeFolders()}; Tools/get-media.sh fetches some.");
        }

        log($"3D models: {writer.Count}");
        int wanted = options.ContextMaps * ShapesPerMap;
        for (int start = 0; start < wanted; start += Chunk)
        {
            byte[]?[] volumes = new byte[]?[Math.Min(Chunk, wanted - start)];
            Parallel.For(0, volumes.Length, i => volumes[i] = Make(((start + i + 1) * SeedFactor) + options.Seed));
            foreach (byte[] volume in volumes.OfType<byte[]>())
            {
                Add(writer, volume);
            }

            if ((start + Chunk) / ReportEvery != start / ReportEvery)
            {
                log($"shapes: {writer.Count}");
            }
        }
    }

    private static void Add(MappedStoreWriter writer, byte[]? volume)
    {
        if (volume is not null)
        {
            writer.Add(volume, writer.Count % HeldOutEvery == HeldOutEvery / 2 ? 1 : 0);
        }
    }

    private static byte[]? Read(string file, Action<string> log)
    {
        try
        {
            if (new FileInfo(file).Length > LargestFile)
            {
                return null;
            }

            Surface surface = SceneFile.Read(file).Scene.Flatten(new SurfaceOptions { DecodeTextures = false });
            if (surface.TriangleCount < FewestTriangles)
            {
                return null;
            }

            var tree = TriangleTree.Build(MemoryMarshal.Cast<float, Vector3>(surface.Positions), surface.Triangles);
            FieldFrame frame = FieldFrame.Around(tree.Low, tree.High);
            DistanceVolume volume = DistanceSampler.Sample(tree, frame, ShapeCode.Nodes, DistanceSampler.NeedsShell(tree, frame, ShapeCode.Nodes));
            return volume.Values.Count(static v => v < 0) < LeastInside * ShapeCode.VolumeLength ? null : ToBytes(volume);
        }
        catch (Exception e) when (e is CodecException or ArgumentException)
        {
            log($"skipped '{file}': {e.Message}");
            return null;
        }
    }

    private static byte[]? Make(int seed)
    {
        Solid solid = new ShapeMaker(new Random(seed)).Draw();
        return ShapeVolume.Surface(solid) is { } surface ? ToBytes(ShapeVolume.Sample(solid, surface, ShapeCode.Nodes)) : null;
    }

    private static byte[] ToBytes(DistanceVolume volume) => Array.ConvertAll(volume.Values, v => (byte)(sbyte)MathF.Round(v * ByteScale));
}
