using System.Numerics;
using System.Text.Json.Nodes;

namespace Codecs.Formats.Media;

/// <summary>Reads the materials of OBJ (.mtl) into a scene.</summary>
/// <remarks>
/// Wavefront's Object Files appendix and the PBR statements (Pm, Pr, norm) that Blender and others write. As they do, Kd is taken as linear; roughness from the
/// shininess Ns is Blender's 1 - sqrt(Ns / 1000). Specular colours have no place in glTF's base model.
/// </remarks>
internal sealed class MtlReader(Scene scene, SideFiles beside, SceneLimits limits, List<string> warnings)
{
    private readonly Dictionary<string, int> _materials = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int?> _textures = new(StringComparer.Ordinal);
    private readonly HashSet<string> _libraries = new(StringComparer.Ordinal);

    /// <summary>A material's place in the document; one that no library has is made, with its name only.</summary>
    public int Find(string name)
    {
        if (!_materials.TryGetValue(name, out int index))
        {
            warnings.Add($"Material '{name}' is not defined; a white one stands for it.");
            index = Add(new Entry { Name = name });
        }

        return index;
    }

    /// <summary>Reads a library beside the model; a missing one is a warning, as the shape is complete without it.</summary>
    public void ReadLibrary(string name)
    {
        if (!_libraries.Add(name))
        {
            return;
        }

        byte[] text;
        try
        {
            text = beside.Read(name);
        }
        catch (MediaException error)
        {
            warnings.Add($"The materials are missing: {error.Message}");
            return;
        }

        try
        {
            Read(text);
        }
        catch (MediaException error)
        {
            throw new MediaException($"'{name}': {error.Message}", error);
        }
    }

    private void Read(ReadOnlySpan<byte> text)
    {
        var scanner = new TextScanner(text);
        Entry? entry = null;
        while (scanner.NextLine())
        {
            ReadOnlySpan<byte> key = scanner.Word();
            if (key.SequenceEqual("newmtl"u8))
            {
                Finish(entry);
                entry = new Entry { Name = scanner.RestAsText() };
            }
            else if (entry is not null && !key.IsEmpty && key[0] != (byte)'#')
            {
                Apply(entry, key, ref scanner);
            }
        }

        Finish(entry);
    }

    private static void Apply(Entry entry, ReadOnlySpan<byte> key, ref TextScanner scanner)
    {
        if (key.SequenceEqual("Kd"u8))
        {
            entry.Diffuse = Color(ref scanner);
        }
        else if (key.SequenceEqual("Ke"u8))
        {
            entry.Emissive = Color(ref scanner);
        }
        else if (key.SequenceEqual("d"u8))
        {
            ReadOnlySpan<byte> word = scanner.Word();
            entry.Alpha = word.SequenceEqual("-halo"u8) ? scanner.Number() : scanner.Number(word);
        }
        else if (key.SequenceEqual("Tr"u8))
        {
            // Some programs write both, with the same number in each; then d is right.
            entry.Alpha ??= 1 - scanner.Number();
        }
        else if (key.SequenceEqual("Ns"u8))
        {
            entry.Roughness ??= 1 - MathF.Sqrt(Math.Clamp(scanner.Number(), 0, 1000) / 1000);
        }
        else if (key.SequenceEqual("Pr"u8))
        {
            entry.Roughness = scanner.Number();
        }
        else if (key.SequenceEqual("Pm"u8))
        {
            entry.Metallic = scanner.Number();
        }
        else if (key.SequenceEqual("map_Kd"u8))
        {
            entry.DiffuseMap = MapName(ref scanner, out entry.Clamp);
        }
        else if (key.SequenceEqual("map_Ke"u8))
        {
            entry.EmissiveMap = MapName(ref scanner, out _);
        }
        else if (key.SequenceEqual("norm"u8))
        {
            entry.NormalMap = MapName(ref scanner, out _);
        }
        else if (key.StartsWith("map_"u8) || key.SequenceEqual("bump"u8) || key.SequenceEqual("disp"u8) || key.SequenceEqual("refl"u8))
        {
            entry.Dropped.Add(TextScanner.Text(key[..Math.Min(key.Length, 16)]));
        }
    }

    private void Finish(Entry? entry)
    {
        // The first definition of a name counts.
        if (entry is not null && !_materials.ContainsKey(entry.Name))
        {
            Add(entry);
        }
    }

