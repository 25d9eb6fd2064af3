using System.Text.Json.Nodes;
using Codecs.Formats.Media;

namespace Codecs.Geometry.Scenes;

/// <summary>Chooses the grids of a scene: one step in the world, so that what touches keeps touching, carried into the space of each mesh.</summary>
/// <remarks>A mesh that nodes draw enlarged gets a finer step. Scales that differ by less than a fifth share a step, those of 1 have the step of the world exactly.</remarks>
internal sealed class GridPlan
{
    // 2^(0/4), 2^(1/4), ...
    private static readonly double[] s_quarters = [1, 1.189207115002721, 1.4142135623730951, 1.681792830507429];

    private readonly Scene _scene;
    private readonly Affine[] _world;
    private readonly List<int>[] _nodesOf;

    private GridPlan(Scene scene)
    {
        _scene = scene;
        _world = NodeTransform.World(scene);
        _nodesOf = new List<int>[scene.MeshCount];
        for (int i = 0; i < _nodesOf.Length; i++)
        {
            _nodesOf[i] = [];
        }

        for (int node = 0; node < scene.NodeCount; node++)
        {
            if (GltfJson.Index(GltfJson.Item(scene.Json, "nodes", node), "mesh", scene.MeshCount, "meshes") is { } mesh)
            {
                _nodesOf[mesh].Add(node);
            }
        }
    }

    /// <summary>Gives every group a grid.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="groups">The groups; their <see cref="PrimitiveGroup.Grid"/> is set.</param>
    /// <param name="bits">Bits along the longest side of the scene.</param>
    public static List<SceneGrid> Make(Scene scene, IReadOnlyList<PrimitiveGroup> groups, int bits)
    {
        var plan = new GridPlan(scene);
        var world = new Bounds();
        double[] scales = [.. groups.Select(g => plan.Place(g, world))];
        double side = world.Side();
        double step = side > 0 && double.IsFinite(side) ? side / ((1 << bits) - 1) : 1;
        var grids = new List<SceneGrid>();
        foreach (IGrouping<float, int> same in Enumerable.Range(0, groups.Count).GroupBy(i => StepOf(step, scales[i])))
        {
            PrimitiveGroup[] members = [.. same.Select(i => groups[i])];
            if (TryShare(grids, members, same.Key))
            {
                continue;
            }

            foreach (PrimitiveGroup member in members)
            {
                for (float own = same.Key; !TryShare(grids, [member], own); own *= 2)
                {
                }
            }
        }

        return grids;
    }

    private static bool TryShare(List<SceneGrid> grids, PrimitiveGroup[] members, float step)
    {
        var box = new Bounds();
        foreach (PrimitiveGroup member in members)
        {
            box.Add(member.Data.Positions);
        }

        if (SceneGrid.Fit(step, box.Low, box.High) is not { } grid)
        {
            return false;
        }

        int number = grids.IndexOf(grid);
        if (number < 0)
        {
            number = grids.Count;
            grids.Add(grid);
        }

        foreach (PrimitiveGroup member in members)
        {
            member.Grid = number;
        }

        return true;
    }

    // Adds a group to the world's box; how much it is enlarged there.
    private double Place(PrimitiveGroup group, Bounds world)
    {
        double scale = 0;
        foreach (int mesh in group.Members.Select(m => m.Mesh).Distinct())
        {
            // A forest of instances is bounded by the corners of each tree's box.
            bool isMany = (long)_nodesOf[mesh].Count * group.Data.Positions.Length > 1 << 26;
            float[] outline = isMany ? Bounds.Corners(group.Data.Positions) : group.Data.Positions;
            foreach (int node in _nodesOf[mesh])
            {
                if (SkinOf(group, node) is { } maps)
                {
                    for (int i = 0; i < maps.Length; i++)
                    {
                        world.Add(maps[i].Point(Vec3.At(group.Data.Positions, i)));
                        scale = Math.Max(scale, Enlargement(maps[i]));
                    }

                    continue;
                }

                for (int i = 0; i < outline.Length / 3; i++)
                {
                    world.Add(_world[node].Point(Vec3.At(outline, i)));
                }

                scale = Math.Max(scale, Enlargement(_world[node]));
            }
        }

        if (scale > 0 && double.IsFinite(scale))
        {
            return scale;
        }

        world.Add(group.Data.Positions);
        return 1;
    }

    private Affine[]? SkinOf(PrimitiveGroup group, int node)
    {
        if (GltfJson.Index(GltfJson.Item(_scene.Json, "nodes", node), "skin", GltfJson.Count(_scene.Json, "skins"), "skins") is not { } skin)
        {
            return null;
        }

        (int mesh, int primitive) = group.Members[0];
        JsonObject json = GltfJson.Item(GltfJson.Array(GltfJson.Item(_scene.Json, "meshes", mesh), "primitives")!, primitive);
        try
        {
            return Skinning.Open(_scene, skin, _world).Maps(_scene, GltfJson.Object(json, "attributes")!, group.Data.Elements);
        }
        catch (MediaException)
        {
            // A broken skin can still be kept; only its size in the world is not known.
            return null;
        }
    }

    private static double Enlargement(in Affine map) => Math.Sqrt(Math.Max(map.X.Dot(map.X), Math.Max(map.Y.Dot(map.Y), map.Z.Dot(map.Z))));

    // The world's step in a mesh: the largest 2^(-n/4) of it that is no coarser, with tolerance for rounded matrices.
    private static float StepOf(double step, double scale)
    {
        int n = -400;
        while (n < 400 && Math.ScaleB(s_quarters[n & 3], n >> 2) < scale * 0.998)
        {
            n++;
        }

        return Math.Clamp((float)(step / Math.ScaleB(s_quarters[n & 3], n >> 2)), 1e-30f, 1e30f);
    }

    private sealed class Bounds
    {
        public double[] Low { get; } = [double.MaxValue, double.MaxValue, double.MaxValue];

        public double[] High { get; } = [double.MinValue, double.MinValue, double.MinValue];

        public static float[] Corners(float[] positions)
        {
            var box = new Bounds();
            box.Add(positions);
            float[] corners = new float[24];
            for (int i = 0; i < 24; i++)
            {
                corners[i] = (float)((i / 3 >> i % 3 & 1) == 0 ? box.Low : box.High)[i % 3];
            }

            return corners;
        }

        public double Side() => Math.Max(High[0] - Low[0], Math.Max(High[1] - Low[1], High[2] - Low[2]));

        public void Add(float[] positions)
        {
            for (int i = 0; i < positions.Length; i++)
            {
                Low[i % 3] = Math.Min(Low[i % 3], positions[i]);
                High[i % 3] = Math.Max(High[i % 3], positions[i]);
            }
        }

        public void Add(Vec3 point)
        {
            (Low[0], Low[1], Low[2]) = (Math.Min(Low[0], point.X), Math.Min(Low[1], point.Y), Math.Min(Low[2], point.Z));
            (High[0], High[1], High[2]) = (Math.Max(High[0], point.X), Math.Max(High[1], point.Y), Math.Max(High[2], point.Z));
        }
    }
}
