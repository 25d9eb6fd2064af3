using System.Globalization;
using System.Text;

namespace Codecs.Formats.Media;

/// <summary>Writes Wavefront OBJ, its material library and its pictures.</summary>
internal sealed class ObjWriter
{
    private readonly Scene _scene;
    private readonly List<ScenePart> _parts;
    private readonly Dictionary<int, string> _names = [];
    private readonly Dictionary<int, string> _files = [];
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    private ObjWriter(Scene scene, SceneLimits limits)
    {
        _scene = scene;
        _parts = PartReader.Read(scene, limits, points: false);
        _parts.AddRange(PartReader.Read(scene, limits, points: true));
    }

    /// <summary>Adds the files of a model; the .obj is the last one.</summary>
    public static void Write(Scene scene, string path, PendingFiles files, SceneLimits limits)
    {
        var writer = new ObjWriter(scene, limits);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!, stem = Path.GetFileNameWithoutExtension(path);
        string library = writer.Library(folder, stem, files);
        string? name = library.Length > 0 ? stem + ".mtl" : null;
        if (name is not null)
        {
            files.Add(Path.Combine(folder, name), to => to.Write(Encoding.UTF8.GetBytes(library)));
        }

        files.Add(path, to => writer.WriteModel(to, name));
    }

    /// <summary>The model alone, without its materials.</summary>
    public static void WriteAlone(Scene scene, Stream to, SceneLimits limits) => new ObjWriter(scene, limits).WriteModel(to, null);