    private int Add(Entry entry)
    {
        SceneLimits.Check(_materials.Count + 1, limits.MaxNodes, "materials", nameof(limits.MaxNodes));
        int? map = Texture(entry.DiffuseMap, entry.Clamp), emissive = Texture(entry.EmissiveMap, false), normal = Texture(entry.NormalMap, false);
        // Black times a picture is black; who writes both means the picture.
        Vector3 color = map is not null && entry.Diffuse == Vector3.Zero ? Vector3.One : entry.Diffuse;
        float alpha = Math.Clamp(entry.Alpha ?? 1, 0, 1);
        var material = new SurfaceMaterial
        {
            Name = entry.Name,
            BaseColor = new Vector4(color, alpha),
            Metallic = Math.Clamp(entry.Metallic, 0, 1),
            Roughness = Math.Clamp(entry.Roughness ?? 1, 0, 1),
            Emissive = emissive is not null && entry.Emissive == Vector3.Zero ? Vector3.One : entry.Emissive,
            AlphaMode = alpha < 1 ? AlphaMode.Blend : AlphaMode.Opaque,
        };
        int index = MaterialWriter.Add(scene, material, map);
        JsonObject json = GltfJson.Item(scene.Json, "materials", index);
        if (emissive is { } e)
        {
            json["emissiveTexture"] = new JsonObject { ["index"] = e };
        }

        if (normal is { } n)
        {
            json["normalTexture"] = new JsonObject { ["index"] = n };
        }

        if (entry.Dropped.Count > 0)
        {
            warnings.Add($"Material '{entry.Name}': {string.Join(", ", entry.Dropped.Order(StringComparer.Ordinal))} cannot be taken over.");
        }

        _materials[entry.Name] = index;
        return index;
    }

    private int? Texture(string? name, bool clamp)
    {
        if (name is null)
        {
            return null;
        }

        string key = (clamp ? "c:" : "r:") + name;
        if (!_textures.TryGetValue(key, out int? texture))
        {
            TextureWrap wrap = clamp ? TextureWrap.Clamp : TextureWrap.Repeat;
            texture = TextureImages.Add(scene, beside, name, warnings) is { } image ? MaterialWriter.Texture(scene, image, wrap, wrap) : null;
            _textures[key] = texture;
        }

        return texture;
    }

    private static Vector3 Color(ref TextScanner scanner)
    {
        ReadOnlySpan<byte> word = scanner.Word();
        if (word.SequenceEqual("spectral"u8) || word.SequenceEqual("xyz"u8))
        {
            return Vector3.One;
        }

        // Green and blue are red when they are missing.
        float red = scanner.Number(word);
        bool more = scanner.TryNumber(out float green);
        float blue = more && scanner.TryNumber(out float value) ? value : red;
        return Vector3.Clamp(new Vector3(red, more ? green : red, blue), Vector3.Zero, Vector3.One);
    }

    /// <summary>The file of a map behind its options; names may have spaces.</summary>
    private static string? MapName(ref TextScanner scanner, out bool clamp)
    {
        clamp = false;
        while (true)
        {
            TextScanner ahead = scanner;
            ReadOnlySpan<byte> word = ahead.Word();
            int arguments = Arguments(word, out bool numbers);
            if (arguments == 0)
            {
                string name = scanner.RestAsText();
                return name.Length == 0 ? null : name;
            }

            for (int i = 0; i < arguments; i++)
            {
                TextScanner argument = ahead;
                ReadOnlySpan<byte> value = argument.Word();
                // -o, -s and -t have one to three numbers.
                if (numbers && i > 0 && !float.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out _))
                {
                    break;
                }

                clamp |= word.SequenceEqual("-clamp"u8) && value.SequenceEqual("on"u8);
                ahead = argument;
            }

            scanner = ahead;
        }
    }

    private static int Arguments(ReadOnlySpan<byte> option, out bool numbers)
    {
        numbers = option.SequenceEqual("-o"u8) || option.SequenceEqual("-s"u8) || option.SequenceEqual("-t"u8);
        bool one = option.SequenceEqual("-blendu"u8) || option.SequenceEqual("-blendv"u8) || option.SequenceEqual("-cc"u8) || option.SequenceEqual("-clamp"u8) ||
            option.SequenceEqual("-texres"u8) || option.SequenceEqual("-bm"u8) || option.SequenceEqual("-imfchan"u8) || option.SequenceEqual("-type"u8) ||
            option.SequenceEqual("-boost"u8) || option.SequenceEqual("-colorspace"u8);
        return numbers ? 3 : one ? 1 : option.SequenceEqual("-mm"u8) ? 2 : 0;
    }

    /// <summary>What a library says of a material.</summary>
    private sealed class Entry
    {
        public bool Clamp;

        public required string Name { get; init; }

        public Vector3 Diffuse { get; set; } = Vector3.One;

        public Vector3 Emissive { get; set; }

        public float? Alpha { get; set; }

        public float? Roughness { get; set; }

        public float Metallic { get; set; }

        public string? DiffuseMap { get; set; }

        public string? EmissiveMap { get; set; }

        public string? NormalMap { get; set; }

        public HashSet<string> Dropped { get; } = new(StringComparer.Ordinal);
    }
}
