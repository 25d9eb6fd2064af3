using Codecs.Formats.Media;
using Codecs.Fuzz.Targets;

namespace Codecs.Fuzz;

/// <summary>Every target of the suite.</summary>
internal static class FuzzTargets
{
    internal static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new ContainerTarget(),
        new ContainerStreamTarget(),
        new ContainerSalvageTarget(),
        new VideoSummaryTarget(),
        new MatroskaTarget(),
        new SafetensorsTarget(),
        new NpyTarget(),
        new TorchCheckpointTarget(),
        new TokensTarget(),
        new TableSetTarget(),
        new Rans64Target(),
        new BulkRansTarget(),
        new RangeCoderTarget(),
        new PackedIndicesTarget(),
        new CompressAiTarget(),
        new ConstrictionTarget(),
        new TorchacTarget(),
        new WallocLatentTarget(),
        new IndexMapTarget(),
        new PacketsTarget(),
        new SpeechIndicesTarget(),
        new SpeechFileTarget(),
        new NirvanaGroupTarget(),
        new NirvanaChunkTarget(),
        new NirvanaWeightsTarget(),
        new VqganProjectTarget(),
        new ImageFileTarget(),
        new SceneTarget(SceneFormat.Glb),
        new SceneTarget(SceneFormat.Gltf),
        new SceneTarget(SceneFormat.Obj),
        new SceneTarget(SceneFormat.Ply),
        new SceneTarget(SceneFormat.Stl),
        new ScenePayloadTarget(),
        new PointCloudTarget(),
        new ImageVerifyTarget("image-verify", "mlicv2"),
        new ImageVerifyTarget("extreme-verify", "vqgan-extreme"),
    ];

    internal static FuzzTarget? Find(string name) => All.FirstOrDefault(t => t.Name == name);
}
