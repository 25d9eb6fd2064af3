using System.Text;
using Codecs.Formats.Media;

namespace Codecs.Fuzz.Targets;

/// <summary>A 3D model of one format: read, flattened, written as GLB and read again.</summary>
internal sealed class SceneTarget(SceneFormat format) : FuzzTarget
{
    private static readonly SceneLimits s_limits = new() { MaxVertices = 1 << 14, MaxTriangles = 1 << 14, MaxNodes = 256, MaxTexturePixels = 1 << 16 };

    internal override string Name => SceneFormats.Extension(format)[1..];

    internal override string Description => $"a 3D model ({SceneFormats.Name(format)}): read, made one surface, written as GLB";

    // A surface of as many triangles as the limits allow has 124 bytes for each, and is made in steps.
    internal override long MemoryCap(int inputBytes) => (16L << 20) + (64L * inputBytes);

    internal override IEnumerable<byte[]> Seeds()
    {
        yield return SceneFile.Encode(Scene.FromSurface(Tetrahedron(null)), format);
        switch (format)
        {
            case SceneFormat.Glb or SceneFormat.Gltf:
                var picture = new Image(2, 2, ImageLayout.Rgb);
                yield return SceneFile.Encode(Scene.FromSurface(Tetrahedron(picture)), format);
                yield return SceneFile.Encode(Scene.FromPointCloud(new PointCloud([0, 0, 0, 1, 2, 3])), format);
                break;
            case SceneFormat.Ply:
                yield return Encoding.ASCII.GetBytes(
                    "ply\nformat ascii 1.0\nelement vertex 4\nproperty float x\nproperty float y\nproperty float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\n" +
                    "element face 2\nproperty list uchar int vertex_indices\nproperty list uchar float texcoord\nend_header\n" +
                    "0 0 0 1 2 3\n1 0 0 4 5 6\n1 1 0 7 8 9\n0 1 0 255 255 255\n3 0 1 2 6 0 0 1 0 1 1\n4 0 1 2 3 8 0 0 1 0 1 1 0 1\n");
                break;
            case SceneFormat.Stl:
                yield return "solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\nendloop\nendfacet\nendsolid a\n"u8.ToArray();
                break;
            default:
                yield return "o a\nv 0 0 0 1 1 0\nv 1 0 0 1 0 0\nv 1 1 0\nv 0.5 0.2 0\nvt 0 1\nvn 0 0 1\nusemtl m\nf 1/1/1 2/1/1 3/1/1 -1/1/1\ng b\np 1 2\nf 1//1 \\\n2//1 3//1\n"u8.ToArray();
                break;
        }
    }

    internal override void Run(ReadOnlyMemory<byte> input)
    {
        Scene scene = SceneFile.Read(input, s_limits, "input." + Name).Scene;
        SceneContents contents = scene.Inspect();
        Surface surface = scene.Flatten(new SurfaceOptions { Limits = s_limits, Weld = true });
        Require(surface.TriangleCount <= s_limits.MaxTriangles, $"{surface.TriangleCount} triangles");
        foreach (float coordinate in surface.Positions)
        {
            Require(float.IsFinite(coordinate), "a coordinate is not finite");
        }

        scene.ToPointCloud(s_limits);
        SceneContents again = SceneFile.Read(SceneFile.Encode(scene, SceneFormat.Glb)).Scene.Inspect();
        Require(again.Triangles == contents.Triangles && again.Points == contents.Points, $"{contents.Triangles} triangles became {again.Triangles}");
    }

    private static Surface Tetrahedron(Image? picture) => Surface.FromVertices(
        [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1],
        [0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3],
        normals: [-1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1],
        colors: [1, 1, 1, 1, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1],
        texCoords: [0, 0, 1, 0, 0, 1, 1, 1],
        material: new SurfaceMaterial { Name = "m", BaseColorTexture = picture },
        name: "t");
}
