using System.Text.Json.Nodes;
using Codecs.Formats.Media;

namespace Codecs.Geometry.Tests.Scenes;

/// <summary>Compares a scene with what became of it.</summary>
internal static class SceneComparer
{
    /// <summary>The document without accessors, buffer views and buffers, and without the indices of primitives that had none.</summary>
    public static string Outline(Scene scene)
    {
        var json = (JsonObject)scene.Json.DeepClone();
        foreach (string key in (string[])["accessors", "bufferViews", "buffers"])
        {
            json.Remove(key);
        }

        return json.ToJsonString();
    }

    /// <summary>The numbers of an accessor.</summary>
    public static float[] Values(Scene scene, JsonNode index) => scene.Accessor((int)index).ReadFloats();

    /// <summary>One of the primitives.</summary>
    public static JsonObject Primitive(Scene scene, int mesh, int primitive) => (JsonObject)scene.Json["meshes"]![mesh]!["primitives"]![primitive]!;

    /// <summary>For each corner of the triangles of a primitive its numbers: position, then attributes.</summary>
    public static float[][] Corners(Scene scene, JsonObject primitive, params string[] names)
    {
        var attributes = (JsonObject)primitive["attributes"]!;
        SceneAccessor[] accessors = [.. names.Prepend("POSITION").Select(n => scene.Accessor((int)attributes[n]!))];
        float[][] values = [.. accessors.Select(a => a.ReadFloats())];
        int[] indices = primitive["indices"] is { } index ? scene.Accessor((int)index).ReadIntegers() : [.. Enumerable.Range(0, accessors[0].Count)];
        return [.. indices.Select(v => accessors.SelectMany((a, k) => values[k].AsSpan(v * a.Components, a.Components).ToArray()).ToArray())];
    }

    /// <summary>True if both have the same oriented triangles in any order, each number within its tolerance.</summary>
    public static void AssertSame(float[][] expected, float[][] actual, float[] tolerances)
    {
        Assert.Equal(expected.Length, actual.Length);
        var left = Enumerable.Range(0, actual.Length / 3).ToList();
        for (int t = 0; t < expected.Length; t += 3)
        {
            int found = left.FindIndex(o => Enumerable.Range(0, 3).Any(turn => Enumerable.Range(0, 3).All(k => IsNear(expected[t + k], actual[3 * o + (k + turn) % 3], tolerances))));
            Assert.True(found >= 0, $"Triangle {t / 3} is missing: {string.Join(' ', expected[t])}");
            left.RemoveAt(found);
        }
    }

    private static bool IsNear(float[] a, float[] b, float[] tolerances)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (!(Math.Abs(a[i] - b[i]) <= tolerances[i]))
            {
                return false;
            }
        }

        return true;
    }
}
