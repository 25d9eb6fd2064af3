namespace Codecs.Formats.Media;

/// <summary>Reads Wavefront OBJ: polygons, points, names, materials, colours behind positions.</summary>
/// <remarks>
/// Wavefront's Advanced Visualizer, appendix B1. Each object or group becomes a node with a mesh, each material in it a primitive. Curves, surfaces and lines
/// are not read. Colours behind positions (a habit of scanners) are taken as sRGB.
/// </remarks>
internal sealed class ObjReader
{
    private readonly SceneLimits _limits;
    private readonly List<string> _warnings;
    private readonly MtlReader _materials;
    private readonly ObjGeometry _geometry;
    private readonly PolygonTriangulator _triangulator = new();
    private readonly List<ObjCorner> _polygon = [];
    private float[] _places = [];
    private string? _object, _group, _material;
    private bool _ignoredLines;

    private ObjReader(Scene scene, SideFiles beside, SceneLimits limits, List<string> warnings)
    {
        _limits = limits;
        _warnings = warnings;
        _materials = new MtlReader(scene, beside, limits, warnings);
        _geometry = new ObjGeometry(limits);
    }

    public static Scene Read(ReadOnlySpan<byte> text, SideFiles beside, SceneLimits limits, List<string> warnings)
    {
        var scene = new Scene();
        var reader = new ObjReader(scene, beside, limits, warnings);
        var scanner = new TextScanner(text is [0xEF, 0xBB, 0xBF, ..] ? text[3..] : text);
        while (scanner.NextLine())
        {
            reader.Statement(ref scanner);
        }

        reader._geometry.Build(scene, reader._materials);
        if (scene.MeshCount == 0)
        {
            throw new MediaException("The file has no vertices.");
        }

        if (reader._ignoredLines)
        {
            warnings.Add("Lines and curves are not read.");
        }

        return scene;
    }

    private void Statement(ref TextScanner scanner)
    {
        ReadOnlySpan<byte> key = scanner.Word();
        if (key.IsEmpty || key[0] == (byte)'#')
        {
            return;
        }

        if (key.SequenceEqual("v"u8))
        {
            _geometry.AddVertex(ref scanner);
        }
        else if (key.SequenceEqual("vt"u8))
        {
            _geometry.AddTexCoord(ref scanner);
        }
        else if (key.SequenceEqual("vn"u8))
        {
            _geometry.AddNormal(ref scanner);
        }
        else if (key.SequenceEqual("f"u8) || key.SequenceEqual("fo"u8))
        {
            Face(ref scanner);
        }
        else if (key.SequenceEqual("p"u8))
        {
            Points(ref scanner);
        }
        else if (key.SequenceEqual("l"u8) || key.SequenceEqual("curv"u8) || key.SequenceEqual("surf"u8))
        {
            _ignoredLines = true;
        }
        else if (key.SequenceEqual("o"u8))
        {
            (_object, _group) = (scanner.RestAsText(), null);
        }
        else if (key.SequenceEqual("g"u8))
        {
            _group = scanner.RestAsText();
        }
        else if (key.SequenceEqual("usemtl"u8))
        {
            _material = scanner.RestAsText();
        }
        else if (key.SequenceEqual("mtllib"u8))
        {
            Library(scanner.RestAsText());
        }
    }

    /// <summary>Several libraries may stand in a line, or one whose name has spaces: the whole is tried first when it looks like one name.</summary>
    private void Library(string names)
    {
        bool one = names.IndexOf(".mtl", StringComparison.OrdinalIgnoreCase) is var at && (at < 0 || at == names.Length - 4);
        foreach (string name in one ? [names] : names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            _materials.ReadLibrary(name);
        }
    }

    private void Face(ref TextScanner scanner)
    {
        _polygon.Clear();
        for (ReadOnlySpan<byte> word = scanner.Word(); !word.IsEmpty && word[0] != (byte)'#'; word = scanner.Word())
        {
            // A backslash at its end joins the next line to this one.
            bool joined = word[^1] == (byte)'\\';
            word = joined ? word[..^1] : word;
            if (!word.IsEmpty)
            {
                _polygon.Add(_geometry.Corner(word, ref scanner));
            }

            if (joined)
            {
                scanner.NextLine();
            }
        }

        if (_polygon.Count < 3)
        {
            throw new MediaException($"Line {scanner.Line} has a face with {_polygon.Count} corners; it needs three.");
        }

        if (_places.Length < _polygon.Count * 3)
        {
            _places = new float[_polygon.Count * 3];
        }

        bool coordinates = true, normals = true;
        for (int i = 0; i < _polygon.Count; i++)
        {
            _geometry.Place(_polygon[i].Vertex).CopyTo(_places.AsSpan(i * 3));
            coordinates &= _polygon[i].TexCoord >= 0;
            normals &= _polygon[i].Normal >= 0;
        }

        List<ObjCorner> list = _geometry.Select(_group is { Length: > 0 } ? _group : _object, _material, coordinates, normals);
        List<int> triangles = _triangulator.Split(_places.AsSpan(0, _polygon.Count * 3));
        _geometry.CountTriangles(triangles.Count / 3);
        foreach (int corner in triangles)
        {
            ObjCorner full = _polygon[corner];
            list.Add(new ObjCorner(full.Vertex, coordinates ? full.TexCoord : -1, normals ? full.Normal : -1));
        }
    }

    private void Points(ref TextScanner scanner)
    {
        for (ReadOnlySpan<byte> word = scanner.Word(); !word.IsEmpty; word = scanner.Word())
        {
            _geometry.AddPoint(_geometry.Corner(word, ref scanner).Vertex);
        }
    }
}
