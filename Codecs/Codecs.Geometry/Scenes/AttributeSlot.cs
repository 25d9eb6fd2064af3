using System.Globalization;
using System.Text.Json.Nodes;
using Codecs.Geometry.Triangles;

namespace Codecs.Geometry.Scenes;

/// <summary>One layer of a primitive's triangles and the attributes of glTF that it holds: one, or all sets of joints or weights together.</summary>
/// <param name="Kind">How it is predicted.</param>
/// <param name="Names">The attributes.</param>
internal sealed record AttributeSlot(AttributeKind Kind, IReadOnlyList<string> Names)
{
    /// <summary>Most layers of a primitive.</summary>
    public const int MaxSlots = 32;

    private const int MaxSets = 4;

    /// <summary>The slots of attributes in the order of their layers, without POSITION; null if one is not understood.</summary>
    /// <remarks>NORMAL, TANGENT, TEXCOORD_n, COLOR_n by number, all JOINTS_n, all WEIGHTS_n, the others (whose names begin with _) by name.</remarks>
    public static List<AttributeSlot>? Find(JsonObject attributes)
    {
        List<AttributeSlot> slots = [];
        SortedDictionary<int, string> coordinates = [], colors = [], joints = [], weights = [];
        var others = new SortedSet<string>(StringComparer.Ordinal);
        foreach ((string name, _) in attributes)
        {
            bool isKnown = name is "POSITION" or "NORMAL" or "TANGENT" || (name.StartsWith('_') && others.Add(name))
                || IsSet(name, "TEXCOORD_", coordinates) || IsSet(name, "COLOR_", colors) || IsSet(name, "JOINTS_", joints) || IsSet(name, "WEIGHTS_", weights);
            if (!isKnown)
            {
                return null;
            }
        }

        AddIfThere(slots, attributes, AttributeKind.Normal, "NORMAL");
        AddIfThere(slots, attributes, AttributeKind.Tangent, "TANGENT");
        slots.AddRange(coordinates.Values.Select(n => new AttributeSlot(AttributeKind.TexCoord, [n])));
        slots.AddRange(colors.Values.Select(n => new AttributeSlot(AttributeKind.Color, [n])));
        foreach ((SortedDictionary<int, string> sets, AttributeKind kind) in new[] { (joints, AttributeKind.Joints), (weights, AttributeKind.Weights) })
        {
            if (sets.Count > MaxSets || sets.Keys.LastOrDefault(-1) != sets.Count - 1)
            {
                return null;
            }

            if (sets.Count > 0)
            {
                slots.Add(new AttributeSlot(kind, [.. sets.Values]));
            }
        }

        slots.AddRange(others.Select(n => new AttributeSlot(AttributeKind.Joints, [n])));
        return slots.Count <= MaxSlots ? slots : null;
    }

    /// <summary>True if the values are numbers of the file's own meaning, kept exactly.</summary>
    public bool IsCustom => Names[0].StartsWith('_');

    private static void AddIfThere(List<AttributeSlot> slots, JsonObject attributes, AttributeKind kind, string name)
    {
        if (attributes.ContainsKey(name))
        {
            slots.Add(new AttributeSlot(kind, [name]));
        }
    }

    private static bool IsSet(string name, string prefix, SortedDictionary<int, string> sets) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && number < MaxSlots && name.Length == prefix.Length + (number < 10 ? 1 : 2)
        && sets.TryAdd(number, name);
}
