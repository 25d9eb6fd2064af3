using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Codecs.Formats.Media;

namespace Codecs.Geometry.Tests.Scenes;

/// <summary>Models made up for tests.</summary>
internal static class SampleScenes
{
    /// <summary>Everything that scenes have: two textured primitives that touch, instances, a skin with an animation, a morph target, lines, extras, extensions, names.</summary>
    public static Scene Everything()
    {
        var scene = new Scene();
        JsonObject json = scene.Json;
        json["extensionsUsed"] = new JsonArray("KHR_lights_punctual", "EXT_test");
        json["extensions"] = JsonNode.Parse("""{"KHR_lights_punctual":{"lights":[{"type":"point","name":"sun é"}]},"EXT_test":{"accessor":0,"n":1e-7}}""");
        json["extras"] = JsonNode.Parse("""{"note":"0.10 stays 0.10","number":0.10,"deep":[1,{"a":null}]}""");
        scene.AddFloats([1, 2, 3], 1);
        int image = scene.AddImage("not really a picture, but nobody looks"u8.ToArray(), "image/png", "wood");
        json["samplers"] = new JsonArray(new JsonObject { ["wrapS"] = 33071 });
        json["textures"] = new JsonArray(new JsonObject { ["source"] = image, ["sampler"] = 0 });
        json["materials"] = JsonNode.Parse("""[{"name":"first","pbrMetallicRoughness":{"baseColorTexture":{"index":0}},"extras":{"k":[1.50]}},{"name":"second","alphaMode":"BLEND"}]""");
        JsonObject left = Primitive(scene, Sheet(9, 7, 0, 1), 0, true), right = Primitive(scene, Sheet(9, 7, 8, 2), 1, true);
        ((JsonObject)json["accessors"]![(int)left["attributes"]!["NORMAL"]!]!)["name"] = "normals of left";
        JsonObject bound = Primitive(scene, Sheet(5, 5, 0, 3), 1, false);
        AddSkin(scene, (JsonObject)bound["attributes"]!, 25);
        JsonObject morphing = Primitive(scene, Sheet(4, 4, 0, 4), 0, false);
        morphing["targets"] = new JsonArray(new JsonObject { ["POSITION"] = scene.AddFloats(Noise(16 * 3, 5), 3, true) });
        var lines = new JsonObject { ["attributes"] = new JsonObject { ["POSITION"] = scene.AddFloats(Noise(12, 6), 3, true) }, ["mode"] = 1 };
        json["meshes"] = new JsonArray(
            new JsonObject { ["name"] = "pair", ["primitives"] = new JsonArray(left, right), ["extras"] = new JsonObject { ["id"] = 7 } },
            new JsonObject { ["primitives"] = new JsonArray(bound) },
            new JsonObject { ["primitives"] = new JsonArray(morphing, lines), ["weights"] = new JsonArray(0.5) });
        json["nodes"] = JsonNode.Parse(
            """
            [{"name":"root","children":[1,2,3,4],"matrix":[1,0,0,0,0,1,0,0,0,0,1,0,5,0,0,1]},{"mesh":0,"name":"one"},{"mesh":0,"translation":[20,0,0],"extensions":{"EXT_test":{"x":[1]}}},
            {"mesh":2,"scale":[0.5,0.5,0.5]},{"mesh":1,"skin":0,"name":"bound"},{"name":"joint a","children":[6]},{"name":"joint b","translation":[0,1,0]}]
            """);
        json["scenes"] = JsonNode.Parse("""[{"name":"the scene","nodes":[0,5]}]""");
        json["scene"] = 0;
        scene.Check();
        return scene;
    }

    /// <summary>A sheet with a picture and some data that is kept.</summary>
    public static Scene Simple()
    {
        var scene = new Scene();
        JsonObject primitive = Primitive(scene, Sheet(3, 4, 0, 1), 0, false);
        scene.Json["materials"] = new JsonArray(new JsonObject { ["name"] = "m" });
        scene.AddFloats(Noise(20, 3), 1);
        scene.AddImage("a picture"u8.ToArray(), "image/png", "p");
        return Single(primitive, scene);
    }

    /// <summary>One mesh of one primitive.</summary>
    public static Scene Single(JsonObject primitive, Scene scene)
    {
        scene.Json["meshes"] = new JsonArray(new JsonObject { ["primitives"] = new JsonArray(primitive) });
        scene.Json["nodes"] = new JsonArray(new JsonObject { ["mesh"] = 0 });
        scene.Json["scenes"] = new JsonArray(new JsonObject { ["nodes"] = new JsonArray(0) });
        scene.Json["scene"] = 0;
        scene.Check();
        return scene;
    }

    /// <summary>A bumpy sheet of unit cells that begins at x.</summary>
    public static (float[] Positions, int[] Triangles, int Width) Sheet(int width, int height, int x, int seed)
    {
        var random = new Random(seed);
        float[] positions = new float[width * height * 3];
        for (int i = 0; i < width * height; i++)
        {
            positions[3 * i] = x + i % width;
            // Borders are straight, so that sheets side by side touch.
            positions[3 * i + 1] = i % width == 0 || i % width == width - 1 ? i / width * 0.37f : (float)random.NextDouble();
            positions[3 * i + 2] = i / width;
        }

        var triangles = new List<int>();
        for (int i = 0; i + width < width * height; i++)
        {
            if (i % width + 1 < width)
            {
                triangles.AddRange([i, i + width, i + 1, i + 1, i + width, i + width + 1]);
            }
        }

        return (positions, [.. triangles], width);
    }

