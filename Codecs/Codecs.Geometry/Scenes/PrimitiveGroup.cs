using System.Text.Json.Nodes;
using Codecs.Formats.Media;

namespace Codecs.Geometry.Scenes;

/// <summary>Primitives that draw the same accessors, coded once.</summary>
internal sealed class PrimitiveGroup(PrimitiveData data)
{
    /// <summary>The numbers.</summary>
    public PrimitiveData Data { get; } = data;

    /// <summary>Mesh and place in it of each primitive, in the order of the document.</summary>
    public List<(int Mesh, int Primitive)> Members { get; } = [];

    /// <summary>The grid's number; set by <see cref="GridPlan"/>.</summary>
    public int Grid { get; set; }

    /// <summary>Finds what can be coded.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="options">Bits, order.</param>
    /// <param name="kept">Primitives that stay as they are.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static List<PrimitiveGroup> Find(Scene scene, GeometryEncoderOptions options, out int kept, CancellationToken cancellation)
    {
        var reader = new PrimitiveReader(scene, options);
        var groups = new List<PrimitiveGroup>();
        var known = new Dictionary<string, PrimitiveGroup?>(StringComparer.Ordinal);
        kept = 0;
        for (int mesh = 0; mesh < scene.MeshCount; mesh++)
        {
            JsonArray primitives = GltfJson.Array(GltfJson.Item(scene.Json, "meshes", mesh), "primitives")!;
            for (int i = 0; i < primitives.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                JsonObject primitive = GltfJson.Item(primitives, i);
                string key = KeyOf(primitive);
                if (!known.TryGetValue(key, out PrimitiveGroup? group))
                {
                    group = reader.Read(primitive) is { } data ? new PrimitiveGroup(data) : null;
                    known.Add(key, group);
                    if (group is not null)
                    {
                        groups.Add(group);
                    }
                }

                group?.Members.Add((mesh, i));
                kept += group is null ? 1 : 0;
            }
        }

        return groups;
    }

    // Everything that decides whether and how a primitive is coded.
    private static string KeyOf(JsonObject primitive)
    {
        IEnumerable<string> attributes = ((JsonObject)primitive["attributes"]!).Select(a => $"{a.Key}={a.Value!.ToJsonString()}").Order(StringComparer.Ordinal);
        string extensions = (primitive["extensions"] as JsonObject)?.ToJsonString() ?? "";
        return $"{string.Join(' ', attributes)}|{primitive["indices"]?.ToJsonString()}|{primitive["mode"]?.ToJsonString()}|{primitive["targets"]?.ToJsonString()}|{extensions}";
    }
}
