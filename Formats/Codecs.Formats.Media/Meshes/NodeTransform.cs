using System.Text.Json.Nodes;

namespace Codecs.Formats.Media;

/// <summary>The transforms of nodes (glTF 2.0, 3.5.2 and 3.5.3).</summary>
internal static class NodeTransform
{
    /// <summary>A node's own transform: its matrix, or scale, then rotation, then translation.</summary>
    /// <exception cref="MediaException">It is not made of finite numbers.</exception>
    public static Affine Local(JsonObject node)
    {
        if (GltfJson.Numbers(node, "matrix", 16) is { } m)
        {
            return new Affine(new(m[0], m[1], m[2]), new(m[4], m[5], m[6]), new(m[8], m[9], m[10]), new(m[12], m[13], m[14]));
        }

        double[] t = GltfJson.Numbers(node, "translation", 3) ?? [0, 0, 0];
        double[] s = GltfJson.Numbers(node, "scale", 3) ?? [1, 1, 1];
        double[] q = GltfJson.Numbers(node, "rotation", 4) ?? [0, 0, 0, 1];
        double x = q[0], y = q[1], z = q[2], w = q[3], norm = (x * x) + (y * y) + (z * z) + (w * w);
        // Rounded quaternions are not quite of length 1; dividing by the square of the length makes a pure rotation of any.
        double k = norm > 0 && double.IsFinite(norm) ? 2 / norm : 0;
        return new Affine(
            new Vec3(1 - (k * ((y * y) + (z * z))), k * ((x * y) + (z * w)), k * ((x * z) - (y * w))) * s[0],
            new Vec3(k * ((x * y) - (z * w)), 1 - (k * ((x * x) + (z * z))), k * ((y * z) + (x * w))) * s[1],
            new Vec3(k * ((x * z) + (y * w)), k * ((y * z) - (x * w)), 1 - (k * ((x * x) + (y * y)))) * s[2],
            new Vec3(t[0], t[1], t[2]));
    }

    /// <summary>Every node's transform to the world, whether a scene shows it or not.</summary>
    public static Affine[] World(Scene scene)
    {
        int count = scene.NodeCount;
        var world = new Affine[count];
        int[] parents = new int[count];
        Array.Fill(parents, -1);
        var children = new int[count][];
        for (int i = 0; i < count; i++)
        {
            JsonObject node = GltfJson.Item(scene.Json, "nodes", i);
            world[i] = Local(node);
            children[i] = Children(node, count);
            foreach (int child in children[i])
            {
                parents[child] = i;
            }
        }

        var open = new Stack<int>();
        for (int i = 0; i < count; i++)
        {
            if (parents[i] < 0)
            {
                open.Push(i);
            }
        }

        while (open.TryPop(out int node))
        {
            foreach (int child in children[node])
            {
                world[child] = world[node].After(world[child]);
                open.Push(child);
            }
        }

        return world;
    }

    /// <summary>The nodes of the scene that is shown, parents first, in the order of the document.</summary>
    public static List<int> Shown(Scene scene)
    {
        int count = scene.NodeCount;
        var roots = new List<int>();
        int scenes = GltfJson.Count(scene.Json, "scenes");
        if (scenes > 0)
        {
            int index = GltfJson.Index(scene.Json, "scene", scenes, "scenes") ?? 0;
            foreach (JsonNode? root in GltfJson.Array(GltfJson.Item(scene.Json, "scenes", index), "nodes") ?? [])
            {
                roots.Add(GltfJson.CheckIndex(root, count, "nodes"));
            }
        }
        else
        {
            bool[] isChild = new bool[count];
            for (int i = 0; i < count; i++)
            {
                foreach (int child in Children(GltfJson.Item(scene.Json, "nodes", i), count))
                {
                    isChild[child] = true;
                }
            }

            for (int i = 0; i < count; i++)
            {
                if (!isChild[i])
                {
                    roots.Add(i);
                }
            }
        }

        var shown = new List<int>();
        var open = new Stack<int>();
        for (int i = roots.Count - 1; i >= 0; i--)
        {
            open.Push(roots[i]);
        }

        while (open.TryPop(out int node))
        {
            shown.Add(node);
            if (shown.Count > count)
            {
                throw new MediaException("The nodes form a loop.");
            }

            int[] children = Children(GltfJson.Item(scene.Json, "nodes", node), count);
            for (int i = children.Length - 1; i >= 0; i--)
            {
                open.Push(children[i]);
            }
        }

        return shown;
    }

    private static int[] Children(JsonObject node, int nodes)
    {
        if (GltfJson.Array(node, "children") is not { } array)
        {
            return [];
        }

        int[] children = new int[array.Count];
        for (int i = 0; i < children.Length; i++)
        {
            children[i] = GltfJson.CheckIndex(array[i], nodes, "nodes");
        }

        return children;
    }
}