    /// <summary>A primitive of a sheet: normals, and with all attributes a seam in the middle, colours, tangents, a second set of coordinates, numbers of its own.</summary>
    public static JsonObject Primitive(Scene scene, (float[] Positions, int[] Triangles, int Width) sheet, int material, bool all)
    {
        List<float> positions = [.. sheet.Positions], coordinates = [];
        int[] triangles = [.. sheet.Triangles];
        int count = positions.Count / 3;
        for (int i = 0; i < count; i++)
        {
            coordinates.AddRange([i % sheet.Width * 0.1f, i / sheet.Width * 0.1f]);
        }

        for (int i = 0; all && i < count; i++)
        {
            if (i % sheet.Width != sheet.Width / 2)
            {
                continue;
            }

            // The triangles at the right of the middle have a vertex of their own there.
            int copy = positions.Count / 3;
            positions.AddRange(sheet.Positions[(3 * i)..(3 * i + 3)]);
            coordinates.AddRange([0.9f, i * 0.01f]);
            for (int t = 0; t < triangles.Length; t += 3)
            {
                if (triangles.AsSpan(t, 3).ToArray().All(v => v >= count || v % sheet.Width >= sheet.Width / 2))
                {
                    triangles.AsSpan(t, 3).Replace(i, copy);
                }
            }
        }

        count = positions.Count / 3;
        float[] normals = Noise(count * 3, 11), tangents = Noise(count * 4, 12);
        for (int i = 0; i < count; i++)
        {
            Normalize(normals.AsSpan(3 * i, 3), 1);
            Normalize(tangents.AsSpan(4 * i, 3), 0);
            tangents[4 * i + 3] = i % 3 == 0 ? -1 : 1;
        }

        var attributes = new JsonObject { ["POSITION"] = scene.AddFloats([.. positions], 3, true), ["NORMAL"] = scene.AddFloats(normals, 3) };
        if (all)
        {
            attributes["TEXCOORD_0"] = scene.AddFloats([.. coordinates], 2);
            attributes["TEXCOORD_1"] = scene.AddFloats([.. coordinates.Select(c => c * 30)], 2);
            attributes["TANGENT"] = scene.AddFloats(tangents, 4);
            attributes["COLOR_0"] = scene.AddColors(Noise(count * 4, 13));
            attributes["_BATCH"] = scene.AddFloats([.. Enumerable.Range(0, count).Select(i => (float)(i / 7))], 1);
        }

        return new JsonObject { ["attributes"] = attributes, ["indices"] = scene.AddIndices(triangles), ["material"] = material };
    }

    private static void AddSkin(Scene scene, JsonObject attributes, int count)
    {
        byte[] joints = new byte[4 * count];
        float[] weights = new float[4 * count];
        for (int i = 0; i < count; i++)
        {
            joints[4 * i + 1] = 1;
            weights[4 * i] = i / (float)count;
            weights[4 * i + 1] = 1 - weights[4 * i];
        }

        attributes["JOINTS_0"] = Add(scene, joints, 5121, count, "VEC4");
        attributes["WEIGHTS_0"] = scene.AddFloats(weights, 4);
        byte[] matrices = new byte[128];
        for (int i = 0; i < 32; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(matrices.AsSpan(4 * i), i % 16 % 5 == 0 ? 1 : 0);
        }

        scene.Json["skins"] = new JsonArray(new JsonObject { ["joints"] = new JsonArray(5, 6), ["inverseBindMatrices"] = Add(scene, matrices, 5126, 2, "MAT4") });
        int times = scene.AddFloats([0, 0.5f, 1], 1, true), turns = scene.AddFloats(Noise(12, 21), 4);
        scene.Json["animations"] = new JsonArray(new JsonObject
        {
            ["name"] = "walk",
            ["samplers"] = new JsonArray(new JsonObject { ["input"] = times, ["output"] = turns }),
            ["channels"] = new JsonArray(new JsonObject { ["sampler"] = 0, ["target"] = new JsonObject { ["node"] = 6, ["path"] = "rotation" } }),
        });
    }

    private static int Add(Scene scene, byte[] bytes, int component, int count, string type)
    {
        var accessors = (JsonArray)scene.Json["accessors"]!;
        accessors.Add(new JsonObject { ["bufferView"] = scene.AddBufferView(bytes), ["componentType"] = component, ["count"] = count, ["type"] = type });
        return accessors.Count - 1;
    }

    private static float[] Noise(int count, int seed)
    {
        var random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)random.NextDouble();
        }

        return values;
    }

    private static void Normalize(Span<float> vector, float lift)
    {
        vector[2] += lift;
        float length = MathF.Sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2]);
        for (int i = 0; i < 3; i++)
        {
            vector[i] /= length;
        }
    }
}