    private string Library(string folder, string stem, PendingFiles files)
    {
        var text = new StringBuilder();
        var reader = new MaterialReader(_scene, SceneLimits.Default, decode: false);
        foreach (ScenePart part in _parts)
        {
            if (part.Material < 0 || _names.ContainsKey(part.Material))
            {
                continue;
            }

            SurfaceMaterial material = reader.Read(part.Material);
            string name = Unique(Word(material.Name) ?? $"material_{part.Material}");
            _names.Add(part.Material, name);
            (float r, float g, float b, float a) = (material.BaseColor.X, material.BaseColor.Y, material.BaseColor.Z, material.BaseColor.W);
            float alpha = material.AlphaMode == AlphaMode.Opaque ? 1 : a, gloss = 1 - material.Roughness;
            text.Append(CultureInfo.InvariantCulture, $"newmtl {name}\nKd {r} {g} {b}\nd {alpha}\nNs {gloss * gloss * 1000}\nPr {material.Roughness}\nPm {material.Metallic}\n");
            if (material.Emissive != default)
            {
                text.Append(CultureInfo.InvariantCulture, $"Ke {material.Emissive.X} {material.Emissive.Y} {material.Emissive.Z}\n");
            }

            if (TextureSlot.BaseColor(_scene, GltfJson.Item(_scene.Json, "materials", part.Material)) is { } slot && Picture(slot.Texture, folder, stem, files) is { } file)
            {
                string clamp = material.WrapU == TextureWrap.Clamp && material.WrapV == TextureWrap.Clamp ? "-clamp on " : string.Empty;
                text.Append(CultureInfo.InvariantCulture, $"map_Kd {clamp}{file}\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Writes a texture's picture beside the model; its bytes are not touched.</summary>
    private string? Picture(int texture, string folder, string stem, PendingFiles files)
    {
        if (MaterialReader.ImageOf(_scene, texture) is not { } image || !GltfJson.Item(_scene.Json, "images", image).ContainsKey("bufferView"))
        {
            return null;
        }

        if (!_files.TryGetValue(image, out string? name))
        {
            SceneImage picture = _scene.Image(image);
            ImageFormat? format = ImageFormats.Detect(picture.Bytes.Span[..Math.Min(64, picture.Bytes.Length)]);
            string extension = format is { } known ? ImageFormats.Extensions(known)[0] : ".bin";
            name = $"{stem.Replace(' ', '_')}_texture{_files.Count.ToString(CultureInfo.InvariantCulture)}{extension}";
            files.Add(Path.Combine(folder, name), to => to.Write(picture.Bytes.Span));
            _files.Add(image, name);
        }

        return name;
    }

    private void WriteModel(Stream to, string? library)
    {
        using var text = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        text.Write("# Codecs\n");
        if (library is not null)
        {
            text.Write($"mtllib {library}\n");
        }

        int vertex = 1, coordinate = 1, normal = 1;
        string? shown = null;
        foreach (ScenePart part in _parts)
        {
            string? name = part.Name is null ? null : OneLine(part.Name);
            if (!string.IsNullOrEmpty(name) && name != shown)
            {
                text.Write($"o {name}\n");
                shown = name;
            }

            WriteLists(text, part);
            if (_names.TryGetValue(part.Material, out string? material))
            {
                text.Write($"usemtl {material}\n");
            }

            WriteElements(text, part, vertex, coordinate, normal);
            vertex += part.VertexCount;
            coordinate += part.TexCoords is null ? 0 : part.VertexCount;
            normal += part.Normals is null ? 0 : part.VertexCount;
        }
    }

    private static void WriteLists(StreamWriter text, ScenePart part)
    {
        Span<char> line = stackalloc char[256];
        for (int i = 0; i < part.VertexCount; i++)
        {
            text.Write("v");
            Numbers(text, part.Positions.AsSpan(i * 3, 3), line);
            if (part.Colors is { } colors)
            {
                Numbers(text, [SrgbCurve.FromLinear(colors[i * 4]), SrgbCurve.FromLinear(colors[(i * 4) + 1]), SrgbCurve.FromLinear(colors[(i * 4) + 2])], line);
            }

            text.Write('\n');
        }

        for (int i = 0; i < part.VertexCount && part.TexCoords is not null; i++)
        {
            text.Write("vt");
            Numbers(text, [part.TexCoords[i * 2], 1 - part.TexCoords[(i * 2) + 1]], line);
            text.Write('\n');
        }

        for (int i = 0; i < part.VertexCount && part.Normals is not null; i++)
        {
            text.Write("vn");
            Numbers(text, part.Normals.AsSpan(i * 3, 3), line);
            text.Write('\n');
        }
    }

    private static void WriteElements(StreamWriter text, ScenePart part, int vertex, int coordinate, int normal)
    {
        for (int i = 0; i < part.Triangles.Length; i++)
        {
            int v = part.Triangles[i];
            text.Write(i % 3 == 0 ? "f " : " ");
            text.Write(v + vertex);
            if (part.TexCoords is not null || part.Normals is not null)
            {
                text.Write('/');
            }

            if (part.TexCoords is not null)
            {
                text.Write(v + coordinate);
            }

            if (part.Normals is not null)
            {
                text.Write('/');
                text.Write(v + normal);
            }

            if (i % 3 == 2)
            {
                text.Write('\n');
            }
        }

        for (int i = 0; i < part.VertexCount && part.IsPoints; i++)
        {
            text.Write("p ");
            text.Write(i + vertex);
            text.Write('\n');
        }
    }

    private static void Numbers(StreamWriter text, ReadOnlySpan<float> values, Span<char> buffer)
    {
        foreach (float value in values)
        {
            text.Write(' ');
            value.TryFormat(buffer, out int written, default, CultureInfo.InvariantCulture);
            text.Write(buffer[..written]);
        }
    }

    private string Unique(string name)
    {
        string unique = name;
        for (int i = 1; !_taken.Add(unique); i++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}_{i}");
        }

        return unique;
    }

    /// <summary>A name without white space, as some readers take only one word.</summary>
    private static string? Word(string? name) => string.IsNullOrWhiteSpace(name) ? null : OneLine(name).Replace(' ', '_').Replace('\t', '_');

    private static string OneLine(string name) => string.Create(name.Length, name, (span, from) =>
    {
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = char.IsControl(from[i]) ? '_' : from[i];
        }
    }).Trim();
}
