using System.Text;
using Codecs.Formats.Media;

namespace Codecs.Formats.Tests.Meshes;

public sealed class SceneHostileTests
{
    private const int Rounds = 10_000;

    private static readonly string[] s_numbers = ["4294967295", "-1", "2147483647", "99999999999999999999", "1e38", "nan", "0", "65536", "-2147483648", "0.5"];
    private static readonly SceneLimits s_limits = new() { MaxVertices = 1 << 14, MaxTriangles = 1 << 14, MaxNodes = 256, MaxTexturePixels = 1 << 16 };

    [Theory]
    [InlineData(SceneFormat.Glb)]
    [InlineData(SceneFormat.Gltf)]
    [InlineData(SceneFormat.Obj)]
    [InlineData(SceneFormat.Ply)]
    [InlineData(SceneFormat.Stl)]
    public void DamagedFilesGiveAModelOrOneOfOurErrors(SceneFormat format)
    {
        byte[][] seeds = [.. Seeds(format)];
        var random = new Random(20260101);
        int good = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] input = Damage(seeds[round % seeds.Length], random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Scene scene = SceneFile.Read(input, s_limits, "a" + SceneFormats.Extension(format)).Scene;
                scene.Inspect();
                Surface surface = scene.Flatten(new SurfaceOptions { Limits = s_limits, Weld = true });
                PointCloud cloud = scene.ToPointCloud(s_limits);
                Assert.True(surface.TriangleCount <= s_limits.MaxTriangles && cloud.Count <= s_limits.MaxVertices);
                SceneFile.Encode(scene, SceneFormat.Glb);
                good++;
            }
            catch (CodecException)
            {
                // Refused in our own words.
            }

            long taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(taken <= (16L << 20) + (64L * input.Length), $"round {round}: {input.Length} bytes took {taken}");
        }

        Assert.InRange(good, 1, Rounds - 1);
    }

    private static IEnumerable<byte[]> Seeds(SceneFormat format)
    {
        Surface sheet = TestScenes.Sheet(4, 3, 1, normals: true, colors: true, coordinates: true, twoMaterials: true);
        yield return SceneFile.Encode(Scene.FromSurface(sheet), format);
        if (format is SceneFormat.Glb or SceneFormat.Gltf)
        {
            var painted = new Surface(sheet.Positions, sheet.Triangles) { TexCoords = sheet.TexCoords, Materials = [new SurfaceMaterial { BaseColorTexture = TestScenes.Picture(4) }] };
            yield return SceneFile.Encode(Scene.FromSurface(painted), format);
        }
        else if (format == SceneFormat.Ply)
        {
            yield return Encoding.ASCII.GetBytes(
                "ply\nformat ascii 1.0\nelement vertex 4\nproperty float x\nproperty float y\nproperty float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\n" +
                "element face 2\nproperty list uchar int vertex_indices\nproperty list uchar float texcoord\nend_header\n" +
                "0 0 0 1 2 3\n1 0 0 4 5 6\n1 1 0 7 8 9\n0 1 0 255 255 255\n3 0 1 2 6 0 0 1 0 1 1\n4 0 1 2 3 8 0 0 1 0 1 1 0 1\n");
        }
        else if (format == SceneFormat.Stl)
        {
            yield return "solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\nendloop\nendfacet\nendsolid a\n"u8.ToArray();
        }
        else
        {
            yield return "mtllib a.mtl\no a\nv 0 0 0 1 1 0\nv 1 0 0 1 0 0\nv 1 1 0 0 0 0\nv 0.5 0.2 0\nvt 0 1\nvn 0 0 1\nusemtl m\nf 1/1/1 2/1/1 3/1/1 -1/1/1\ng b c\np 1 2\nl 1 2\nf 1//1 2//1 3//1\n"u8.ToArray();
        }
    }

    private static byte[] Damage(byte[] seed, Random random)
    {
        var bytes = new List<byte>(seed);
        for (int hits = random.Next(1, 4); hits > 0 && bytes.Count > 0; hits--)
        {
            int at = random.Next(bytes.Count), length = Math.Min(random.Next(1, 20), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 5:
                    // A number of a text becomes another.
                    int digits = bytes.FindIndex(at, b => b is >= (byte)'0' and <= (byte)'9');
                    if (digits >= 0)
                    {
                        bytes.RemoveAt(digits);
                        bytes.InsertRange(digits, Encoding.ASCII.GetBytes(s_numbers[random.Next(s_numbers.Length)]));
                    }

                    break;
                default:
                    bytes.RemoveRange(at, Math.Min(4, bytes.Count - at));
                    bytes.InsertRange(at, BitConverter.GetBytes(random.Next(2) == 0 ? uint.MaxValue : 0x7FFFFFFFu));
                    break;
            }
        }

        return [.. bytes];
    }
}
