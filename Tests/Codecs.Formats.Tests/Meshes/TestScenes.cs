using System.Numerics;
using Codecs.Formats.Media;
using CsCheck;

namespace Codecs.Formats.Tests.Meshes;

/// <summary>Models made up for tests.</summary>
internal static class TestScenes
{
    /// <summary>Random surfaces without degenerate triangles: a bumpy sheet with or without normals, colours, coordinates, two materials.</summary>
    public static Gen<Surface> Surfaces { get; } =
        from width in Gen.Int[2, 9]
        from height in Gen.Int[2, 9]
        from seed in Gen.Int[0, 1 << 20]
        from parts in Gen.Int[0, 15]
        select Sheet(width, height, seed, (parts & 1) != 0, (parts & 2) != 0, (parts & 4) != 0, (parts & 8) != 0);

    public static Surface Sheet(int width, int height, int seed, bool normals, bool colors, bool coordinates, bool twoMaterials)
    {
        var random = new Random(seed);
        float[] positions = new float[width * height * 3];
        for (int i = 0; i < width * height; i++)
        {
            positions[i * 3] = i % width;
            positions[(i * 3) + 1] = (float)random.NextDouble();
            positions[(i * 3) + 2] = i / width;
        }

        var triangles = new List<int>();
        for (int y = 0; y + 1 < height; y++)
        {
            for (int x = 0; x + 1 < width; x++)
            {
                int a = (y * width) + x;
                triangles.AddRange([a, a + width, a + 1, a + 1, a + width, a + width + 1]);
            }
        }

        int corners = triangles.Count;
        int[] order = [.. triangles];
        var second = new SurfaceMaterial { Name = "second", BaseColor = new Vector4(0.25f, 0.5f, 0.75f, 1), Metallic = 0.5f, Roughness = 0.25f };
        return new Surface(positions, order)
        {
            Normals = normals ? Units(random, corners) : null,
            // Multiples of 1/255 in the sRGB curve survive every format.
            Colors = colors ? Colors(random, corners) : null,
            TexCoords = coordinates ? Fill(random, corners * 2) : null,
            TriangleMaterials = twoMaterials ? Halves(corners / 3) : null,
            Materials = twoMaterials ? [new SurfaceMaterial { Name = "first", Metallic = 0 }, second] : [new SurfaceMaterial { Name = "only", Metallic = 0 }],
            Name = "sheet",
        };
    }

    /// <summary>A picture that compresses well and is different everywhere.</summary>
    public static Image Picture(int size)
    {
        var image = new Image(size, size, ImageLayout.Rgb);
        for (int i = 0; i < size * size; i++)
        {
            image.Pixels.Span[i * 3] = (byte)(i % size);
            image.Pixels.Span[(i * 3) + 1] = (byte)(i / size);
            image.Pixels.Span[(i * 3) + 2] = (byte)(i * 7);
        }

        return image;
    }

    /// <summary>The nine coordinates of each triangle, in order: what no format may change.</summary>
    public static float[] Corners(Surface surface) => [.. surface.Triangles.SelectMany(v => surface.Positions.AsSpan(v * 3, 3).ToArray())];

    /// <summary>Corner values sorted by material and place in it, as conversion groups triangles by material.</summary>
    public static int[] ByMaterial(Surface surface) => surface.TriangleMaterials is { } ids
        ? [.. Enumerable.Range(0, surface.TriangleCount).OrderBy(t => ids[t])]
        : [.. Enumerable.Range(0, surface.TriangleCount)];

    public static float[] Take(float[] values, int[] triangles, int each) => [.. triangles.SelectMany(t => values.AsSpan(t * each, each).ToArray())];

    public static void Near(float[]? expected, float[]? actual, float most)
    {
        Assert.Equal(expected is null, actual is null);
        Assert.Equal(expected?.Length, actual?.Length);
        for (int i = 0; i < (expected?.Length ?? 0); i++)
        {
            Assert.True(Math.Abs(expected![i] - actual![i]) <= most, $"[{i}]: {expected[i]} became {actual[i]}");
        }
    }

    private static float[] Units(Random random, int count)
    {
        float[] values = new float[count * 3];
        for (int i = 0; i < count; i++)
        {
            Vector3 unit = Vector3.Normalize(new Vector3((float)random.NextDouble() - 0.5f, 1, (float)random.NextDouble() - 0.5f));
            (values[i * 3], values[(i * 3) + 1], values[(i * 3) + 2]) = (unit.X, unit.Y, unit.Z);
        }

        return values;
    }

    private static float[] Colors(Random random, int count)
    {
        float[] values = new float[count * 4];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i % 4 == 3 ? 1 : SrgbCurve.ToLinear((byte)random.Next(256));
        }

        return values;
    }

    private static float[] Fill(Random random, int count)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = random.Next(1025) / 1024f;
        }

        return values;
    }

    private static int[] Halves(int triangles)
    {
        int[] ids = new int[triangles];
        for (int i = 0; i < triangles; i++)
        {
            ids[i] = i % 2;
        }

        return ids;
    }
}
