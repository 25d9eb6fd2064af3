using Codecs.Formats.Media;
using Codecs.Geometry;
using Codecs.Geometry.Scenes;

namespace Codecs.Fuzz.Targets;

/// <summary>The sections of a coded scene: decoded, coded and decoded again.</summary>
/// <remarks>Bytes: the payload without version and check, which are put before them, so that every parser sees the damage.</remarks>
internal sealed class ScenePayloadTarget : FuzzTarget
{
    private static readonly SceneLimits s_limits = new() { MaxVertices = 1 << 14, MaxTriangles = 1 << 14, MaxNodes = 256, MaxFileBytes = 1 << 20, MaxJsonBytes = 1 << 18 };

    internal override string Name => "scene-payload";

    internal override string Description => "a coded 3D scene without its check: decoded, coded again";

    // Every primitive has adaptive contexts of some megabytes.
    internal override long MemoryCap(int inputBytes) => (256L << 20) + (4096L * inputBytes);

    internal override IEnumerable<byte[]> Seeds()
    {
        Surface surface = Surface.FromVertices(
            [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1],
            [0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3],
            normals: [-1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1],
            colors: [1, 1, 1, 1, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1],
            texCoords: [0, 0, 1, 0, 0, 1, 1, 1],
            material: new SurfaceMaterial { Name = "m", BaseColorTexture = new Image(2, 2, ImageLayout.Rgb) },
            name: "t");
        yield return Sections(Scene.FromSurface(surface), false);
        yield return Sections(Scene.FromSurface(surface), true);
        yield return Sections(Scene.FromPointCloud(new PointCloud([0, 0, 0, 1, 2, 3])), false);
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        Scene scene = SceneCoder.Decode(SceneEnvelope.Seal(input.Span), s_limits);
        SceneContents contents = scene.Inspect();
        SceneContents again = SceneCoder.Decode(SceneCoder.Encode(scene).Payload).Inspect();
        Require(again.Triangles == contents.Triangles && again.Nodes == contents.Nodes, $"{contents.Triangles} triangles became {again.Triangles}");
    }

    private static byte[] Sections(Scene scene, bool keepOrder)
    {
        byte[] payload = SceneCoder.Encode(scene, new GeometryEncoderOptions { KeepOrder = keepOrder }).Payload;
        return payload[(1 + (payload[0] >> 4))..];
    }
}
